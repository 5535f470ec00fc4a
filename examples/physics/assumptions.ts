import { concat, div, log, narrow, reshape, select, sub, type Tensor } from "@isograd/autograd";
import type { Unknowns } from "./model.ts";

/** What is assumed of the unseen planet before looking at Uranus: what is likely, and how far (one standard deviation) the truth may be off. */
export interface Assumptions {
  /** The half major axis in au, and by how much its logarithm may differ. */
  readonly distance: { readonly likely: number; readonly spread: number };
  /** In masses of the Sun, likewise. */
  readonly mass: { readonly likely: number; readonly spread: number };
  /** Of e sin ϖ and e cos ϖ. */
  readonly eccentricity: number;
}

/**
 * What could be said in 1845: it is some twice as far as Uranus, as Bode's law has it, or half that or twice that; it is one of the large planets; it
 * moves in a circle as nearly as Jupiter, Saturn and Uranus do, whose eccentricities are 0.048, 0.056 and 0.047.
 */
export const of1845: Assumptions = {
  distance: { likely: 38.8, spread: 0.3 },
  mass: { likely: 1 / 10_000, spread: 1.5 },
  eccentricity: 0.05 / Math.SQRT2,
};

/** How far the unseen planet is from what is assumed, in standard deviations: [4]. */
export function surprise({ distance, mass, eccentricity }: Assumptions): (unknowns: Unknowns) => Tensor {
  const off = (logarithm: Tensor, { likely, spread }: { likely: number; spread: number }): Tensor =>
    reshape(div(sub(logarithm, Math.log(likely)), spread), [1]);
  return (unknowns) =>
    concat([
      off(log(select(unknowns, 0, 4)), distance),
      div(narrow(unknowns, 0, 5, 2), eccentricity),
      off(select(unknowns, 0, 8), mass),
    ]);
}

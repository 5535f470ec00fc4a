import type { Tensor } from "@isograd/autograd";
import type { Finding } from "../../finding.ts";
import { chainOf } from "../../flow/chain.ts";
import { type Contraction, unitAxisOf } from "../../trace/network.ts";
import { constantOutput } from "./findings.ts";

/** Fewer examples may well be much alike. */
const fewest = 8;

/** How much of what a network makes differs from example to example: enough to tell them apart, and as good as nothing. */
export const [distinct, constant] = [1e-3, 1e-4];

/** Says when a network that told its examples apart no longer does: the same comes out, whatever goes in. */
export class Constancy {
  /** The last layers that made something of each example. */
  readonly #told = new Set<string>();

  /** Takes the layers of a look. */
  next(contractions: readonly Contraction[]): Finding[] {
    const last = chainOf(contractions).at(-1);
    if (last === undefined) return [];
    const { output, place } = last;
    const axis = unitAxisOf(last);
    if (output.size / output.shape[axis] < fewest) return [];
    const spread = spreadOf(output, axis);
    if (spread > distinct) this.#told.add(place);
    return spread < constant && this.#told.has(place) ? [constantOutput(place, spread)] : [];
  }
}

/** The root mean square of what differs from the mean of each unit, as a share of that of all; NaN where that is 0. @param axis of the units */
export function spreadOf(output: Tensor, axis: number): number {
  const values = output.values();
  const units = output.shape[axis];
  const inner = output.shape.slice(axis + 1).reduce((size, extent) => size * extent, 1);
  const unitOf = (at: number): number => Math.floor(at / inner) % units;
  const means = new Float64Array(units);
  for (let at = 0; at < values.length; at++) means[unitOf(at)] += (values[at] * units) / values.length;
  let [all, apart] = [0, 0];
  for (let at = 0; at < values.length; at++) {
    all += values[at] ** 2;
    apart += (values[at] - means[unitOf(at)]) ** 2;
  }
  return Math.sqrt(apart / all);
}

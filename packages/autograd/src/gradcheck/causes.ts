import { type Shape, stridesOf } from "../shape.ts";
import type { Suspect } from "./report.ts";
import { coordinatesOf } from "./variable.ts";

/** All derivatives of one input, both ways. */
export interface Compared {
  readonly shape: Shape;
  readonly analytic: ArrayLike<number>;
  readonly numeric: ArrayLike<number>;
  /** How far apart the two may be. */
  readonly tolerance: ArrayLike<number>;
  /** Where the slopes on both sides differ, and where there is one side only. */
  readonly kinks: readonly boolean[];
  readonly edges: readonly boolean[];
}

/** What kind of mistake leaves such a trace. */
export interface Cause {
  readonly suspect: Suspect;
  readonly cause: string;
}

const because = (suspect: Suspect, cause: string): Cause => ({ suspect, cause });

/** The first pattern that the derivatives of an input fit, from the plainest mistake to the least. */
export function suspectedCause(compared: Compared): Cause {
  const { shape, analytic, numeric, tolerance } = compared;
  const places = Array.from({ length: analytic.length }, (_, k) => k);
  if (places.some((k) => !Number.isFinite(analytic[k])))
    return because("not finite", "not finite: guard what divides by zero or overflows in the rule");
  if (places.every((k) => analytic[k] === 0))
    return because("disconnected", "no gradient arrives: a detached value, or a rule that returns null");
  const fits = (expected: (k: number) => number): boolean =>
    places.every(
      (k) => Math.abs(analytic[k] - expected(k)) <= 4 * tolerance[k] + 1e-9 * Math.abs(expected(k)),
    );
  if (fits((k) => -numeric[k])) return because("sign", "the sign is flipped");
  const factor = commonFactor(compared);
  if (factor !== null && fits((k) => factor * numeric[k]))
    return because("factor", `off by the constant factor ${Number(factor.toPrecision(6))}`);
  if (places.length > 1 && fits((k) => numeric[places.length - 1 - k]))
    return because("reversed", "the elements come in reversed order");
  if (shape.length >= 2 && fits((k) => numeric[transposedPlace(shape, k)]))
    return because("transposed", "the last two axes are transposed");
  const axis = shape.findIndex(
    (extent, at) => extent > 1 && isSpread(compared, at) && fits((k) => sumAlong(compared, at, k)),
  );
  if (axis >= 0) return because("axis", `summed over axis ${axis} and spread again`);
  const flat = shape.findIndex((extent, at) => extent > 1 && isSpread(compared, at));
  if (flat >= 0) return because("axis", `constant along axis ${flat}: summed over the wrong axis`);
  const wrong = places.filter((k) => Math.abs(analytic[k] - numeric[k]) > tolerance[k]);
  if (wrong.every((k) => compared.kinks[k]))
    return because("kink", "at a kink: not between the slopes on both sides");
  if (wrong.every((k) => compared.edges[k]))
    return because("domain", "at the edge of the domain: not the slope on the side where there are values");
  if (wrong.length * 2 <= places.length)
    return because("element", `${wrong.length} of ${places.length} elements are wrong: an index or a branch`);
  return because("term", "a term is missing or wrong");
}

/** Why a derivative could not be measured. */
export const uncertainty = (edge: boolean): Cause =>
  edge
    ? because("domain", "the value is not finite close by: a singularity, or the edge of the domain")
    : because("noise", "the error bar is too wide: rounding noise, or a singularity close by");

/** What most of the derivatives are off by: the ratio where the derivative is largest. */
function commonFactor({ analytic, numeric }: Compared): number | null {
  let largest = 0;
  for (let k = 1; k < numeric.length; k++) if (Math.abs(numeric[k]) > Math.abs(numeric[largest])) largest = k;
  const factor = analytic[largest] / numeric[largest];
  return numeric.length > 1 && Number.isFinite(factor) && factor !== 0 ? factor : null;
}

/** Where the element at `k` would lie had the last two axes been exchanged and the numbers kept in their order. */
function transposedPlace(shape: Shape, k: number): number {
  const coordinates = coordinatesOf(shape, k);
  const [rows, columns] = shape.slice(-2);
  const [row, column] = coordinates.slice(-2);
  return k - (row * columns + column) + (column * rows + row);
}

/** Whether reverse mode gives the same number all along an axis and differences do not. */
function isSpread({ shape, analytic, numeric, tolerance }: Compared, axis: number): boolean {
  const stride = stridesOf(shape)[axis];
  let varies = false;
  for (let k = stride; k < analytic.length; k++) {
    if (coordinatesOf(shape, k)[axis] === 0) continue;
    if (analytic[k] !== analytic[k - stride]) return false;
    if (Math.abs(numeric[k] - numeric[k - stride]) > tolerance[k]) varies = true;
  }
  return varies;
}

function sumAlong({ shape, numeric }: Compared, axis: number, k: number): number {
  const stride = stridesOf(shape)[axis];
  const first = k - coordinatesOf(shape, k)[axis] * stride;
  let total = 0;
  for (let j = 0; j < shape[axis]; j++) total += numeric[first + j * stride];
  return total;
}

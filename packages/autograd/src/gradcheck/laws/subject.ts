import { fromData } from "../../create.ts";
import { allocate, isFloating, type TypedArray } from "../../dtype.ts";
import { reshape } from "../../ops/movement/movement.ts";
import { concat } from "../../ops/movement/slice.ts";
import { Tensor } from "../../tensor.ts";

/** One call of an op, with what the laws must know of it. */
export interface Subject {
  readonly inputs: readonly Tensor[];
  call(inputs: readonly Tensor[]): Tensor | readonly Tensor[];
  /** Not every element reaches the result: it picks, cuts or chooses. */
  readonly drops: boolean;
  /** By how many times more than the usual few digits single precision is off. */
  readonly loses: number;
  /** What the call must give, where that is known from elsewhere. */
  readonly expected: readonly (Tensor | ArrayLike<number>)[] | null;
  readonly seed: number;
}

/** Says what of a subject breaks a law, in sentences; null where the law does not apply. */
export type Law = (subject: Subject) => readonly string[] | null;

export const outputsOf = ({ call }: Subject, inputs: readonly Tensor[]): readonly Tensor[] => {
  const result = call(inputs);
  return result instanceof Tensor ? [result] : result;
};

/** The largest size among the numbers. */
export const maximal = (values: ArrayLike<number>): number =>
  Array.from(values).reduce((most, value) => Math.max(most, Math.abs(value)), 0);

/** The same positions, other values. */
export function withValues(like: Tensor, value: (k: number, before: number) => number): Tensor {
  const before = like.values();
  const data = allocate(like.dtype, before.length);
  for (let k = 0; k < data.length; k++) data[k] = value(k, before[k]);
  return fromData(data, like.shape);
}

/** Inputs close by, in which each real number is a little smaller: they lie in the same domain as a rule, and whole numbers stay. */
export const neighbours = (inputs: readonly Tensor[], distance: number): Tensor[] =>
  inputs.map((x) => (isReal(x) ? withValues(x, (_, before) => before * (1 - distance / 32)) : x));

/** Tensors of one shape along a new first axis. */
export const sideBySide = (tensors: readonly Tensor[]): Tensor =>
  concat(tensors.map((x) => reshape(x, [1, ...x.shape])));

/** A cotangent without pattern: no two elements that a mistake could exchange unseen lie side by side. */
export const weightsFor = (output: Tensor, period = output.size): Tensor =>
  withValues(output, (k) => 1 + (((k % period) * 7) % 5) / 4);

/** A word about the first place where two results differ by more than `tolerance`; null where they agree, NaN with NaN. */
export function difference(
  found: Tensor | { readonly shape: readonly number[]; values(): TypedArray | ArrayLike<number> },
  expected: ArrayLike<number>,
  tolerance: number,
): string | null {
  const values = found.values();
  if (values.length !== expected.length) return `${values.length} elements instead of ${expected.length}`;
  for (let k = 0; k < expected.length; k++) {
    if (Object.is(values[k], expected[k]) || Math.abs(values[k] - expected[k]) <= tolerance) continue;
    return `element ${k} of [${found.shape.join(", ")}] is ${values[k]} instead of ${expected[k]}`;
  }
  return null;
}

export const isReal = ({ dtype }: Tensor): boolean => isFloating(dtype);

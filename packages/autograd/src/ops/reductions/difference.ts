import { ArgumentError } from "../../errors.ts";
import { normalizeAxis } from "../../shape.ts";
import type { Tensor } from "../../tensor.ts";
import { sub } from "../elementwise/arithmetic.ts";
import { ne } from "../elementwise/choice.ts";
import { concat, slice } from "../movement/slice.ts";

export interface DiffOptions {
  /** How often; default 1. */
  readonly n?: number;
  /** Default the last. */
  readonly axis?: number;
  /** Put in front along the axis before differences are taken. */
  readonly prepend?: Tensor;
  /** Put behind along the axis before differences are taken. */
  readonly append?: Tensor;
}

/**
 * The differences between neighbours along an axis, `n` times; `x` itself for 0.
 *
 * @throws ArgumentError unless `n` is an integer that is not negative
 * @see torch.diff
 * @example
 * diff(tensor([1, 4, 9, 16])); // [3, 5, 7]
 * diff(tensor([1, 4, 9, 16]), { n: 2 }); // [2, 2]
 * diff(tensor([1, 4, 9, 16]), { prepend: tensor([0]) }); // [1, 3, 5, 7]
 */
export function diff(x: Tensor, { n = 1, axis = -1, prepend, append }: DiffOptions = {}): Tensor {
  const at = normalizeAxis("diff", axis, x.rank);
  if (!Number.isInteger(n) || n < 0)
    throw new ArgumentError("diff", "expected an order that is an integer and not negative", n);
  if (n === 0) return x;
  const parts = [prepend, x, append].filter((part) => part !== undefined);
  let result = parts.length === 1 ? x : concat(parts, at);
  for (let order = Math.min(n, result.shape[at]); order > 0; order--) result = steps(result, at);
  return result;
}

/** From each element to the next; truth values differ or do not. */
export const steps = (x: Tensor, axis: number): Tensor =>
  (x.dtype === "bool" ? ne : sub)(slice(x, axis, { start: 1 }), slice(x, axis, { end: -1 }));

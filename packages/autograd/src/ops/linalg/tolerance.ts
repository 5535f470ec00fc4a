import { toTensor } from "../../create.ts";
import type { Tensor, TensorLike } from "../../tensor.ts";
import { gt, where } from "../elementwise/choice.ts";
import { matricesOf } from "./matrices.ts";

/** Which singular values count as zero. */
export interface ToleranceOptions {
  /** Those up to this part of the largest; default max(m, n) times the distance from 1 to the next number, or 0 if `atol` is positive. */
  readonly rtol?: TensorLike;
  /** Those up to this; default 0. */
  readonly atol?: TensorLike;
}

export function tolerancesOf(
  operation: string,
  x: Tensor,
  { rtol, atol = 0 }: ToleranceOptions,
): { readonly relative: Tensor; readonly absolute: Tensor } {
  const { m, n, dtype } = matricesOf(operation, x);
  const absolute = toTensor(atol, dtype);
  const rounding = Math.max(m, n) * (dtype === "f64" ? 2 ** -52 : 2 ** -23);
  const relative =
    rtol === undefined ? where(gt(absolute, 0), 0, toTensor(rounding, dtype)) : toTensor(rtol, dtype);
  return { relative, absolute };
}

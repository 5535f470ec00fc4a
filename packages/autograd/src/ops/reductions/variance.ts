import type { Tensor } from "../../tensor.ts";
import { div, square, sub } from "../elementwise/arithmetic.ts";
import { eq, where } from "../elementwise/choice.ts";
import { sqrt } from "../elementwise/transcendental.ts";
import { countOver, mean, type ReduceOptions, sum } from "./reduce.ts";

export interface VarianceOptions extends ReduceOptions {
  /** Subtracted from the count in the divisor: 1 (Bessel's correction, the default), 0 or more. */
  readonly correction?: number;
}

/** The variance over some axes, or all. @see torch.var */
export function variance(
  x: Tensor,
  { axis, keepDims = false, correction = 1 }: VarianceOptions = {},
): Tensor {
  const count = countOver("variance", x, axis);
  const centred = sub(x, mean(x, { axis, keepDims: true }));
  return div(sum(square(centred), { axis, keepDims }), Math.max(0, count - correction));
}

/** The standard deviation over some axes, or all; its derivative is zero where it is. @see torch.std */
export function std(x: Tensor, options: VarianceOptions = {}): Tensor {
  return rootOf(variance(x, options));
}

/** √x with derivative zero at zero. */
export function rootOf(x: Tensor): Tensor {
  const zero = eq(x, 0);
  return where(zero, 0, sqrt(where(zero, 1, x)));
}

/** The variance and the mean over some axes, or all. @see torch.var_mean */
export function varMean(
  x: Tensor,
  options: VarianceOptions = {},
): { readonly variance: Tensor; readonly mean: Tensor } {
  return { variance: variance(x, options), mean: mean(x, options) };
}

/** The standard deviation and the mean over some axes, or all. @see torch.std_mean */
export function stdMean(
  x: Tensor,
  options: VarianceOptions = {},
): { readonly std: Tensor; readonly mean: Tensor } {
  return { std: std(x, options), mean: mean(x, options) };
}

import { add, mean, mul, rsqrt, square, sub, type Tensor } from "@isograd/autograd";

export interface Standardized {
  readonly value: Tensor;
  /** Over the axes, which are kept with extent 1. */
  readonly mean: Tensor;
  /** Divided by the count, without Bessel's correction. */
  readonly variance: Tensor;
}

/** (x - mean) / √(variance + eps), both over `axis`. */
export function standardize(x: Tensor, axis: readonly number[], eps: number): Standardized {
  const centre = mean(x, { axis, keepDims: true });
  const centred = sub(x, centre);
  const variance = mean(square(centred), { axis, keepDims: true });
  return { value: mul(centred, rsqrt(add(variance, eps))), mean: centre, variance };
}

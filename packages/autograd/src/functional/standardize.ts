import { add, mul, rsqrt, square, sub } from "../ops/elementwise/index.ts";
import { mean } from "../ops/reductions/index.ts";
import type { Axes } from "../shape.ts";
import type { Tensor } from "../tensor.ts";

export interface StandardizeOptions {
  /** Over which axes; default all. */
  readonly axis?: Axes;
  /** Added to the variance; default 1e-5. */
  readonly eps?: number;
}

/** What came out of standardizing, and by what; the axes are kept with extent 1. */
export interface Standardized {
  readonly value: Tensor;
  readonly mean: Tensor;
  /** Divided by the count, without Bessel's correction. */
  readonly variance: Tensor;
  /** 1/√(variance + eps). */
  readonly rstd: Tensor;
}

/** (x - mean)/√(variance + eps), both over `axis`. */
export function standardize(x: Tensor, { axis, eps = 1e-5 }: StandardizeOptions = {}): Standardized {
  const centre = mean(x, { axis, keepDims: true });
  const centred = sub(x, centre);
  const variance = mean(square(centred), { axis, keepDims: true });
  const rstd = rsqrt(add(variance, eps));
  return { value: mul(centred, rstd), mean: centre, variance, rstd };
}

/** What is learnt behind a normalisation: a factor and a summand, which broadcast. */
export interface Affine {
  readonly weight?: Tensor | null;
  readonly bias?: Tensor | null;
}

export function applyAffine(x: Tensor, { weight, bias }: Affine): Tensor {
  const scaled = weight ? mul(x, weight) : x;
  return bias ? add(scaled, bias) : scaled;
}

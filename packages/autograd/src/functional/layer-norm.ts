import { ShapeError } from "../errors.ts";
import { add, mul, rsqrt, square } from "../ops/elementwise/index.ts";
import { mean } from "../ops/reductions/index.ts";
import { type Shape, sameShape } from "../shape.ts";
import type { Tensor } from "../tensor.ts";
import { type Affine, applyAffine, standardize } from "./standardize.ts";

export interface LayerNormSettings extends Affine {
  /** Added to the variance; default 1e-5. */
  readonly eps?: number;
}

/**
 * Gives each example mean 0 and variance 1 over the last axes, those of `shape`, then applies weight and bias.
 *
 * @param shape the trailing extents of `x`: that of weight and bias
 * @throws ShapeError if `x` does not end with `shape`
 * @see Ba, Kiros, Hinton 2016, "Layer normalization"; torch.nn.functional.layer_norm
 */
export function layerNorm(x: Tensor, shape: Shape, { eps, ...affine }: LayerNormSettings = {}): Tensor {
  const axis = trailingAxes("layerNorm", x, shape);
  return applyAffine(standardize(x, { axis, eps }).value, affine);
}

export interface RmsNormSettings {
  readonly weight?: Tensor | null;
  /** Added to the mean square. Default: the spacing of the element type at 1. */
  readonly eps?: number;
}

/**
 * x over its root mean square along the last axes, those of `shape`, times the weight.
 *
 * @param shape the trailing extents of `x`: that of the weight
 * @throws ShapeError if `x` does not end with `shape`
 * @see Zhang, Sennrich 2019, "Root mean square layer normalization"; torch.nn.functional.rms_norm
 */
export function rmsNorm(x: Tensor, shape: Shape, { weight, eps }: RmsNormSettings = {}): Tensor {
  const axis = trailingAxes("rmsNorm", x, shape);
  const power = mean(square(x), { axis, keepDims: true });
  const spacing = x.dtype === "f64" ? 2 ** -52 : 2 ** -23;
  return applyAffine(mul(x, rsqrt(add(power, eps ?? spacing))), { weight });
}

function trailingAxes(operation: string, x: Tensor, shape: Shape): number[] {
  const start = x.rank - shape.length;
  if (shape.length === 0 || start < 0 || !sameShape(x.shape.slice(start), shape))
    throw new ShapeError(
      operation,
      [x.shape, shape],
      "expected a tensor that ends with the normalised shape",
    );
  return shape.map((_, k) => start + k);
}

import { ones, zeros } from "../create.ts";
import { promote, toFloating } from "../dtype.ts";
import { ShapeError } from "../errors.ts";
import { apply, applyMany } from "../op.ts";
import { cast } from "../ops/elementwise/index.ts";
import { type Shape, sameShape } from "../shape.ts";
import type { Tensor } from "../tensor.ts";
import { type Affine, applyAffine, standardizeOp } from "./standardize.ts";
import { trailingNormOp } from "./trailing-norm.ts";

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
 * @example
 * layerNorm(tensor([[1, 3], [10, 30]]), [2], { eps: 0 }); // [[-1, 1], [-1, 1]]
 * layerNorm(tensor([1, 3]), [2], { eps: 0, weight: tensor([2, 2]), bias: tensor([1, 1]) }); // [-1, 3]
 */
export function layerNorm(x: Tensor, shape: Shape, { eps, ...affine }: LayerNormSettings = {}): Tensor {
  return overTrailing("layerNorm", x, shape, affine, true, eps ?? 1e-5);
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
 * @example
 * rmsNorm(tensor([1, 7]), [2], { eps: 0 }); // [0.2, 1.4]
 */
export function rmsNorm(x: Tensor, shape: Shape, { weight, eps }: RmsNormSettings = {}): Tensor {
  const spacing = x.dtype === "f64" ? 2 ** -52 : 2 ** -23;
  return overTrailing("rmsNorm", x, shape, { weight }, false, eps ?? spacing);
}

function overTrailing(
  operation: string,
  x: Tensor,
  shape: Shape,
  affine: Affine,
  centred: boolean,
  eps: number,
): Tensor {
  const trailing = shape.length;
  const start = x.rank - trailing;
  if (trailing === 0 || start < 0 || !sameShape(x.shape.slice(start), shape))
    throw new ShapeError(
      operation,
      [x.shape, shape],
      "expected a tensor that ends with the normalised shape",
    );
  const given = [affine.weight, affine.bias].filter((each) => each !== undefined && each !== null);
  const dtype = given.reduce((common, each) => promote(common, each.dtype), toFloating(x.dtype));
  const operand = cast(x, dtype);
  // What has another shape than the rows is left to broadcasting.
  if (given.length === 0 || !given.every((each) => sameShape(each.shape, shape))) {
    const axes = shape.map((_, k) => start + k);
    const [value] = applyMany(standardizeOp, [operand], { axes, centred, eps });
    return applyAffine(value, affine);
  }
  const weight = affine.weight ? cast(affine.weight, dtype) : ones(shape, dtype);
  const bias = affine.bias ? cast(affine.bias, dtype) : zeros(shape, dtype);
  return apply(trailingNormOp, [operand, weight, bias], { trailing, centred, eps });
}

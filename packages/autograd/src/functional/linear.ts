import { ShapeError } from "../errors.ts";
import { add } from "../ops/elementwise/index.ts";
import { permute, reshape, squeeze, transpose, unsqueeze } from "../ops/movement/index.ts";
import { matmul } from "../ops/products/index.ts";
import type { Tensor } from "../tensor.ts";

/**
 * x Wᵀ + b: [..., in] -> [..., out].
 *
 * @param weight [out, in], or [in] for a single output whose axis is dropped
 * @param bias   [out]
 * @throws ShapeError if the inner extents differ
 * @see torch.nn.functional.linear
 */
export function linear(x: Tensor, weight: Tensor, bias?: Tensor | null): Tensor {
  const product = matmul(x, weight.rank === 1 ? weight : transpose(weight));
  return bias ? add(product, bias) : product;
}

/**
 * xᵀ W y + b for each output: [..., left] and [..., right] -> [..., out].
 *
 * @param weight [out, left, right]
 * @param bias   [out]
 * @throws ShapeError if the extents do not fit
 * @see torch.nn.functional.bilinear
 */
export function bilinear(left: Tensor, right: Tensor, weight: Tensor, bias?: Tensor | null): Tensor {
  const [outputs, m, n] = weight.shape;
  if (weight.rank !== 3 || left.shape[left.rank - 1] !== m || right.shape[right.rank - 1] !== n)
    throw new ShapeError(
      "bilinear",
      [left.shape, right.shape, weight.shape],
      "expected [..., left], [..., right] and [out, left, right]",
    );
  const rows = matmul(left, reshape(permute(weight, [1, 0, 2]), [m, outputs * n]));
  const product = matmul(reshape(rows, [...left.shape.slice(0, -1), outputs, n]), unsqueeze(right, -1));
  const result = squeeze(product, -1);
  return bias ? add(result, bias) : result;
}

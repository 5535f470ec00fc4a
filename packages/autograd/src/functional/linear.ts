import { ShapeError } from "../errors.ts";
import { add } from "../ops/elementwise/index.ts";
import { permute, reshape, squeeze, unsqueeze } from "../ops/movement/index.ts";
import { matmul } from "../ops/products/index.ts";
import { linearMap } from "../ops/products/linear-map.ts";
import type { Tensor } from "../tensor.ts";

/**
 * x Wᵀ + b: [..., in] -> [..., out].
 *
 * @param weight [out, in], or [in] for a single output whose axis is dropped
 * @param bias   [out]
 * @throws ShapeError if the inner extents differ
 * @see torch.nn.functional.linear
 * @example
 * linear(tensor([1, 2]), tensor([[3, 4], [5, 6]]), tensor([0.5, 0])); // [11.5, 17]
 */
export function linear(x: Tensor, weight: Tensor, bias?: Tensor | null): Tensor {
  const features = weight.shape[weight.rank - 1];
  if (x.rank === 0 || weight.rank < 1 || weight.rank > 2 || x.shape[x.rank - 1] !== features)
    throw new ShapeError(
      "linear",
      [x.shape, weight.shape],
      "expected [..., in] and a weight [out, in] or [in]",
    );
  if (weight.rank === 1) {
    const product = matmul(x, weight);
    return bias ? add(product, bias) : product;
  }
  if (x.rank > 1) return linearMap(x, weight, bias ?? null);
  return reshape(linearMap(reshape(x, [1, features]), weight, bias ?? null), [weight.shape[0]]);
}

/**
 * xᵀ W y + b for each output: [..., left] and [..., right] -> [..., out].
 *
 * @param weight [out, left, right]
 * @param bias   [out]
 * @throws ShapeError if the extents do not fit
 * @see torch.nn.functional.bilinear
 * @example
 * bilinear(tensor([1, 2]), tensor([3, 4]), tensor([[[1, 0], [0, 1]], [[0, 1], [0, 0]]])); // [11, 4]
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

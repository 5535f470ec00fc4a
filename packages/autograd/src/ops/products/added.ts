import { ShapeError } from "../../errors.ts";
import { broadcastShapes, sameShape } from "../../shape.ts";
import type { Tensor } from "../../tensor.ts";
import { add, mul } from "../elementwise/arithmetic.ts";
import { permute, reshape } from "../movement/movement.ts";
import { bmm, mm, mv, outer } from "./fixed-rank.ts";

export interface AddedOptions {
  /** Multiplies the product; default 1. */
  readonly alpha?: number;
  /** Multiplies what is added to it; default 1. With 0 it is not read: not even its NaN counts. */
  readonly beta?: number;
}

function added(
  operation: string,
  input: Tensor,
  product: Tensor,
  { alpha = 1, beta = 1 }: AddedOptions,
): Tensor {
  const shape = broadcastShapes(operation, [input.shape, product.shape]);
  if (!sameShape(shape, product.shape))
    throw new ShapeError(
      operation,
      [input.shape, product.shape],
      "expected an input that stretches to the product",
    );
  const scaled = alpha === 1 ? product : mul(product, alpha);
  if (beta === 0) return scaled;
  return add(beta === 1 ? input : mul(input, beta), scaled);
}

/**
 * β input + α a b of matrices [m, k] and [k, n]; `input` broadcasts.
 *
 * @throws ShapeError if they do not fit
 * @see torch.addmm
 * @example
 * addmm(tensor([1, 2]), eye(2), tensor([[3, 4], [5, 6]]), { beta: 10 }); // [[13, 24], [15, 26]]
 * addmm(tensor([NaN, 1]), eye(2), tensor([[3, 4], [5, 6]]), { beta: 0 }); // [[3, 4], [5, 6]]
 */
export function addmm(input: Tensor, a: Tensor, b: Tensor, options: AddedOptions = {}): Tensor {
  return added("addmm", input, mm(a, b), options);
}

/**
 * β input + α a x of a matrix [m, k] and a vector [k]; `input` broadcasts.
 *
 * @throws ShapeError if they do not fit
 * @see torch.addmv
 * @example
 * addmv(tensor([1, 1]), tensor([[1, 2], [3, 4]]), tensor([1, 1]), { alpha: 2 }); // [7, 15]
 */
export function addmv(input: Tensor, a: Tensor, x: Tensor, options: AddedOptions = {}): Tensor {
  return added("addmv", input, mv(a, x), options);
}

/**
 * β input + α x yᵀ of vectors [m] and [n]; `input` broadcasts.
 *
 * @throws ShapeError if they do not fit
 * @see torch.addr
 * @example
 * addr(ones([2, 2]), tensor([1, 2]), tensor([3, 4])); // [[4, 5], [7, 9]]
 */
export function addr(input: Tensor, x: Tensor, y: Tensor, options: AddedOptions = {}): Tensor {
  return added("addr", input, outer(x, y), options);
}

/**
 * β input + α a b, matrix by matrix, of [batch, m, k] and [batch, k, n]; `input` broadcasts.
 *
 * @throws ShapeError if they do not fit
 * @see torch.baddbmm
 * @example
 * baddbmm(tensor([[[10]], [[20]]]), tensor([[[1, 2]], [[3, 4]]]), ones([2, 2, 1])); // [[[13]], [[27]]]
 */
export function baddbmm(input: Tensor, a: Tensor, b: Tensor, options: AddedOptions = {}): Tensor {
  return added("baddbmm", input, bmm(a, b), options);
}

/**
 * β input + α Σ aᵢ bᵢ over a batch of [batch, m, k] and [batch, k, n]; `input` broadcasts.
 *
 * @throws ShapeError if they do not fit
 * @see torch.addbmm
 * @example
 * addbmm(tensor([[10]]), tensor([[[1, 2]], [[3, 4]]]), ones([2, 2, 1])); // [[20]]
 */
export function addbmm(input: Tensor, a: Tensor, b: Tensor, options: AddedOptions = {}): Tensor {
  if (a.rank !== 3 || b.rank !== 3 || a.shape[0] !== b.shape[0] || a.shape[2] !== b.shape[1])
    throw new ShapeError("addbmm", [a.shape, b.shape], "expected [batch, m, k] and [batch, k, n]");
  const [batch, m, k] = a.shape;
  // One product: the batch only makes the inner extent longer.
  const wide = reshape(permute(a, [1, 0, 2]), [m, batch * k]);
  return added("addbmm", input, mm(wide, reshape(b, [batch * k, b.shape[2]])), options);
}

import { ShapeError } from "../../errors.ts";
import type { Tensor } from "../../tensor.ts";
import { mul } from "../elementwise/arithmetic.ts";
import { unsqueeze } from "../movement/movement.ts";
import { matmul } from "./matmul.ts";
import { tensordot } from "./tensordot.ts";

// `matmul` for operands of one rank each: a wrong rank throws where `matmul` would broadcast.

function checkRanks(operation: string, tensors: readonly Tensor[], expected: readonly string[]): void {
  const fits = tensors.every(({ rank }, k) => rank === expected[k].split(",").length);
  if (fits) return;
  throw new ShapeError(
    operation,
    tensors.map(({ shape }) => shape),
    `expected ${expected.map((axes) => `[${axes}]`).join(" and ")}`,
  );
}

/**
 * The product of two matrices, [m, k] · [k, n].
 *
 * @throws ShapeError if they do not fit
 * @see torch.mm
 * @example
 * mm(tensor([[1, 2], [3, 4]]), tensor([[5], [6]])); // [[17], [39]]
 */
export function mm(a: Tensor, b: Tensor): Tensor {
  checkRanks("mm", [a, b], ["m, k", "k, n"]);
  return matmul(a, b);
}

/**
 * The products of matrices one by one, [batch, m, k] · [batch, k, n].
 *
 * @throws ShapeError if they do not fit
 * @see torch.bmm
 * @example
 * bmm(tensor([[[1, 2]], [[3, 4]]]), tensor([[[1], [1]], [[1], [0]]])); // [[[3]], [[3]]]
 */
export function bmm(a: Tensor, b: Tensor): Tensor {
  checkRanks("bmm", [a, b], ["batch, m, k", "batch, k, n"]);
  if (a.shape[0] !== b.shape[0])
    throw new ShapeError("bmm", [a.shape, b.shape], "expected two batches of equal extent");
  return matmul(a, b);
}

/**
 * A matrix times a vector, [m, k] · [k].
 *
 * @throws ShapeError if they do not fit
 * @see torch.mv
 * @example
 * mv(tensor([[1, 2], [3, 4]]), tensor([5, 6])); // [17, 39]
 */
export function mv(a: Tensor, x: Tensor): Tensor {
  checkRanks("mv", [a, x], ["m, k", "k"]);
  return matmul(a, x);
}

/**
 * Σ aᵢ bᵢ of two vectors [n].
 *
 * @throws ShapeError unless they are of equal length
 * @see torch.dot
 * @example
 * dot(tensor([1, 2, 3]), tensor([4, 5, 6])); // 32
 */
export function dot(a: Tensor, b: Tensor): Tensor {
  checkRanks("dot", [a, b], ["n", "n"]);
  if (a.size !== b.size) throw new ShapeError("dot", [a.shape, b.shape], "expected vectors of equal length");
  return matmul(a, b);
}

/**
 * The products aᵢ bⱼ of two vectors, [m] and [n] to [m, n].
 *
 * @throws ShapeError unless they are vectors
 * @see torch.outer
 * @example
 * outer(tensor([1, 2]), tensor([3, 4, 5])); // [[3, 4, 5], [6, 8, 10]]
 */
export function outer(a: Tensor, b: Tensor): Tensor {
  checkRanks("outer", [a, b], ["m", "n"]);
  return mul(unsqueeze(a, 1), b);
}

/**
 * Sums over the last axis of both: [..., k] and [***, k] to [..., ***]; a scalar multiplies.
 *
 * @throws ShapeError if the last extents differ
 * @see torch.inner
 * @example
 * inner(tensor([[1, 2], [3, 4]]), tensor([[5, 6], [7, 8]])); // [[17, 23], [39, 53]]
 */
export function inner(a: Tensor, b: Tensor): Tensor {
  if (a.rank === 0 || b.rank === 0) return mul(a, b);
  if (a.shape[a.rank - 1] !== b.shape[b.rank - 1])
    throw new ShapeError("inner", [a.shape, b.shape], "expected equal last extents");
  return tensordot(a, b, [[-1], [-1]]);
}

import { withRank } from "../../shape.ts";
import type { Tensor } from "../../tensor.ts";
import { mul } from "../elementwise/arithmetic.ts";
import { reshape } from "../movement/movement.ts";

/**
 * The Kronecker product: each element of `a` replaced by that element times `b`; axes are aligned at the last.
 *
 * @returns the extents multiplied, axis by axis
 * @see torch.kron
 * @example
 * kron(tensor([[1, 2]]), tensor([[1], [10]])); // [[1, 2], [10, 20]]
 */
export function kron(a: Tensor, b: Tensor): Tensor {
  const rank = Math.max(a.rank, b.rank);
  const [outer, inner] = [withRank(a.shape, rank), withRank(b.shape, rank)];
  const blocks = reshape(
    a,
    outer.flatMap((extent) => [extent, 1]),
  );
  const block = reshape(
    b,
    inner.flatMap((extent) => [1, extent]),
  );
  return reshape(
    mul(blocks, block),
    outer.map((extent, axis) => extent * inner[axis]),
  );
}

import { ShapeError } from "../../errors.ts";
import type { Tensor } from "../../tensor.ts";
import { atleast2d } from "./atleast.ts";
import { concat, pad } from "./slice.ts";

/**
 * Matrices along the diagonal of one, zeros elsewhere; a vector counts as a row.
 *
 * @throws ShapeError for more axes
 * @see torch.block_diag
 * @example
 * blockDiag([tensor([[1, 2], [3, 4]]), tensor([5, 6])]); // [[1, 2, 0, 0], [3, 4, 0, 0], [0, 0, 5, 6]]
 */
export function blockDiag(blocks: readonly Tensor[]): Tensor {
  const wrong = blocks.find(({ rank }) => rank > 2);
  if (wrong !== undefined) throw new ShapeError("blockDiag", [wrong.shape], "expected matrices");
  const matrices = blocks.map(atleast2d);
  const width = matrices.reduce((total, { shape }) => total + shape[1], 0);
  let left = 0;
  const rows = matrices.map((matrix) => {
    const before = left;
    left += matrix.shape[1];
    return pad(matrix, [
      [0, 0],
      [before, width - left],
    ]);
  });
  return concat(rows, 0);
}

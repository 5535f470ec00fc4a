import { tensor } from "../../create.ts";
import { ShapeError } from "../../errors.ts";
import { checkShape, type Shape, sizeOf } from "../../shape.ts";
import type { Tensor } from "../../tensor.ts";
import { reshape, transpose } from "../movement/movement.ts";
import { matmul } from "../products/matmul.ts";

export interface AffineGridOptions {
  /** -1 and 1 are the centres of the outermost elements, instead of their outer edges; default false. */
  readonly alignCorners?: boolean;
}

/**
 * The positions that affine maps send the elements of an image or volume to, for `gridSample`.
 *
 * @param theta [batch, 2, 3] or [batch, 3, 4]
 * @param size  the shape of the result of `gridSample`: [batch, channels, height, width] or with a depth
 * @returns [batch, height, width, 2] or [batch, depth, height, width, 3]
 * @throws ShapeError if the shapes do not fit
 * @see torch.nn.functional.affine_grid
 * @example
 * affineGrid(tensor([[[1, 0, 0], [0, 1, 0]]]), [1, 1, 1, 2]); // [[[[-0.5, 0], [0.5, 0]]]]
 * affineGrid(tensor([[[1, 0, 0], [0, 1, 0]]]), [1, 1, 1, 2], { alignCorners: true }); // [[[[-1, 0], [1, 0]]]]
 */
export function affineGrid(
  theta: Tensor,
  size: Shape,
  { alignCorners = false }: AffineGridOptions = {},
): Tensor {
  const axes = size.length - 2;
  const fits =
    theta.rank === 3 &&
    theta.shape[0] === size[0] &&
    theta.shape[1] === axes &&
    theta.shape[2] === axes + 1 &&
    (axes === 2 || axes === 3) &&
    !size.includes(0);
  if (!fits) {
    throw new ShapeError(
      "affineGrid",
      [theta.shape, size],
      "expected [batch, 2, 3] and [batch, channels, height, width], or [batch, 3, 4] and the same with a depth",
    );
  }
  const extents = checkShape("affineGrid", size).slice(2);
  const count = sizeOf(extents);
  // Rows (x, y, z, 1) of the elements' own positions; the last axis of the image is x.
  const rows = new Float64Array(count * (axes + 1)).fill(1);
  let step = 1;
  for (let k = axes - 1; k >= 0; k--) {
    const extent = extents[k];
    const outermost = extent === 1 ? 0 : alignCorners ? 1 : (extent - 1) / extent;
    for (let i = 0; i < count; i++) {
      const place = Math.floor(i / step) % extent;
      const along = extent === 1 ? 0 : ((2 * place) / (extent - 1) - 1) * outermost;
      rows[i * (axes + 1) + axes - 1 - k] = along;
    }
    step *= extent;
  }
  const base = tensor(rows, { shape: [count, axes + 1], dtype: theta.dtype });
  return reshape(matmul(base, transpose(theta)), [size[0], ...extents, axes]);
}

import { fromData } from "../../create.ts";
import { DtypeError, ShapeError } from "../../errors.ts";
import { denseData } from "../../kernels/strided.ts";
import { broadcastShapes } from "../../shape.ts";
import type { Tensor } from "../../tensor.ts";
import { expand, flatten } from "../movement/movement.ts";
import { narrow } from "../movement/slice.ts";
import { checkElements } from "./check-source.ts";
import { gatherFrom } from "./gather.ts";
import { putAt } from "./take.ts";

/** Where a tensor is not zero, as positions in row-major order. How many there are depends on the numbers: vmap cannot map it. */
export function trueIn(x: Tensor): Tensor {
  const values = denseData(x);
  let count = 0;
  for (let k = 0; k < values.length; k++) if (values[k] !== 0) count++;
  const positions = new Int32Array(count);
  for (let k = 0, at = 0; k < values.length; k++) if (values[k] !== 0) positions[at++] = k;
  return fromData(positions, [count]);
}

/**
 * Where a tensor is not zero, a row of coordinates for each, in row-major order. NaN is not zero.
 *
 * With `unbind(nonzero(x), 1)` one index for each axis, as `index` takes them.
 *
 * @returns `i32` [elements, rank]
 * @see torch.nonzero, torch.argwhere
 * @example
 * nonzero(tensor([[1, 0], [0, NaN]])); // [[0, 0], [1, 1]]
 */
export function nonzero(x: Tensor): Tensor {
  const positions = trueIn(x).values();
  const rows = new Int32Array(positions.length * x.rank);
  for (let axis = x.rank - 1; axis >= 0; axis--) {
    const extent = x.shape[axis];
    for (let k = 0; k < positions.length; k++) {
      rows[k * x.rank + axis] = positions[k] % extent;
      positions[k] = Math.floor(positions[k] / extent);
    }
  }
  return fromData(rows, [positions.length, x.rank]);
}

function checkMask(operation: string, mask: Tensor): void {
  if (mask.dtype !== "bool") throw new DtypeError(operation, [mask.dtype], "expected a mask of bool");
}

/**
 * The elements where a mask is true, in row-major order; both broadcast.
 *
 * @param mask `bool`
 * @returns a vector, as long as the mask is often true
 * @throws DtypeError unless the mask is `bool`; ShapeError if they do not broadcast
 * @see torch.masked_select
 * @example
 * maskedSelect(tensor([1, 2, 3]), tensor([true, false, true])); // [1, 3]
 */
export function maskedSelect(x: Tensor, mask: Tensor): Tensor {
  checkMask("maskedSelect", mask);
  const shape = broadcastShapes("maskedSelect", [x.shape, mask.shape]);
  return gatherFrom(flatten(expand(x, shape)), 0, trueIn(expand(mask, shape)));
}

/**
 * `x` with the elements where a mask is true replaced by those of `source`, in row-major order; `x` and mask broadcast.
 *
 * @param mask `bool`
 * @param source any shape with as many elements as the mask is true, or more
 * @throws DtypeError unless the mask is `bool` and the element types agree; ShapeError if the source is too small
 * @see torch.Tensor.masked_scatter
 * @example
 * maskedScatter(zeros([4]), tensor([true, false, true, false]), tensor([5, 6])); // [5, 0, 6, 0]
 */
export function maskedScatter(x: Tensor, mask: Tensor, source: Tensor): Tensor {
  checkMask("maskedScatter", mask);
  checkElements("maskedScatter", x, source);
  const shape = broadcastShapes("maskedScatter", [x.shape, mask.shape]);
  const positions = trueIn(expand(mask, shape));
  if (source.size < positions.size)
    throw new ShapeError("maskedScatter", [source.shape], `expected ${positions.size} elements or more`);
  return putAt(expand(x, shape), positions, narrow(flatten(source), 0, 0, positions.size));
}

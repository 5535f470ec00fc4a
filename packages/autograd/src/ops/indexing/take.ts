import { arange } from "../../create.ts";
import { type Shape, sizeOf } from "../../shape.ts";
import type { Tensor } from "../../tensor.ts";
import { add } from "../elementwise/arithmetic.ts";
import { expand, flatten, reshape } from "../movement/movement.ts";
import { countedFromStart } from "./check-index.ts";
import { checkElements } from "./check-source.ts";
import { gatherFrom, scatterAddInto } from "./gather.ts";
import { scatterOver } from "./scatter.ts";

/** The position of each element of a shape in row-major order: a view of it says where the view lies. */
export function positionsIn(shape: Shape): Tensor {
  return reshape(arange(0, sizeOf(shape), 1, "i32"), shape);
}

/** `x` with the elements at `positions` replaced, or added to; the values broadcast to the positions, which were checked. */
export function putAt(x: Tensor, positions: Tensor, values: Tensor, accumulate = false): Tensor {
  const places = flatten(positions);
  const row = flatten(x);
  const stretched = flatten(expand(values, positions.shape));
  const written = accumulate
    ? add(row, scatterAddInto(row.shape, 0, places, stretched))
    : scatterOver(row, 0, places, stretched);
  return reshape(written, x.shape);
}

/**
 * The elements at positions in row-major order.
 *
 * @param index `i32`, any shape; negative positions count from the end
 * @returns the shape of `index`
 * @throws DtypeError or ArgumentError if the index does not fit
 * @see torch.take
 * @example
 * take(tensor([[1, 2], [3, 4]]), tensor([0, -1], { dtype: "i32" })); // [1, 4]
 */
export function take(x: Tensor, index: Tensor): Tensor {
  const positions = countedFromStart("take", index, x.size);
  return reshape(gatherFrom(flatten(x), 0, flatten(positions)), index.shape);
}

export interface PutOptions {
  /** Add to what is there instead of replacing it; default false. */
  readonly accumulate?: boolean;
}

/**
 * `x` with the elements at positions in row-major order replaced; of several for one position the last stays.
 *
 * @param index `i32`, any shape; negative positions count from the end
 * @param values as many as positions, or of a shape that broadcasts to theirs
 * @throws DtypeError, ShapeError or ArgumentError if index or values do not fit
 * @see torch.Tensor.put
 * @example
 * put(zeros([2, 2]), tensor([1, -1], { dtype: "i32" }), tensor([5, 6])); // [[0, 5], [0, 6]]
 */
export function put(
  x: Tensor,
  index: Tensor,
  values: Tensor,
  { accumulate = false }: PutOptions = {},
): Tensor {
  checkElements("put", x, values);
  const fitted = values.size === index.size ? reshape(values, index.shape) : values;
  return putAt(x, countedFromStart("put", index, x.size), fitted, accumulate);
}

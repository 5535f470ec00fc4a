import { ShapeError } from "../../errors.ts";
import type { Tensor } from "../../tensor.ts";
import { diagonal } from "../movement/diagonal.ts";
import { sum } from "./reduce.ts";

/**
 * The sum of the main diagonal of a matrix.
 *
 * @throws ShapeError for another rank
 * @see torch.trace
 * @example
 * trace(tensor([[1, 2], [3, 4]])); // 5
 */
export function trace(x: Tensor): Tensor {
  if (x.rank !== 2) throw new ShapeError("trace", [x.shape], "expected a matrix");
  return sum(diagonal(x));
}

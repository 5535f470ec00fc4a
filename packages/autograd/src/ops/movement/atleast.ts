import type { Tensor } from "../../tensor.ts";
import { reshape } from "./movement.ts";

/**
 * A scalar as a vector [1]; anything else as it is.
 *
 * @see torch.atleast_1d
 * @example
 * atleast1d(tensor(5)); // [5]
 */
export function atleast1d(x: Tensor): Tensor {
  return x.rank === 0 ? reshape(x, [1]) : x;
}

/**
 * A vector [n] as a row [1, n].
 *
 * @see torch.atleast_2d
 * @example
 * atleast2d(tensor([1, 2])); // [[1, 2]]
 */
export function atleast2d(x: Tensor): Tensor {
  return x.rank < 2 ? reshape(x, [1, x.size]) : x;
}

/**
 * A vector [n] as [1, n, 1], a matrix [m, n] as [m, n, 1].
 *
 * @see torch.atleast_3d
 * @example
 * atleast3d(tensor([1, 2])); // [[[1], [2]]]
 */
export function atleast3d(x: Tensor): Tensor {
  return x.rank < 3 ? reshape(x, [...atleast2d(x).shape, 1]) : x;
}

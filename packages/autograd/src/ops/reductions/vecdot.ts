import type { Tensor } from "../../tensor.ts";
import { mul } from "../elementwise/arithmetic.ts";
import { sum } from "./reduce.ts";

/**
 * Σ a b along an axis (default the last) of the broadcast shape.
 *
 * @see torch.linalg.vecdot
 * @example
 * vecdot(tensor([[1, 2], [3, 4]]), tensor([1, 10])); // [21, 43]
 */
export function vecdot(a: Tensor, b: Tensor, axis = -1): Tensor {
  return sum(mul(a, b), { axis });
}

import { arange } from "../../create.ts";
import type { Tensor } from "../../tensor.ts";
import { cast } from "../elementwise/cast.ts";
import { eq } from "../elementwise/choice.ts";
import { unsqueeze } from "../movement/movement.ts";
import { checkIndex } from "./check-index.ts";

/**
 * One-hot rows: 1 at each label, 0 elsewhere.
 *
 * @param labels `i32`, any shape
 * @returns the shape of `labels` with an axis of extent `classes` behind, `f32`
 * @throws ArgumentError if a label is out of range
 * @see torch.nn.functional.one_hot
 * @example
 * oneHot(tensor([0, 2], { dtype: "i32" }), 3); // [[1, 0, 0], [0, 0, 1]]
 */
export function oneHot(labels: Tensor, classes: number): Tensor {
  checkIndex("oneHot", labels, classes);
  return cast(eq(unsqueeze(labels, -1), arange(0, classes, 1, "i32")), "f32");
}

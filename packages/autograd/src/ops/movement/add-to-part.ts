import { addInto } from "../../kernels/add-into.ts";
import { denseData, isDense, type Strided } from "../../kernels/strided.ts";
import { Tensor } from "../../tensor.ts";
import { addInPlace } from "../elementwise/add-in-place.ts";

/** Adds `x` to a part, of its shape and element type, of a sum that nobody has seen. */
export function addToPart(part: Strided, x: Tensor): void {
  if (isDense(part)) addInPlace(new Tensor(denseData(part), part.shape, x.dtype), x);
  else addInto(part, x);
}

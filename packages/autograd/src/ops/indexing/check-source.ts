import { DtypeError, ShapeError } from "../../errors.ts";
import { type Shape, sameShape } from "../../shape.ts";
import type { Tensor } from "../../tensor.ts";

/** @throws DtypeError unless what is put into `x` has its element type */
export function checkElements(operation: string, x: Tensor, source: Tensor): void {
  if (source.dtype !== x.dtype)
    throw new DtypeError(operation, [x.dtype, source.dtype], "expected one element type");
}

/** @throws ShapeError unless what is put into `x` has the shape of the part that it meets; DtypeError as above */
export function checkSource(operation: string, x: Tensor, source: Tensor, shape: Shape, part: string): void {
  if (!sameShape(source.shape, shape))
    throw new ShapeError(operation, [shape, source.shape], `expected a source of the shape of the ${part}`);
  checkElements(operation, x, source);
}

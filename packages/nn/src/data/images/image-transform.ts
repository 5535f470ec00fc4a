import { ArgumentError, type Generator, ShapeError, type Tensor } from "@isograd/autograd";

/** What becomes of images [rows, channels, height, width], of each in its own way; all that is random is drawn from `generator`. */
export type ImageTransform = (images: Tensor, generator: Generator) => Tensor;

/** One number for both axes, or one each. */
export type Extents = number | readonly [height: number, width: number];

/** @throws ShapeError unless there are four axes, and a row */
export function checkImages(operation: string, images: Tensor): void {
  if (images.rank !== 4 || images.shape[0] === 0)
    throw new ShapeError(operation, [images.shape], "expected images [rows, channels, height, width]");
}

/** @throws ArgumentError unless both are whole numbers from `least` on */
export function checkExtents(
  operation: string,
  name: string,
  extents: Extents,
  least: number,
): readonly [height: number, width: number] {
  const both = typeof extents === "number" ? ([extents, extents] as const) : extents;
  if (both.length !== 2 || !both.every((extent) => Number.isInteger(extent) && extent >= least))
    throw new ArgumentError(operation, `expected ${name} to be whole numbers from ${least} on`, extents);
  return both;
}

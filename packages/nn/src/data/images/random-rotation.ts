import { ArgumentError, affineGrid, fromData, type GridSampleOptions, gridSample } from "@isograd/autograd";
import { checkImages, type ImageTransform } from "./image-transform.ts";

export interface RandomRotationOptions extends Pick<GridSampleOptions, "paddingMode"> {
  /** The largest angle, in either direction, or the smallest and the largest; counter-clockwise. */
  readonly degrees: number | readonly [lowest: number, highest: number];
  /** Whether a pixel is that nearest to where it came from (default), or a mean of those around. */
  readonly mode?: "nearest" | "bilinear";
}

/**
 * Turns each image around its centre by an angle of its own.
 *
 * @throws ArgumentError unless the angles are finite and in order; when called: ShapeError unless images are [rows, channels, height, width]
 * @see torchvision.transforms.RandomRotation
 * @example
 * const quarter = randomRotation({ degrees: [90, 90] });
 * quarter(tensor([[[[1, 2], [3, 4]]]]), new Generator(1)); // [[[[2, 4], [1, 3]]]]
 */
export function randomRotation({
  degrees,
  mode = "nearest",
  paddingMode = "zeros",
}: RandomRotationOptions): ImageTransform {
  const [lowest, highest] = typeof degrees === "number" ? [-degrees, degrees] : degrees;
  if (!(lowest <= highest && Number.isFinite(highest - lowest)))
    throw new ArgumentError("randomRotation", "expected an angle from 0 on, or [lowest, highest]", degrees);
  return (images, generator) => {
    checkImages("randomRotation", images);
    const [rows, , height, width] = images.shape;
    const numbers = Array.from({ length: rows }, () => {
      const angle = ((lowest + (highest - lowest) * generator.uniform()) * Math.PI) / 180;
      const [cosine, sine] = [Math.cos(angle), Math.sin(angle)];
      // Positions are given in halves of the extents.
      return [cosine, (-sine * height) / width, 0, (sine * width) / height, cosine, 0];
    }).flat();
    const theta = images.dtype === "f64" ? Float64Array.from(numbers) : Float32Array.from(numbers);
    const grid = affineGrid(fromData(theta, [rows, 2, 3]), images.shape);
    return gridSample(images, grid, { mode, paddingMode });
  };
}

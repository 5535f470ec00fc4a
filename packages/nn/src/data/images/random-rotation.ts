import { ArgumentError, add, cast, full, sub } from "@isograd/autograd";
import { checkImages, type ImageTransform } from "./image-transform.ts";
import { rotate } from "./rotate.ts";

export interface RandomRotationOptions {
  /** The largest angle, in either direction, or the smallest and the largest; counter-clockwise. */
  readonly degrees: number | readonly [lowest: number, highest: number];
  /** Whether a pixel is that nearest to where it came from (default), or a mean of those around. */
  readonly mode?: "nearest" | "bilinear";
  /** What stands outside of the images; default 0. */
  readonly fill?: number;
}

/**
 * Turns each image around its centre by an angle of its own; whole numbers become `f32`.
 *
 * @throws ArgumentError unless the angles are finite and in order, and there is such a mode; when called: ShapeError unless images are [rows,
 *   channels, height, width]
 * @see torchvision.transforms.RandomRotation
 * @example
 * const quarter = randomRotation({ degrees: [90, 90] });
 * quarter(tensor([[[[1, 2], [3, 4]]]]), new Generator(1)); // [[[[2, 4], [1, 3]]]]
 */
export function randomRotation({
  degrees,
  mode = "nearest",
  fill = 0,
}: RandomRotationOptions): ImageTransform {
  const [lowest, highest] = typeof degrees === "number" ? [-degrees, degrees] : degrees;
  if (!(lowest <= highest && Number.isFinite(highest - lowest)))
    throw new ArgumentError("randomRotation", "expected an angle from 0 on, or [lowest, highest]", degrees);
  if (mode !== "nearest" && mode !== "bilinear")
    throw new ArgumentError("randomRotation", "expected the mode nearest or bilinear", mode);
  return (images, generator) => {
    checkImages("randomRotation", images);
    const [rows, , height, width] = images.shape;
    const angles = new Float64Array(rows).map(
      () => ((lowest + (highest - lowest) * generator.uniform()) * Math.PI) / 180,
    );
    const pixels = images.dtype === "f64" ? images : cast(images, "f32");
    const turned = rotate(pixels, { angles, mode });
    if (fill === 0) return turned;
    const inside = rotate(full([rows, 1, height, width], fill, pixels.dtype), { angles, mode });
    return add(turned, sub(fill, inside));
  };
}

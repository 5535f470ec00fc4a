import { concat, narrow, pad, ShapeError } from "@isograd/autograd";
import { checkExtents, checkImages, type Extents, type ImageTransform } from "./image-transform.ts";

export interface RandomCropOptions {
  /** What is cut out: height and width. */
  readonly size: Extents;
  /** How much is put around the images before, on all sides; default 0. */
  readonly padding?: Extents;
  /** What stands there; default 0. */
  readonly fill?: number;
}

/**
 * Cuts a part out of each image, every place as likely.
 *
 * @throws ArgumentError unless size and padding are whole numbers; when called: ShapeError unless images are [rows, channels, height, width] and,
 *   padded, as large as the part
 * @see torchvision.transforms.RandomCrop
 * @example
 * const crop = randomCrop({ size: 28, padding: 2 });
 * crop(randn(new Generator(1), [4, 1, 28, 28]), new Generator(2)).shape; // [4, 1, 28, 28]
 */
export function randomCrop({ size, padding = 0, fill = 0 }: RandomCropOptions): ImageTransform {
  const part = checkExtents("randomCrop", "size", size, 1);
  const around = checkExtents("randomCrop", "padding", padding, 0);
  return (images, generator) => {
    checkImages("randomCrop", images);
    const room = images.shape.slice(2).map((extent, k) => extent + 2 * around[k] - part[k]);
    if (room.some((places) => places < 0))
      throw new ShapeError(
        "randomCrop",
        [images.shape],
        `expected images of at least ${part.join(" x ")} with padding`,
      );
    const [[top, side], [height, width]] = [around, part];
    const padded =
      top + side === 0
        ? images
        : pad(
            images,
            [
              [0, 0],
              [0, 0],
              [top, top],
              [side, side],
            ],
            fill,
          );
    const parts = Array.from({ length: images.shape[0] }, (_, row) => {
      const [down, right] = room.map((places) => generator.integer(places + 1));
      return narrow(narrow(narrow(padded, 0, row, 1), 2, down, height), 3, right, width);
    });
    return concat(parts);
  };
}

export interface RandomShiftOptions {
  /** By how many pixels at most, down or up and right or left. */
  readonly by: Extents;
  /** What stands where nothing is left; default 0. */
  readonly fill?: number;
}

/**
 * Moves each image by whole pixels, every distance up to the largest as likely, in both directions.
 *
 * @throws ArgumentError unless `by` are whole numbers; when called: ShapeError unless images are [rows, channels, height, width]
 * @see torchvision.transforms.RandomAffine, translate
 * @example
 * randomShift({ by: [0, 2] })(randn(new Generator(1), [4, 1, 28, 28]), new Generator(2)).shape; // [4, 1, 28, 28]
 */
export function randomShift({ by, fill }: RandomShiftOptions): ImageTransform {
  const padding = checkExtents("randomShift", "by", by, 0);
  return (images, generator) => {
    checkImages("randomShift", images);
    const [, , height, width] = images.shape;
    return randomCrop({ size: [height, width], padding, fill })(images, generator);
  };
}

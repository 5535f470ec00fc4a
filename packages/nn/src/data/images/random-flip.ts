import { flip, fromData, where } from "@isograd/autograd";
import { checkUnit } from "../../optimizers/settings.ts";
import { checkImages, type ImageTransform } from "./image-transform.ts";

export interface RandomFlipOptions {
  /** How likely each image is to be flipped; default 0.5. */
  readonly probability?: number;
}

const randomFlip =
  (operation: string, axis: number, { probability = 0.5 }: RandomFlipOptions): ImageTransform =>
  (images, generator) => {
    checkUnit(operation, "probability", probability);
    checkImages(operation, images);
    const [rows] = images.shape;
    const flipped = Uint8Array.from({ length: rows }, () => Number(generator.uniform() < probability));
    return where(fromData(flipped, [rows, 1, 1, 1]), flip(images, axis), images);
  };

/**
 * Swaps left and right in some of the images.
 *
 * @throws when called: ArgumentError unless the probability is within [0, 1]; ShapeError unless images are [rows, channels, height, width]
 * @see torchvision.transforms.RandomHorizontalFlip
 * @example
 * randomHorizontalFlip({ probability: 1 })(tensor([[[[1, 2, 3]]]]), new Generator(1)); // [[[[3, 2, 1]]]]
 */
export const randomHorizontalFlip = (options: RandomFlipOptions = {}): ImageTransform =>
  randomFlip("randomHorizontalFlip", 3, options);

/**
 * Swaps top and bottom in some of the images.
 *
 * @throws when called: ArgumentError unless the probability is within [0, 1]; ShapeError unless images are [rows, channels, height, width]
 * @see torchvision.transforms.RandomVerticalFlip
 * @example
 * randomVerticalFlip({ probability: 1 })(tensor([[[[1], [2]]]]), new Generator(1)); // [[[[2], [1]]]]
 */
export const randomVerticalFlip = (options: RandomFlipOptions = {}): ImageTransform =>
  randomFlip("randomVerticalFlip", 2, options);

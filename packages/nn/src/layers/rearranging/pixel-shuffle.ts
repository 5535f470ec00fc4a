import { pixelShuffle, pixelUnshuffle, type Tensor } from "@isograd/autograd";
import { Module } from "../../module/module.ts";
import { checkExtent } from "../extent.ts";

/**
 * Turns channels into finer pixels: [..., channels r², height, width] -> [..., channels, height r, width r], r the `upscaleFactor`.
 *
 * @throws ArgumentError unless r is a positive integer; ShapeError when called, unless r² divides the channels
 * @see Shi et al. 2016, "Real-time single image and video super-resolution"; torch.nn.PixelShuffle
 * @example
 * new PixelShuffle({ upscaleFactor: 2 }).call(tensor([[[1]], [[2]], [[3]], [[4]]])); // [[[1, 2], [3, 4]]]
 */
export class PixelShuffle extends Module {
  readonly upscaleFactor: number;

  constructor({ upscaleFactor }: { readonly upscaleFactor: number }) {
    super();
    this.upscaleFactor = checkExtent("PixelShuffle", "upscaleFactor", upscaleFactor);
  }

  forward(x: Tensor): Tensor {
    return pixelShuffle(x, this.upscaleFactor);
  }
}

/**
 * Turns pixels into channels: [..., channels, height r, width r] -> [..., channels r², height, width], r the `downscaleFactor`.
 *
 * @throws ArgumentError unless r is a positive integer; ShapeError when called, unless r divides height and width
 * @see torch.nn.PixelUnshuffle
 * @example
 * new PixelUnshuffle({ downscaleFactor: 2 }).call(tensor([[[1, 2], [3, 4]]])); // [[[1]], [[2]], [[3]], [[4]]]
 */
export class PixelUnshuffle extends Module {
  readonly downscaleFactor: number;

  constructor({ downscaleFactor }: { readonly downscaleFactor: number }) {
    super();
    this.downscaleFactor = checkExtent("PixelUnshuffle", "downscaleFactor", downscaleFactor);
  }

  forward(x: Tensor): Tensor {
    return pixelUnshuffle(x, this.downscaleFactor);
  }
}

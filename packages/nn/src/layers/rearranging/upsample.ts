import { type InterpolateOptions, interpolate, type Tensor } from "@isograd/autograd";
import { Module } from "../../module/module.ts";

/**
 * Resamples the spatial axes to a size, or by a factor.
 *
 * [batch, channels, ...spatial axes] -> the same with other extents: one axis for mode linear, two for bilinear and bicubic, three for trilinear, any
 * for nearest (default), nearest-exact and area.
 *
 * @throws ShapeError when called, if the mode is not for so many axes; ArgumentError when called, if the options do not fit together
 * @see torch.nn.Upsample
 * @example
 * new Upsample({ scaleFactor: 2 }).call(tensor([[[[1, 2]]]])); // [[[[1, 1, 2, 2], [1, 1, 2, 2]]]]
 */
export class Upsample extends Module {
  readonly options: InterpolateOptions;

  constructor(options: InterpolateOptions) {
    super();
    this.options = { ...options };
  }

  forward(x: Tensor): Tensor {
    return interpolate(x, this.options);
  }
}

/**
 * Resamples images by the nearest pixel.
 *
 * @see torch.nn.UpsamplingNearest2d
 * @example
 * new UpsamplingNearest2d({ size: [1, 4] }).call(tensor([[[[1, 2]]]])); // [[[[1, 1, 2, 2]]]]
 */
export class UpsamplingNearest2d extends Upsample {
  constructor(options: Pick<InterpolateOptions, "size" | "scaleFactor">) {
    super({ ...options, mode: "nearest" });
  }
}

/**
 * Resamples images linearly along both axes, corners on corners.
 *
 * @see torch.nn.UpsamplingBilinear2d
 * @example
 * new UpsamplingBilinear2d({ size: [1, 4] }).call(tensor([[[[0, 3]]]])); // [[[[0, 1, 2, 3]]]]
 */
export class UpsamplingBilinear2d extends Upsample {
  constructor(options: Pick<InterpolateOptions, "size" | "scaleFactor">) {
    super({ ...options, mode: "bilinear", alignCorners: true });
  }
}

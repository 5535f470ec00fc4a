import {
  type DropoutSettings,
  featureDropout,
  ShapeError,
  squeeze,
  type Tensor,
  unsqueeze,
} from "@isograd/autograd";
import { type DropoutOptions, Dropping } from "./dropping.ts";

/** Drops channels of [batch, channels, ...spatial axes], or of the same without batch. */
abstract class ChannelDropping extends Dropping {
  constructor(
    readonly layer: string,
    readonly axes: number,
    options: DropoutOptions,
  ) {
    super(layer, options);
  }

  protected drop(x: Tensor, settings: DropoutSettings): Tensor {
    const { layer, axes } = this;
    if (x.rank === axes + 2) return featureDropout(x, settings);
    if (x.rank === axes + 1) return squeeze(featureDropout(unsqueeze(x, 0), settings), 0);
    const rule = `expected [batch, channels, ...${axes} spatial axes], or the same without batch`;
    throw new ShapeError(layer, [x.shape], rule);
  }
}

/**
 * In training, sets whole channels of sequences to 0 at random and divides the others by the share that stays.
 *
 * [batch, channels, length], or without batch -> the same; one draw for each channel of each example.
 *
 * @throws ArgumentError unless the probability lies within [0, 1]; ShapeError when called in training, if x has other axes
 * @see Tompson et al. 2015, "Efficient object localization using convolutional networks"; torch.nn.Dropout1d
 * @example
 * // Each channel is kept, and doubled, or dropped as a whole.
 * const dropped = new Dropout1d({ probability: 0.5 }).call(full([100, 3], 1));
 * max(std(dropped, { axis: 1 })); // 0
 * max(dropped); // 2
 */
export class Dropout1d extends ChannelDropping {
  constructor(options: DropoutOptions = {}) {
    super("Dropout1d", 1, options);
  }
}

/**
 * In training, sets whole channels of images to 0 at random and divides the others by the share that stays.
 *
 * [batch, channels, height, width], or without batch -> the same; one draw for each channel of each example.
 *
 * @throws ArgumentError unless the probability lies within [0, 1]; ShapeError when called in training, if x has other axes
 * @see torch.nn.Dropout2d, which takes three axes for a batch of sequences: use `Dropout1d` for them
 * @example
 * // Each channel is kept, and doubled, or dropped as a whole.
 * const dropped = new Dropout2d({ probability: 0.5 }).call(full([100, 3, 3], 1));
 * max(std(dropped, { axis: [1, 2] })); // 0
 * max(dropped); // 2
 */
export class Dropout2d extends ChannelDropping {
  constructor(options: DropoutOptions = {}) {
    super("Dropout2d", 2, options);
  }
}

/**
 * In training, sets whole channels of volumes to 0 at random and divides the others by the share that stays.
 *
 * [batch, channels, depth, height, width], or without batch -> the same; one draw for each channel of each example.
 *
 * @throws ArgumentError unless the probability lies within [0, 1]; ShapeError when called in training, if x has other axes
 * @see torch.nn.Dropout3d
 * @example
 * // Each channel is kept, and doubled, or dropped as a whole.
 * const dropped = new Dropout3d({ probability: 0.5 }).call(full([100, 2, 2, 2], 1));
 * max(std(dropped, { axis: [1, 2, 3] })); // 0
 * max(dropped); // 2
 */
export class Dropout3d extends ChannelDropping {
  constructor(options: DropoutOptions = {}) {
    super("Dropout3d", 3, options);
  }
}

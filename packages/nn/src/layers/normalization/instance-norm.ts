import { instanceNorm, squeeze, type Tensor, unsqueeze } from "@isograd/autograd";
import { type Accepts, ChannelNorm, type ChannelNormOptions } from "./channel-norm.ts";

/** `affine` and `trackRunningStats` are false by default. */
export interface InstanceNormOptions extends ChannelNormOptions {
  /** The share of a new batch in the running statistics; default 0.1. */
  readonly momentum?: number;
}

/** Gives each channel of each example mean 0 and variance 1; in evaluation by running statistics, if there are any. */
abstract class InstanceNorm extends ChannelNorm {
  readonly momentum: number;

  constructor(options: InstanceNormOptions) {
    super("instanceNorm", options, false);
    this.momentum = options.momentum ?? 0.1;
  }

  forward(x: Tensor): Tensor {
    const single = x.rank === this.accepts.ranks[0];
    this.check(x, single ? 0 : 1);
    const { weight, bias, eps, momentum, running } = this;
    const { value, running: next } = instanceNorm(single ? unsqueeze(x, 0) : x, {
      running,
      momentum,
      training: this.training || running === null,
      weight,
      bias,
      eps,
    });
    if (this.training && next !== null) this.remember(next);
    return single ? squeeze(value, 0) : value;
  }
}

/**
 * Instance normalisation of sequences: [batch, channels, length], or [channels, length].
 *
 * @throws ShapeError when called, where statistics would be of one value a channel
 * @see Ulyanov, Vedaldi, Lempitsky 2016, "Instance normalization"; torch.nn.InstanceNorm1d
 * @example
 * const layer = new InstanceNorm1d({ numFeatures: 2, affine: true });
 * layer.call(tensor([[1, 3], [50, 70]])); // [[-1.0000, 1.0000], [-1.0000, 1.0000]]
 */
export class InstanceNorm1d extends InstanceNorm {
  protected get accepts(): Accepts {
    return { shapes: "[batch, channels, length] or [channels, length]", ranks: [2, 3] };
  }
}

/**
 * Instance normalisation of images: [batch, channels, height, width], or without the first axis.
 *
 * @throws ShapeError when called, where statistics would be of one value a channel
 * @see Ulyanov, Vedaldi, Lempitsky 2016, "Instance normalization"; torch.nn.InstanceNorm2d
 * @example
 * new InstanceNorm2d({ numFeatures: 1 }).call(tensor([[[1, 3], [5, 7]]])); // [[[-1.3416, -0.4472], [0.4472, 1.3416]]]
 */
export class InstanceNorm2d extends InstanceNorm {
  protected get accepts(): Accepts {
    return { shapes: "[batch, channels, height, width] or [channels, height, width]", ranks: [3, 4] };
  }
}

/**
 * Instance normalisation of volumes: [batch, channels, depth, height, width], or without the first axis.
 *
 * @throws ShapeError when called, where statistics would be of one value a channel
 * @see Ulyanov, Vedaldi, Lempitsky 2016, "Instance normalization"; torch.nn.InstanceNorm3d
 * @example
 * new InstanceNorm3d({ numFeatures: 1 }).call(tensor([[[[1, 3]], [[1, 3]]]])); // [[[[-1.0000, 1.0000]], [[-1.0000, 1.0000]]]]
 */
export class InstanceNorm3d extends InstanceNorm {
  protected get accepts(): Accepts {
    return {
      shapes: "[batch, channels, depth, height, width] or [channels, depth, height, width]",
      ranks: [4, 5],
    };
  }
}

import { add, batchNorm, type Tensor } from "@isograd/autograd";
import { type Accepts, ChannelNorm, type ChannelNormOptions } from "./channel-norm.ts";

/** `affine` and `trackRunningStats` are true by default. */
export interface BatchNormOptions extends ChannelNormOptions {
  /** The share of a new batch in the running statistics, null: the mean over all batches; default 0.1. */
  readonly momentum?: number | null;
}

/** Gives each channel mean 0 and variance 1: over the batch in training, by running statistics, if there are any, in evaluation. */
abstract class BatchNorm extends ChannelNorm {
  readonly momentum: number | null;

  constructor(options: BatchNormOptions) {
    super("batchNorm", options, true);
    this.momentum = options.momentum === undefined ? 0.1 : options.momentum;
  }

  forward(x: Tensor): Tensor {
    this.check(x, 1);
    const { weight, bias, eps, training, running, batchesTracked } = this;
    if (running === null || batchesTracked === null) return batchNorm(x, { weight, bias, eps }).value;
    const tracked = training ? add(batchesTracked, 1) : batchesTracked;
    const result = batchNorm(x, {
      running,
      momentum: this.momentum ?? 1 / tracked.item(),
      training,
      weight,
      bias,
      eps,
    });
    if (training && result.running !== null) {
      this.remember(result.running);
      batchesTracked.assign(tracked);
    }
    return result.value;
  }
}

/**
 * Batch normalisation of vectors: [batch, channels] or [batch, channels, length].
 *
 * @throws ShapeError when called in training with one value a channel
 * @see Ioffe, Szegedy 2015, "Batch normalization"; torch.nn.BatchNorm1d
 * @example
 * const layer = new BatchNorm1d({ numFeatures: 2 });
 * layer.call(tensor([[1, 5], [3, 9]])); // [[-1.0000, -1.0000], [1.0000, 1.0000]]
 * layer.runningMean; // [0.2, 0.7]
 */
export class BatchNorm1d extends BatchNorm {
  protected get accepts(): Accepts {
    return { shapes: "[batch, channels] or [batch, channels, length]", ranks: [2, 3] };
  }
}

/**
 * Batch normalisation of images: [batch, channels, height, width].
 *
 * @throws ShapeError when called in training with one value a channel
 * @see Ioffe, Szegedy 2015, "Batch normalization"; torch.nn.BatchNorm2d
 * @example
 * const layer = new BatchNorm2d({ numFeatures: 1 });
 * layer.call(tensor([[[[1, 3]]], [[[1, 3]]]])); // [[[[-1.0000, 1.0000]]], [[[-1.0000, 1.0000]]]]
 * layer.eval().call(tensor([[[[1, 3]]]])).shape; // [1, 1, 1, 2]
 */
export class BatchNorm2d extends BatchNorm {
  protected get accepts(): Accepts {
    return { shapes: "[batch, channels, height, width]", ranks: [4] };
  }
}

/**
 * Batch normalisation of volumes: [batch, channels, depth, height, width].
 *
 * @throws ShapeError when called in training with one value a channel
 * @see Ioffe, Szegedy 2015, "Batch normalization"; torch.nn.BatchNorm3d
 * @example
 * const layer = new BatchNorm3d({ numFeatures: 1, affine: false });
 * layer.call(tensor([[[[[1, 3]]]]])); // [[[[[-1.0000, 1.0000]]]]]
 */
export class BatchNorm3d extends BatchNorm {
  protected get accepts(): Accepts {
    return { shapes: "[batch, channels, depth, height, width]", ranks: [5] };
  }
}

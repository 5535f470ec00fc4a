import { alphaDropout, type DropoutSettings, featureAlphaDropout, type Tensor } from "@isograd/autograd";
import { type DropoutOptions, Dropping } from "./dropping.ts";

/**
 * In training, dropout that keeps mean 0 and variance 1, for SELU: what is dropped takes the value that SELU has far to the left.
 *
 * @throws ArgumentError unless the probability lies within [0, 1]
 * @see Klambauer et al. 2017, "Self-normalizing neural networks"; torch.nn.AlphaDropout
 * @example
 * // Mean 0 and variance 1 stay, but for chance.
 * const dropped = new AlphaDropout({ probability: 0.2 }).call(randn(new Generator(1), [40000]));
 * [mean(dropped).item(), std(dropped).item()]; // [-0.0035, 1.0034]
 */
export class AlphaDropout extends Dropping {
  constructor(options: DropoutOptions = {}) {
    super("AlphaDropout", options);
  }

  protected drop(x: Tensor, settings: DropoutSettings): Tensor {
    return alphaDropout(x, settings);
  }
}

/**
 * In training, alpha dropout of whole channels: [batch, channels, ...], one draw for each channel of each example.
 *
 * @throws ArgumentError unless the probability lies within [0, 1]
 * @see torch.nn.FeatureAlphaDropout
 * @example
 * // Each channel is kept or dropped as a whole.
 * const dropped = new FeatureAlphaDropout({ probability: 0.2 }).call(full([1, 100, 3], 1));
 * max(std(dropped, { axis: 2 })); // 0
 */
export class FeatureAlphaDropout extends Dropping {
  constructor(options: DropoutOptions = {}) {
    super("FeatureAlphaDropout", options);
  }

  protected drop(x: Tensor, settings: DropoutSettings): Tensor {
    return featureAlphaDropout(x, settings);
  }
}

import { alphaDropout, type DropoutSettings, featureAlphaDropout, type Tensor } from "@isograd/autograd";
import { type DropoutOptions, Dropping } from "./dropping.ts";

/**
 * In training, dropout that keeps mean 0 and variance 1, for SELU: what is dropped takes the value that SELU has far to the left.
 *
 * @throws ArgumentError unless the probability lies within [0, 1]
 * @see Klambauer et al. 2017, "Self-normalizing neural networks"; torch.nn.AlphaDropout
 * @example
 * new Sequential([new Linear({ inFeatures: 8, outFeatures: 8 }), selu, new AlphaDropout({ probability: 0.1 })]);
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
 * new FeatureAlphaDropout({ probability: 0.2 });
 */
export class FeatureAlphaDropout extends Dropping {
  constructor(options: DropoutOptions = {}) {
    super("FeatureAlphaDropout", options);
  }

  protected drop(x: Tensor, settings: DropoutSettings): Tensor {
    return featureAlphaDropout(x, settings);
  }
}

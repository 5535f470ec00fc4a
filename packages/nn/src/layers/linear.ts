import { linear, type Tensor } from "@isograd/autograd";
import { checkExtent } from "./extent.ts";
import { Weighted, type WeightOptions } from "./weighted.ts";

export interface LinearOptions extends WeightOptions {
  readonly inFeatures: number;
  readonly outFeatures: number;
}

/**
 * x Wᵀ + b.
 *
 * [..., inFeatures] -> [..., outFeatures]; weight [outFeatures, inFeatures], bias [outFeatures].
 *
 * @throws ShapeError when called, if the features do not fit
 * @see torch.nn.Linear
 * @example
 * const layer = new Linear({ inFeatures: 2, outFeatures: 1, weightInit: ones, biasInit: constant(0.5) });
 * layer.call(tensor([[1, 2], [3, 4]])); // [[3.5], [7.5]]
 */
export class Linear extends Weighted {
  constructor(options: LinearOptions) {
    const outFeatures = checkExtent("Linear", "outFeatures", options.outFeatures);
    super([outFeatures, checkExtent("Linear", "inFeatures", options.inFeatures)], options);
  }

  get outputAxis(): number {
    return -1;
  }

  forward(x: Tensor): Tensor {
    return linear(x, this.weight, this.bias);
  }
}

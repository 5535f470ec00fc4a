import { ArgumentError, type Generator, rrelu, type Tensor } from "@isograd/autograd";
import { nextGenerator } from "../../initializers/default-generator.ts";
import { Module } from "../../module/module.ts";

export interface RReLUOptions {
  /** The least slope; default 1/8. */
  readonly lower?: number;
  /** The bound above the slopes; default 1/3. */
  readonly upper?: number;
  /** The layer's own stream. Default: the next fork of the default generator; see `setSeed`. */
  readonly generator?: Generator;
}

/**
 * x above 0; below it x times a slope, in training drawn for each element from [lower, upper), in evaluation their mean. Any shape -> the same.
 *
 * @throws ArgumentError unless lower ≤ upper
 * @see Xu et al. 2015, "Empirical evaluation of rectified activations in convolutional network"; torch.nn.RReLU
 * @example
 * new RReLU({ lower: 0.1, upper: 0.3 }).eval().call(tensor([-1, 2])); // [-0.2, 2]
 */
export class RReLU extends Module {
  readonly lower: number;
  readonly upper: number;
  readonly generator: Generator;

  constructor({ lower = 1 / 8, upper = 1 / 3, generator = nextGenerator() }: RReLUOptions = {}) {
    super();
    if (!(lower <= upper))
      throw new ArgumentError("RReLU", "expected a lower bound not above the upper", [lower, upper]);
    this.lower = lower;
    this.upper = upper;
    this.generator = generator;
  }

  forward(x: Tensor): Tensor {
    const { lower, upper, generator } = this;
    return rrelu(x, this.training ? { lower, upper, generator } : { lower, upper });
  }
}

import { ArgumentError, dropout, type Generator, type Tensor } from "@isograd/autograd";
import { nextGenerator } from "../initializers/default-generator.ts";
import { Module } from "../module/module.ts";

export interface DropoutOptions {
  /** How likely each element is to become 0; default 0.5. */
  readonly probability?: number;
  /** The layer's own stream. Default: the next fork of the default generator; see `setSeed`. */
  readonly generator?: Generator;
}

/**
 * In training, sets elements to 0 at random and divides the others by the share that stays; the identity in evaluation.
 *
 * @throws ArgumentError unless the probability lies within [0, 1]
 * @see Srivastava et al. 2014, "Dropout"; torch.nn.Dropout
 */
export class Dropout extends Module {
  readonly probability: number;
  readonly generator: Generator;

  constructor({ probability = 0.5, generator = nextGenerator() }: DropoutOptions = {}) {
    super();
    if (!(probability >= 0 && probability <= 1))
      throw new ArgumentError("Dropout", "expected a probability within [0, 1]", probability);
    this.probability = probability;
    this.generator = generator;
  }

  forward(x: Tensor): Tensor {
    const { probability, generator } = this;
    return this.training && probability > 0 ? dropout(x, { probability, generator }) : x;
  }
}

import { ArgumentError, type DropoutSettings, type Generator, type Tensor } from "@isograd/autograd";
import { nextGenerator } from "../../initializers/default-generator.ts";
import { Module } from "../../module/module.ts";

export interface DropoutOptions {
  /** How likely each element, or channel, is to be dropped; default 0.5. */
  readonly probability?: number;
  /** The layer's own stream. Default: the next fork of the default generator; see `setSeed`. */
  readonly generator?: Generator;
}

/** What all layers have in common that drop something at random in training, and are the identity in evaluation. */
export abstract class Dropping extends Module {
  readonly probability: number;
  readonly generator: Generator;

  constructor(layer: string, { probability = 0.5, generator = nextGenerator() }: DropoutOptions) {
    super();
    if (!(probability >= 0 && probability <= 1))
      throw new ArgumentError(layer, "expected a probability within [0, 1]", probability);
    this.probability = probability;
    this.generator = generator;
  }

  forward(x: Tensor): Tensor {
    const { probability, generator } = this;
    return this.training && probability > 0 ? this.drop(x, { probability, generator }) : x;
  }

  protected abstract drop(x: Tensor, settings: DropoutSettings): Tensor;
}

import { add, mul, relu, sigmoid, sub, type Tensor } from "@isograd/autograd";
import { constant } from "../initializers/constant.ts";
import { nextGenerator } from "../initializers/default-generator.ts";
import { Module } from "../module/module.ts";
import type { ActivationFunction } from "./activation-layer.ts";
import { Linear } from "./linear.ts";
import type { WeightOptions } from "./weighted.ts";

export interface HighwayOptions extends Pick<WeightOptions, "weightInit" | "dtype" | "generator"> {
  readonly features: number;
  /** Of what is carried in; default `relu`. */
  readonly activation?: ActivationFunction;
  /** What the biases of the gates begin with, negative: x passes at first; default -1. */
  readonly gateBias?: number;
}

/**
 * x + gate · (activation(W x + b) - x): each feature passes, or is replaced, as its gate σ(W′ x + b′) says.
 *
 * [..., features] -> the same; learns `transform` and `gate`, two linear layers.
 *
 * @throws ArgumentError unless features is a positive integer; ShapeError when called, if the features do not fit
 * @see Srivastava, Greff, Schmidhuber 2015, "Highway networks"
 * @example
 * new Highway({ features: 16, activation: tanh }).call(full([2, 16], 1)).shape; // [2, 16]
 */
export class Highway extends Module {
  readonly transform: Linear;
  readonly gate: Linear;
  private readonly activation: ActivationFunction;

  constructor({ features, activation = relu, gateBias = -1, ...options }: HighwayOptions) {
    super();
    const { generator = nextGenerator() } = options;
    const both = { ...options, generator, inFeatures: features, outFeatures: features };
    this.transform = new Linear(both);
    this.gate = new Linear({ ...both, biasInit: constant(gateBias) });
    this.activation = activation;
  }

  forward(x: Tensor): Tensor {
    const replaced = (this.activation as (x: Tensor) => Tensor)(this.transform.call(x));
    return add(x, mul(sigmoid(this.gate.call(x)), sub(replaced, x)));
  }
}

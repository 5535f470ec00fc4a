import { type Generator, linear, parameter, type Tensor } from "@isograd/autograd";
import { nextGenerator } from "../initializers/default-generator.ts";
import type { Initializer } from "../initializers/initializer.ts";
import { fanInUniform } from "../initializers/variance-scaling.ts";
import { draw, type Initial, weightAndBias } from "../module/initial.ts";
import { Module } from "../module/module.ts";
import { checkExtent } from "./extent.ts";

/** How a layer with a weight and a bias begins. */
export interface WeightOptions {
  /** Whether to add a learnt bias; default true. */
  readonly bias?: boolean;
  /** Default: uniform within ±1/√fanIn. */
  readonly weightInit?: Initializer;
  /** Default: uniform within ±1/√fanIn of the weight. */
  readonly biasInit?: Initializer;
  /** Default `f32`. */
  readonly dtype?: "f32" | "f64";
  /** Draws the weight, then the bias. Default: the next fork of the default generator; see `setSeed`. */
  readonly generator?: Generator;
}

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
 */
export class Linear extends Module {
  readonly weight: Tensor;
  readonly bias: Tensor | null;
  readonly weightInit: Initializer;
  readonly biasInit: Initializer;

  constructor(options: LinearOptions) {
    super();
    const {
      bias = true,
      weightInit = fanInUniform,
      biasInit = fanInUniform,
      dtype = "f32",
      generator = nextGenerator(),
    } = options;
    const shape = [
      checkExtent("Linear", "outFeatures", options.outFeatures),
      checkExtent("Linear", "inFeatures", options.inFeatures),
    ];
    const initials = weightAndBias(shape, weightInit, biasInit, dtype);
    this.weightInit = weightInit;
    this.biasInit = biasInit;
    this.weight = parameter(draw(initials.weight, generator));
    this.bias = bias ? parameter(draw(initials.bias, generator)) : null;
  }

  /** The axis of the result that counts the outputs. */
  get outputAxis(): number {
    return -1;
  }

  forward(x: Tensor): Tensor {
    return linear(x, this.weight, this.bias);
  }

  override initials(): Readonly<Record<string, Initial>> {
    const { weight, bias } = weightAndBias(
      this.weight.shape,
      this.weightInit,
      this.biasInit,
      this.weight.dtype as "f32" | "f64",
    );
    return this.bias === null ? { weight } : { weight, bias };
  }
}

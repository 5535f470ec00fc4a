import { type Generator, parameter, type Shape, type Tensor } from "@isograd/autograd";
import { nextGenerator } from "../initializers/default-generator.ts";
import type { Initializer } from "../initializers/initializer.ts";
import { fanInUniform } from "../initializers/variance-scaling.ts";
import { draw, type Initial, type WeightPlace, weightAndBias } from "../module/initial.ts";
import { Module } from "../module/module.ts";

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

/** A layer whose outputs are sums of its inputs, weighted, plus a bias. */
export abstract class Weighted<
  Inputs extends readonly unknown[] = readonly [x: Tensor],
> extends Module<Inputs> {
  readonly weight: Tensor;
  readonly bias: Tensor | null;
  readonly weightInit: Initializer;
  readonly biasInit: Initializer;
  private readonly place: Shape | WeightPlace;
  /** The axis of the result that counts the outputs. */
  abstract get outputAxis(): number;
  /** The axis of the weight that counts the outputs; null if there is none. */
  get weightAxis(): number | null {
    return 0;
  }

  /** @param place the shape of the weight, if it is [out, in, ...kernel]; else with it how many numbers meet where */
  constructor(place: Shape | WeightPlace, options: WeightOptions) {
    super();
    const {
      bias = true,
      weightInit = fanInUniform,
      biasInit = fanInUniform,
      dtype = "f32",
      generator = nextGenerator(),
    } = options;
    this.place = place;
    const initials = weightAndBias(place, weightInit, biasInit, dtype);
    this.weightInit = weightInit;
    this.biasInit = biasInit;
    this.weight = parameter(draw(initials.weight, generator));
    this.bias = bias ? parameter(draw(initials.bias, generator)) : null;
  }

  override initials(): Readonly<Record<string, Initial>> {
    const { dtype } = this.weight;
    const { weight, bias } = weightAndBias(
      this.place,
      this.weightInit,
      this.biasInit,
      dtype as "f32" | "f64",
    );
    return this.bias === null ? { weight } : { weight, bias };
  }
}

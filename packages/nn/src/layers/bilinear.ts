import { bilinear, parameter, type Tensor } from "@isograd/autograd";
import { nextGenerator } from "../initializers/default-generator.ts";
import type { Initializer } from "../initializers/initializer.ts";
import { uniform } from "../initializers/random.ts";
import { draw, type Initial } from "../module/initial.ts";
import { Module } from "../module/module.ts";
import { checkExtent } from "./extent.ts";
import type { WeightOptions } from "./weighted.ts";

/** Weight and bias are by default uniform within ±1/√in1Features. */
export interface BilinearOptions extends WeightOptions {
  readonly in1Features: number;
  readonly in2Features: number;
  readonly outFeatures: number;
}

/**
 * xᵀ W y + b, one matrix W for each output.
 *
 * [..., in1Features] and [..., in2Features] -> [..., outFeatures]; weight [outFeatures, in1Features, in2Features], bias [outFeatures].
 *
 * @throws ShapeError when called, if the features do not fit
 * @see torch.nn.Bilinear
 * @example
 * const layer = new Bilinear({ in1Features: 20, in2Features: 30, outFeatures: 40 });
 * layer.call(full([5, 20], 1), full([5, 30], 1)).shape; // [5, 40]
 */
export class Bilinear extends Module<readonly [x: Tensor, y: Tensor]> {
  readonly weight: Tensor;
  readonly bias: Tensor | null;
  private readonly beginnings: { readonly weight: Initial; readonly bias?: Initial };

  constructor(options: BilinearOptions) {
    super();
    const { in1Features, in2Features, outFeatures, bias = true, generator = nextGenerator() } = options;
    const features = { outFeatures, in1Features, in2Features };
    const shape = Object.entries(features).map(([name, extent]) => checkExtent("Bilinear", name, extent));
    const usual = within(1 / Math.sqrt(in1Features));
    const { weightInit = usual, biasInit = usual, dtype = "f32" } = options;
    const fans = { fanIn: in1Features * in2Features, fanOut: outFeatures };
    this.beginnings = {
      weight: { role: "weight", shape, initializer: weightInit, dtype, ...fans },
      ...(bias && { bias: { role: "bias", shape: [outFeatures], initializer: biasInit, dtype, ...fans } }),
    };
    this.weight = parameter(draw(this.beginnings.weight, generator));
    this.bias = this.beginnings.bias ? parameter(draw(this.beginnings.bias, generator)) : null;
  }

  forward(x: Tensor, y: Tensor): Tensor {
    return bilinear(x, y, this.weight, this.bias);
  }

  override initials(): Readonly<Record<string, Initial>> {
    return { ...this.beginnings };
  }
}

const within = (high: number): Initializer => uniform({ low: -high, high });

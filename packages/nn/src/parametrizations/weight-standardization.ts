import { ArgumentError, add, div, sqrt, sub, type Tensor, varMean } from "@isograd/autograd";
import type { AnyModule } from "../module/module.ts";
import { MappedParametrization, parametrize } from "../module/parametrization.ts";
import { outputAxisOf } from "./output-axis.ts";

export interface WeightStandardizationOptions {
  /** Which tensor of the layer; default `weight`. */
  readonly name?: string;
  /** Each slice along this axis is standardized by itself. Default: that of the outputs. */
  readonly axis?: number;
  /** Added to the variance; default 1e-5. */
  readonly eps?: number;
}

/**
 * A tensor each slice of which has mean 0 and variance 1.
 *
 * @example
 * new WeightStandardization(tensor([[1, 3], [10, 30]])).call(); // [[-1.0000, 1.0000], [-1.0000, 1.0000]]
 */
export class WeightStandardization extends MappedParametrization {
  readonly axis: number;
  readonly eps: number;

  constructor(value: Tensor, { axis = 0, eps = 1e-5 }: WeightStandardizationOptions = {}) {
    super(value);
    if (!(Number.isInteger(axis) && axis >= -value.rank && axis < value.rank && value.rank > 1)) {
      const rule = `expected an axis of a tensor of rank ${value.rank} > 1`;
      throw new ArgumentError("weightStandardization", rule, axis);
    }
    this.axis = axis < 0 ? axis + value.rank : axis;
    this.eps = eps;
  }

  forward(): Tensor {
    const { original } = this;
    const others = original.shape.flatMap((_, k) => (k === this.axis ? [] : [k]));
    const { variance, mean } = varMean(original, { axis: others, keepDims: true, correction: 0 });
    return div(sub(original, mean), sqrt(add(variance, this.eps)));
  }
}

/**
 * Gives the weights of each output of a layer mean 0 and variance 1, computed at each use.
 *
 * The value changes: use it with a normalisation behind the layer. Undone by `removeParametrization`.
 *
 * @returns the layer
 * @throws ArgumentError unless the layer has a parameter of that name with two axes or more
 * @see Qiao et al. 2019, "Micro-batch training with batch-channel normalization and weight standardization"
 * @example
 * const layer = weightStandardization(new Conv2d({ inChannels: 3, outChannels: 2, kernelSize: 3 }));
 * mean(layer.weight, { axis: [1, 2, 3] }); // [0.0000, 0.0000]
 */
export function weightStandardization<L extends AnyModule>(
  layer: L,
  options: WeightStandardizationOptions = {},
): L {
  const { name = "weight", axis = outputAxisOf("weightStandardization", layer, name) } = options;
  parametrize(layer, name, (value) => new WeightStandardization(value, { ...options, axis }));
  return layer;
}

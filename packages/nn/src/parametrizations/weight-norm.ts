import {
  ArgumentError,
  div,
  mul,
  norm,
  parameter,
  reshape,
  ShapeError,
  type Tensor,
} from "@isograd/autograd";
import type { AnyModule } from "../module/module.ts";
import { assignHeld, Parametrization, parametrize } from "../module/parametrization.ts";

export interface WeightNormOptions {
  /** Which tensor of the layer; default `weight`. */
  readonly name?: string;
  /** Each slice along this axis has a length of its own; null: one length for all. Default 0, the outputs. */
  readonly axis?: number | null;
}

/**
 * A tensor g v/‖v‖, whose length g and direction v are learnt apart.
 *
 * @example
 * const weight = new WeightNorm(tensor([[3, 4]]));
 * weight.g; // [[5]]
 * weight.call(); // [[3, 4]]
 */
export class WeightNorm extends Parametrization {
  /** The lengths: of the rank of `v`, extent 1 but along `axis`; a scalar where there is one for all. */
  readonly g: Tensor;
  readonly v: Tensor;
  readonly axis: number | null;

  constructor(value: Tensor, axis: number | null = 0) {
    super();
    if (axis !== null && !(Number.isInteger(axis) && axis >= -value.rank && axis < value.rank)) {
      throw new ArgumentError(
        "weightNorm",
        `expected an axis of a tensor of rank ${value.rank}, or null`,
        axis,
      );
    }
    this.axis = axis !== null && axis < 0 ? axis + value.rank : axis;
    this.v = parameter(value.detach());
    this.g = parameter(lengths(value.detach(), this.axis));
  }

  override get source(): string {
    return "v";
  }

  forward(): Tensor {
    const { g, v, axis } = this;
    return mul(v, div(g, lengths(v, axis)));
  }

  assign(value: Tensor): void {
    assignHeld(this, "v", value);
    this.g.assign(lengths(value.detach(), this.axis));
  }

  /**
   * Multiplies the lengths: one factor [out] for each output of the layer.
   *
   * @param axis of the weight that counts the outputs
   * @throws ShapeError unless each output has a length
   */
  scale(factors: Tensor, axis: number | null = 0): void {
    if (axis === null || this.axis !== axis)
      throw new ShapeError(
        "weightNorm",
        [this.g.shape, factors.shape],
        `expected a length for each output (axis: ${axis})`,
      );
    this.g.assign(mul(this.g.detach(), reshape(factors.detach(), this.g.shape)));
  }
}

/** The Euclidean lengths of the slices along `axis`, ready to broadcast. */
function lengths(v: Tensor, axis: number | null): Tensor {
  if (axis === null) return norm(v);
  return norm(v, { axis: v.shape.flatMap((_, k) => (k === axis ? [] : [k])), keepDims: true });
}

/**
 * Replaces a layer's weight w by g v/‖v‖, computed at each use: gradients flow to the length g and the direction v.
 *
 * The value stays the same. Undone by `removeParametrization`; `initializeFromData` sets lengths and biases from a batch. Apply it
 * before an optimizer takes the parameters.
 *
 * @returns the layer
 * @throws ArgumentError unless the layer has a parameter of that name
 * @see Salimans, Kingma 2016, "Weight normalization"; torch.nn.utils.weight_norm
 * @example
 * const layer = weightNorm(new Linear({ inFeatures: 2, outFeatures: 3 }));
 * Object.keys(parametersOf(layer)); // ["bias", "parametrizations.weight.g", "parametrizations.weight.v"]
 */
export function weightNorm<L extends AnyModule>(
  layer: L,
  { name = "weight", axis = 0 }: WeightNormOptions = {},
): L {
  parametrize(layer, name, (value) => new WeightNorm(value, axis));
  return layer;
}

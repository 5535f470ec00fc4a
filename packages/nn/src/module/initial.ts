import type { Generator, Shape, Tensor } from "@isograd/autograd";
import { type Fans, fansOf, type Initializer } from "../initializers/initializer.ts";
import { stacked } from "../initializers/stacked.ts";

/** How a tensor that a layer holds begins. */
export interface Initial {
  /** `weight` and `bias` are what `initialize` can be told to draw in another way; `fixed` always begins so. */
  readonly role: "weight" | "bias" | "fixed";
  readonly initializer: Initializer;
  readonly shape: Shape;
  readonly dtype?: "f32" | "f64";
  readonly fanIn?: number;
  readonly fanOut?: number;
  /** How many weights are stacked along the first axis, the gates of a recurrent layer, say: each is drawn by itself. Default 1. */
  readonly parts?: number;
}

/** A weight that is not [out, in, ...kernel], or whose inputs do not all meet: what its shape does not tell. */
export interface WeightPlace extends Partial<Fans> {
  readonly shape: Shape;
  /** How many outputs there are, each with its bias; default: the extent of the first axis. */
  readonly outputs?: number;
}

/**
 * The initial of a weight [out, in, ...kernel], and that of the bias [out] that joins what it makes: the bias has the weight's fans.
 *
 * @example
 * const { weight, bias } = weightAndBias([8, 3], heNormal(), fanInUniform, "f32");
 * weight.shape; // [8, 3]
 * [bias.shape, bias.fanIn]; // [[8], 3]
 */
export function weightAndBias(
  place: Shape | WeightPlace,
  weightInit: Initializer,
  biasInit: Initializer,
  dtype: "f32" | "f64",
): { readonly weight: Initial; readonly bias: Initial } {
  const { shape, outputs = shape[0], ...known }: WeightPlace = "shape" in place ? place : { shape: place };
  const fans = { ...fansOf(shape), ...known };
  return {
    weight: { role: "weight", shape, initializer: weightInit, dtype, ...fans },
    bias: { role: "bias", shape: [outputs], initializer: biasInit, dtype, ...fans },
  };
}

/** A value to begin with. */
export function draw({ initializer, role: _, parts = 1, ...slot }: Initial, generator: Generator): Tensor {
  const own = parts === 1 ? initializer : stacked(parts, initializer);
  return own({ ...slot, generator });
}

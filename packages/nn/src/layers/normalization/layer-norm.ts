import { full, layerNorm, parameter, type Shape, type Tensor } from "@isograd/autograd";
import type { Initial } from "../../module/initial.ts";
import { Module } from "../../module/module.ts";
import { checkExtent } from "../extent.ts";
import { channelInitials } from "./channel-norm.ts";

export interface LayerNormOptions {
  /** The last axes, over which each example is normalised. */
  readonly normalizedShape: number | Shape;
  /** Added to the variance; default 1e-5. */
  readonly eps?: number;
  /** Whether to learn a scale and a shift for each element; default true. */
  readonly affine?: boolean;
  /** Default `f32`. */
  readonly dtype?: "f32" | "f64";
}

/**
 * Gives the last axes of each example mean 0 and variance 1, then a learnt scale and shift.
 *
 * [..., ...normalizedShape] -> the same; weight and bias [...normalizedShape].
 *
 * @throws ShapeError when called, if the input does not end with `normalizedShape`
 * @see Ba, Kiros, Hinton 2016, "Layer normalization"; torch.nn.LayerNorm
 * @example
 * new LayerNorm({ normalizedShape: 2 }).call(tensor([[1, 3], [10, 30]])); // [[-1.0000, 1.0000], [-1.0000, 1.0000]]
 */
export class LayerNorm extends Module {
  readonly normalizedShape: Shape;
  readonly eps: number;
  readonly weight: Tensor | null;
  readonly bias: Tensor | null;

  constructor({ normalizedShape, eps = 1e-5, affine = true, dtype = "f32" }: LayerNormOptions) {
    super();
    this.normalizedShape = trailingShape("LayerNorm", normalizedShape);
    this.eps = eps;
    this.weight = affine ? parameter(full(this.normalizedShape, 1, dtype)) : null;
    this.bias = affine ? parameter(full(this.normalizedShape, 0, dtype)) : null;
  }

  forward(x: Tensor): Tensor {
    const { normalizedShape, weight, bias, eps } = this;
    return layerNorm(x, normalizedShape, { weight, bias, eps });
  }

  override initials(): Readonly<Record<string, Initial>> {
    return channelInitials(this.weight, this.bias);
  }
}

/** @throws ArgumentError unless the extents are positive integers */
export function trailingShape(layer: string, given: number | Shape): Shape {
  const shape = typeof given === "number" ? [given] : [...given];
  for (const extent of shape) checkExtent(layer, "normalizedShape", extent);
  return shape;
}

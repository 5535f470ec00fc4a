import { full, parameter, rmsNorm, type Shape, type Tensor } from "@isograd/autograd";
import type { Initial } from "../../module/initial.ts";
import { Module } from "../../module/module.ts";
import { channelInitials } from "./channel-norm.ts";
import { trailingShape } from "./layer-norm.ts";

export interface RMSNormOptions {
  /** The last axes, over which each example is normalised. */
  readonly normalizedShape: number | Shape;
  /** Added to the mean square. Default: the spacing of the input's element type at 1. */
  readonly eps?: number;
  /** Whether to learn a scale for each element; default true. */
  readonly affine?: boolean;
  /** Default `f32`. */
  readonly dtype?: "f32" | "f64";
}

/**
 * Divides each example by its root mean square over the last axes, then multiplies by a learnt scale.
 *
 * [..., ...normalizedShape] -> the same; weight [...normalizedShape].
 *
 * @throws ShapeError when called, if the input does not end with `normalizedShape`
 * @see Zhang, Sennrich 2019, "Root mean square layer normalization"; torch.nn.RMSNorm
 * @example
 * new RMSNorm({ normalizedShape: 2 }).call(tensor([[3, 4], [0.3, 0.4]])); // [[0.8485, 1.1314], [0.8485, 1.1314]]
 */
export class RMSNorm extends Module {
  readonly normalizedShape: Shape;
  readonly eps: number | undefined;
  readonly weight: Tensor | null;

  constructor({ normalizedShape, eps, affine = true, dtype = "f32" }: RMSNormOptions) {
    super();
    this.normalizedShape = trailingShape("RMSNorm", normalizedShape);
    this.eps = eps;
    this.weight = affine ? parameter(full(this.normalizedShape, 1, dtype)) : null;
  }

  forward(x: Tensor): Tensor {
    const { normalizedShape, weight, eps } = this;
    return rmsNorm(x, normalizedShape, { weight, eps });
  }

  override initials(): Readonly<Record<string, Initial>> {
    return channelInitials(this.weight, null);
  }
}

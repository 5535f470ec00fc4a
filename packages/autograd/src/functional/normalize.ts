import { clamp, div } from "../ops/elementwise/index.ts";
import { vectorNorm } from "../ops/reductions/index.ts";
import type { Axes } from "../shape.ts";
import type { Tensor } from "../tensor.ts";

export interface NormalizeOptions {
  /** The exponent of the norm; default 2. */
  readonly p?: number;
  /** Along which axes the norm is taken; default 1. */
  readonly axis?: Axes;
  /** The least to divide by; default 1e-12. */
  readonly eps?: number;
}

/**
 * x over its norm along `axis`: of length 1 there.
 *
 * @see torch.nn.functional.normalize
 * @example
 * normalize(tensor([[3, 4], [0, 2]])); // [[0.6, 0.8], [0, 1]]
 * normalize(tensor([3, 4]), { axis: 0, p: 1 }); // [0.4286, 0.5714]
 */
export function normalize(x: Tensor, { p = 2, axis = 1, eps = 1e-12 }: NormalizeOptions = {}): Tensor {
  const length = vectorNorm(x, { ord: p, axis, keepDims: true });
  return div(x, clamp(length, eps, Number.POSITIVE_INFINITY));
}

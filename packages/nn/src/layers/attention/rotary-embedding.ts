import {
  ArgumentError,
  add,
  mul,
  reshape,
  ShapeError,
  stack,
  sub,
  type Tensor,
  unbind,
} from "@isograd/autograd";
import { Module } from "../../module/module.ts";
import { checkExtent } from "../extent.ts";
import { anglesAt, tableLike } from "./angles.ts";

export interface RotaryEmbeddingOptions {
  /** How many features are turned, an even number: of one head, in attention. */
  readonly features: number;
  /** How much slower each pair turns than the one before, taken over all pairs; default 10000. */
  readonly base?: number;
  /** Whether neighbours are pairs (default), or feature i and feature i + features/2. */
  readonly interleaved?: boolean;
}

/**
 * Turns pairs of features by angles that grow with the position, so that products of two vectors depend on how far they are apart.
 *
 * [..., length, features] -> the same; the first position is `offset`, by default 0. It learns nothing.
 *
 * @throws ArgumentError unless the features are even; ShapeError when called, if they do not fit
 * @see Su et al. 2021, "RoFormer: Enhanced transformer with rotary position embedding"
 * @example
 * const rotary = new RotaryEmbedding({ features: 2 });
 * rotary.call(tensor([[1, 0], [1, 0]])); // [[1, 0], [0.5403, 0.8415]]
 * new MultiheadAttention({ embedDim: 64, numHeads: 4, rotary: new RotaryEmbedding({ features: 16 }) });
 */
export class RotaryEmbedding extends Module<readonly [x: Tensor, offset?: number]> {
  readonly features: number;
  readonly base: number;
  readonly interleaved: boolean;

  constructor({ features, base = 10000, interleaved = true }: RotaryEmbeddingOptions) {
    super();
    if (checkExtent("RotaryEmbedding", "features", features) % 2 !== 0)
      throw new ArgumentError("RotaryEmbedding", "expected an even number of features", features);
    this.features = features;
    this.base = base;
    this.interleaved = interleaved;
  }

  forward(x: Tensor, offset = 0): Tensor {
    const { features, base, interleaved } = this;
    const [length, width] = x.shape.slice(-2);
    if (x.rank < 2 || width !== features)
      throw new ShapeError("RotaryEmbedding", [x.shape], `expected [..., length, ${features}]`);
    const half = features / 2;
    const { sines, cosines } = anglesAt(offset, length, features, base);
    const [sin, cos] = [sines, cosines].map((values) => tableLike(x, values, [length, half]));
    const outer = x.shape.slice(0, -1);
    const pairs = reshape(x, [...outer, ...(interleaved ? [half, 2] : [2, half])]);
    const axis = interleaved ? x.rank : x.rank - 1;
    const [a, b] = unbind(pairs, axis);
    const turned = [sub(mul(a, cos), mul(b, sin)), add(mul(a, sin), mul(b, cos))];
    return reshape(stack(turned, axis), x.shape);
  }
}

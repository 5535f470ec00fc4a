import { linear, max, type Tensor, unflatten } from "@isograd/autograd";
import { checkExtent } from "./extent.ts";
import { Weighted, type WeightOptions } from "./weighted.ts";

export interface MaxoutOptions extends WeightOptions {
  readonly inFeatures: number;
  readonly outFeatures: number;
  /** How many linear functions each output is the largest of; default 2. */
  readonly pieces?: number;
}

/**
 * The largest of several linear functions, a convex activation that is learnt; equals share the gradient.
 *
 * [..., inFeatures] -> [..., outFeatures]; weight [outFeatures pieces, inFeatures], the pieces of an output one after the other, bias
 * [outFeatures pieces].
 *
 * @throws ArgumentError unless features and pieces are positive integers; ShapeError when called, if the features do not fit
 * @see Goodfellow et al. 2013, "Maxout networks"
 * @example
 * new Maxout({ inFeatures: 8, outFeatures: 4, pieces: 3 }).call(full([2, 8], 1)).shape; // [2, 4]
 */
export class Maxout extends Weighted {
  readonly pieces: number;

  constructor({ inFeatures, outFeatures, pieces = 2, ...options }: MaxoutOptions) {
    checkExtent("Maxout", "inFeatures", inFeatures);
    checkExtent("Maxout", "outFeatures", outFeatures);
    checkExtent("Maxout", "pieces", pieces);
    super([outFeatures * pieces, inFeatures], options);
    this.pieces = pieces;
  }

  get outputAxis(): number {
    return -1;
  }

  /** Each output has several rows of the weight. */
  override get weightAxis(): number | null {
    return this.pieces === 1 ? 0 : null;
  }

  forward(x: Tensor): Tensor {
    return max(unflatten(linear(x, this.weight, this.bias), -1, [-1, this.pieces]), { axis: -1 });
  }
}

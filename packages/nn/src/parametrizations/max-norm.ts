import { ArgumentError, div, maximum, mul, type Tensor, vectorNorm } from "@isograd/autograd";
import type { AnyModule } from "../module/module.ts";
import { MappedParametrization, parametrize } from "../module/parametrization.ts";
import { outputAxisOf } from "./output-axis.ts";

export interface MaxNormOptions {
  /** Which tensor of the layer; default `weight`. */
  readonly name?: string;
  /** The largest norm that a slice may have. */
  readonly maxNorm: number;
  /** Each slice along this axis has a norm of its own. Default: that of the outputs. */
  readonly axis?: number;
  /** p of the p-norm; default 2. */
  readonly normType?: number;
}

/**
 * A tensor each slice of which is brought down to a norm.
 *
 * @example
 * new MaxNorm(tensor([[3, 4], [0.3, 0.4]]), { maxNorm: 1 }).call(); // [[0.6, 0.8], [0.3, 0.4]]
 */
export class MaxNorm extends MappedParametrization {
  readonly maxNorm: number;
  readonly axis: number;
  readonly normType: number;

  constructor(value: Tensor, { maxNorm, axis = 0, normType = 2 }: MaxNormOptions) {
    super(value);
    if (!(maxNorm > 0)) throw new ArgumentError("maxNorm", "expected a positive norm", maxNorm);
    if (!(Number.isInteger(axis) && axis >= -value.rank && axis < value.rank))
      throw new ArgumentError("maxNorm", `expected an axis of a tensor of rank ${value.rank}`, axis);
    this.maxNorm = maxNorm;
    this.axis = axis < 0 ? axis + value.rank : axis;
    this.normType = normType;
  }

  forward(): Tensor {
    const { original, maxNorm, normType } = this;
    const others = original.shape.flatMap((_, k) => (k === this.axis ? [] : [k]));
    const norms = vectorNorm(original, { ord: normType, axis: others, keepDims: true });
    return mul(original, div(maxNorm, maximum(norms, maxNorm)));
  }
}

/**
 * Keeps the norm of the weights of each output of a layer at or below `maxNorm`, at each use.
 *
 * Along a slice that is too long the gradient is perpendicular to it: it turns, and does not grow. Undone by `removeParametrization`.
 *
 * @returns the layer
 * @throws ArgumentError unless the layer has a parameter of that name, and `maxNorm` is positive
 * @see Srivastava et al. 2014, "Dropout"; torch.renorm, which divides by a norm that is 1e-7 too long
 * @example
 * const layer = maxNorm(new Linear({ inFeatures: 2, outFeatures: 1, weightInit: constant(3) }), { maxNorm: 1 });
 * layer.weight; // [[0.7071, 0.7071]]
 */
export function maxNorm<L extends AnyModule>(layer: L, options: MaxNormOptions): L {
  const { name = "weight", axis = outputAxisOf("maxNorm", layer, name) } = options;
  parametrize(layer, name, (value) => new MaxNorm(value, { ...options, axis }));
  return layer;
}

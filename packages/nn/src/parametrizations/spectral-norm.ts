import {
  ArgumentError,
  div,
  flatten,
  type Generator,
  matmul,
  maximum,
  movedim,
  mul,
  noGrad,
  norm,
  randn,
  sum,
  type Tensor,
  transpose,
} from "@isograd/autograd";
import { nextGenerator } from "../initializers/default-generator.ts";
import type { AnyModule } from "../module/module.ts";
import { MappedParametrization, parametrize } from "../module/parametrization.ts";
import { weightAxisOf } from "./output-axis.ts";

export interface SpectralNormOptions {
  /** Which tensor of the layer; default `weight`. */
  readonly name?: string;
  /** The axis of the matrix's rows, the others together are its columns. Default: that of the outputs, 0 if there is none. */
  readonly axis?: number;
  /** How many iterations each use in training makes; default 1. */
  readonly powerIterations?: number;
  /** The least length that a vector is divided by; default 1e-12. */
  readonly eps?: number;
  /** Draws the vectors to begin with. Default: the next fork of the default generator. */
  readonly generator?: Generator;
}

/** How many iterations bring the vectors near to the singular ones at the start. */
const warmUp = 15;

/**
 * A tensor divided by its largest singular value as power iteration knows it.
 *
 * @example
 * new SpectralNorm(tensor([[2, 0], [0, 1]])).call(); // [[1.0000, 0], [0, 0.5000]]
 */
export class SpectralNorm extends MappedParametrization {
  readonly axis: number;
  readonly powerIterations: number;
  readonly eps: number;
  /** Unit vectors [rows] and [columns], near the first singular ones. */
  readonly u: Tensor;
  readonly v: Tensor;

  constructor(value: Tensor, options: SpectralNormOptions = {}) {
    super(value);
    const { axis = 0, powerIterations = 1, eps = 1e-12, generator = nextGenerator() } = options;
    if (!(Number.isInteger(axis) && axis >= -value.rank && axis < value.rank && value.rank > 1))
      throw new ArgumentError("spectralNorm", `expected an axis of a tensor of rank ${value.rank} > 1`, axis);
    if (!(Number.isInteger(powerIterations) && powerIterations >= 1))
      throw new ArgumentError("spectralNorm", "expected at least one power iteration", powerIterations);
    this.axis = axis < 0 ? axis + value.rank : axis;
    this.powerIterations = powerIterations;
    this.eps = eps;
    const [rows, columns] = this.matrixOf(value).shape;
    const dtype = value.dtype as "f32" | "f64";
    this.u = unit(randn(generator, [rows], dtype), eps);
    this.v = unit(randn(generator, [columns], dtype), eps);
    this.iterate(this.matrixOf(value.detach()), warmUp);
  }

  forward(): Tensor {
    const { original, u, v } = this;
    const matrix = this.matrixOf(original);
    if (this.training) this.iterate(matrix.detach(), this.powerIterations);
    // As they are now: graphs keep these values when later steps bind new ones.
    return div(original, sum(mul(u.detach(), matmul(matrix, v.detach()))));
  }

  private matrixOf(tensor: Tensor): Tensor {
    return flatten(movedim(tensor, this.axis, 0), 1);
  }

  private iterate(matrix: Tensor, times: number): void {
    noGrad(() => {
      for (let k = 0; k < times; k++) {
        this.v.assign(unit(matmul(transpose(matrix), this.u), this.eps));
        this.u.assign(unit(matmul(matrix, this.v), this.eps));
      }
    });
  }
}

const unit = (vector: Tensor, eps: number): Tensor => div(vector, maximum(norm(vector), eps));

/**
 * Divides a layer's weight by its largest singular value, estimated anew at each use: a layer that stretches nothing by more than 1.
 *
 * Each use in training makes `powerIterations` steps of power iteration; in evaluation the estimate rests. Undone by
 * `removeParametrization`. Apply it before an optimizer takes the parameters.
 *
 * @returns the layer
 * @throws ArgumentError unless the layer has a parameter of that name with two axes or more, or without an iteration
 * @see Miyato et al. 2018, "Spectral normalization for generative adversarial networks"; torch.nn.utils.spectral_norm
 * @example
 * const critic = spectralNorm(new Linear({ inFeatures: 2, outFeatures: 2, weightInit: constant(7) }));
 * critic.weight; // [[0.5000, 0.5000], [0.5000, 0.5000]]
 */
export function spectralNorm<L extends AnyModule>(layer: L, options: SpectralNormOptions = {}): L {
  const { name = "weight", axis = weightAxisOf(layer, name) ?? 0 } = options;
  parametrize(layer, name, (value) => new SpectralNorm(value, { ...options, axis }));
  return layer;
}

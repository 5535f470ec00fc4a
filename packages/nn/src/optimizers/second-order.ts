import { backward, noGrad, type Tensor } from "@isograd/autograd";
import { type ConjugateGradientsOptions, conjugateGradients } from "./conjugate-gradients.ts";
import { outputCurvature } from "./curvature.ts";
import { addTimes, dot, times } from "./flat.ts";
import type { LineSearch } from "./line-search.ts";
import { LossOptimizer, opposite } from "./loss-optimizer.ts";
import { checkCount, checkNotNegative } from "./settings.ts";

export interface SecondOrderOptions {
  /** How much of the step is taken, or tried first by a line search; default 1. */
  readonly learningRate?: number;
  /** Added to the diagonal of the curvature: the larger, the shorter and the more like the gradient are steps; default 1e-3. */
  readonly damping?: number;
  /** Whether the damping follows how well the model of the loss foretells it, by Levenberg and Marquardt; default false. */
  readonly adaptDamping?: boolean;
  /** How many products the conjugate gradients take at most; default 50. */
  readonly iterations?: number;
  /** Where they stop: the residual to the gradient; default 1e-6. */
  readonly tolerance?: number;
  /** Finds how far to go; default null, the learning rate decides. */
  readonly lineSearch?: LineSearch | null;
}

export interface SecondOrderState {
  learningRate: number;
  damping: number;
}

/** Computes outputs, and the loss of outputs. */
export interface LossOfOutputs {
  outputs(): Tensor;
  loss(outputs: Tensor): Tensor;
}

/**
 * Steps along the solution of (curvature + damping) step = -gradient, by products with the curvature alone.
 *
 * @example
 * const x = parameter([3, 4]);
 * const optimizer: SecondOrderOptimizer = new GaussNewton([x], { damping: 0 });
 * const problem = { outputs: () => sub(x, tensor([1, 2])), loss: (outputs: Tensor) => sum(square(outputs)) };
 * optimizer.step(problem); // 8
 * x; // [1.0000, 2.0000]
 */
export abstract class SecondOrderOptimizer extends LossOptimizer<SecondOrderState, [LossOfOutputs]> {
  constructor(
    operation: string,
    parameters: Iterable<Tensor>,
    readonly options: SecondOrderOptions,
    state?: SecondOrderState,
  ) {
    const { learningRate = 1, damping = 1e-3, iterations = 50, tolerance = 1e-6 } = options;
    checkNotNegative(operation, { learningRate, damping, tolerance });
    checkCount(operation, "iterations", iterations);
    super(operation, parameters, state ?? { learningRate, damping });
  }

  /** What of the outputs is curved, made where they are. */
  protected abstract measure(loss: (outputs: Tensor) => Tensor, outputs: Tensor): (outputs: Tensor) => Tensor;

  /**
   * Takes one step.
   *
   * @param problem `outputs` computes a tensor of any shape from the parameters, `loss` one number from that
   * @returns the loss before the step
   */
  step({ outputs, loss }: LossOfOutputs): number {
    const { state, flat, options } = this;
    const { iterations = 50, tolerance = 1e-6, lineSearch = null, adaptDamping = false } = options;
    const solving: ConjugateGradientsOptions = { iterations, tolerance };
    const whole = (): Tensor => loss(outputs());
    this.zeroGrad();
    const made = outputs();
    const first = loss(made);
    backward(first, { retainGraph: true });
    const [value, gradient] = [first.item(), flat.gradient()];
    const product = outputCurvature(this.parameters, made, this.measure(loss, made.detach()));
    const damped = (vector: Float64Array): Float64Array => {
      const image = product(vector);
      addTimes(image, state.damping, vector);
      return image;
    };
    const direction = conjugateGradients(damped, opposite(gradient), solving);
    let taken = state.learningRate;
    if (lineSearch === null) flat.write(flat.read(), taken, direction);
    else taken = this.search(whole, lineSearch, { loss: value, gradient }, direction, taken).step;
    if (adaptDamping && taken > 0) {
      const move = times(taken, direction);
      const foretold = dot(gradient, move) + 0.5 * dot(move, product(move));
      const ratio = (noGrad(() => whole().item()) - value) / foretold;
      if (ratio < 0.25 || Number.isNaN(ratio)) state.damping *= 1.5;
      else if (ratio > 0.75) state.damping /= 1.5;
    }
    return value;
  }
}

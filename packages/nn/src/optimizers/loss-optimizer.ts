import { backward, type Tensor } from "@isograd/autograd";
import { largestOf } from "../clipping/norms.ts";
import { checkKeys, checkLengths } from "./check-state.ts";
import { addTimes, dot, FlatParameters } from "./flat.ts";
import type { LinePoint, LineSearch } from "./line-search.ts";
import { checkParameters, checkRate } from "./parameters.ts";

/** An optimizer that evaluates the loss itself, in training loops as well. */
export interface EvaluatingOptimizer {
  readonly evaluates: "loss";
  /** Takes one step; returns the loss before it. */
  step(loss: () => Tensor): number;
}

/**
 * An optimizer that evaluates the loss as often as it needs: `step` takes what computes it, a function mostly.
 *
 * @example
 * const x = parameter([3]);
 * const minimize = (optimizer: LossOptimizer<{ learningRate: number }>) => {
 *   for (let step = 0; step < 10; step++) optimizer.step(() => sum(square(x)));
 * };
 * minimize(new LBFGS([x]));
 * x; // [0.0000]
 */
export abstract class LossOptimizer<
  State extends { learningRate: number },
  Problem extends readonly unknown[] = [loss: () => Tensor],
> {
  readonly parameters: readonly Tensor[];
  protected readonly flat: FlatParameters;
  readonly #operation: string;
  #state: State;

  constructor(operation: string, parameters: Iterable<Tensor>, state: State) {
    this.parameters = checkParameters(operation, [...parameters]);
    this.flat = new FlatParameters(this.parameters);
    this.#operation = operation;
    this.#state = state;
  }

  /**
   * What is remembered, as plain data that steps bring up to date; assigned, the optimizer goes on from there.
   *
   * @throws ArgumentError if it is set to the state of another optimizer, or of another number of parameters
   */
  get state(): State {
    return this.#state;
  }

  set state(state: State) {
    checkKeys(this.#operation, state, this.#state);
    checkLengths(this.#operation, state, this.flat.size);
    this.#state = state;
  }

  /**
   * Takes one step.
   *
   * @param problem computes one number from the parameters, always the same one; gradients are cleared and swept here
   * @returns the loss before the step
   */
  abstract step(...problem: Problem): number;

  /** The same optimizer, at the same point, for the parameters of a copy of the model. */
  abstract cloneFor(parameters: Iterable<Tensor>): LossOptimizer<State, Problem>;

  /** Forgets all gradients. */
  zeroGrad(): void {
    for (const parameter of this.parameters) parameter.grad = null;
  }

  /** @throws ArgumentError if it is set to a negative number */
  get learningRate(): number {
    return this.state.learningRate;
  }

  set learningRate(learningRate: number) {
    checkRate("learningRate", learningRate);
    this.state.learningRate = learningRate;
  }

  /** The loss where the parameters are, and its gradients in them. */
  protected evaluate(loss: () => Tensor): number {
    this.zeroGrad();
    const value = loss();
    backward(value);
    return value.item();
  }

  /** Goes along a direction as far as a search says. If `loss` throws, the parameters are back where they were. */
  protected search(
    loss: () => Tensor,
    lineSearch: LineSearch,
    from: Omit<LinePoint, "step" | "slope">,
    direction: Float64Array,
    first: number,
  ): LinePoint {
    const { flat } = this;
    const at = flat.read();
    let found: LinePoint | undefined;
    const start = { ...from, step: 0, slope: dot(from.gradient, direction) };
    const evaluate = (step: number): LinePoint => {
      flat.write(at, step, direction);
      const value = this.evaluate(loss);
      const gradient = flat.gradient();
      return { step, loss: value, slope: dot(gradient, direction), gradient };
    };
    try {
      found = lineSearch({ start, first, reach: largestOf([direction]), at: evaluate });
    } finally {
      flat.write(at, found?.step ?? 0, direction);
    }
    return found;
  }
}

/** -a */
export function opposite(a: Float64Array): Float64Array {
  const result = new Float64Array(a.length);
  addTimes(result, -1, a);
  return result;
}

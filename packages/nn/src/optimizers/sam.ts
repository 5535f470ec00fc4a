import { backward, fromData, type Tensor } from "@isograd/autograd";
import { jointNorm, type Values } from "../clipping/norms.ts";
import type { Optimizer } from "./optimizer.ts";
import { checkNotNegative } from "./settings.ts";

export interface SAMOptions {
  /** How far uphill the gradient is taken; default 0.05. */
  readonly rho?: number;
  /** Measures that distance in proportion to each element's magnitude; default false. @see Kwon et al. 2021, "ASAM" */
  readonly adaptive?: boolean;
}

/**
 * Sharpness-aware minimization: another optimizer's step, along the gradient at the worst place nearby.
 *
 * @throws ArgumentError if rho is negative
 * @see Foret et al. 2021, "Sharpness-aware minimization for efficiently improving generalization"
 * @example
 * const optimizer = new SAM(new SGD(model.parameters(), { learningRate: 0.1, momentum: 0.9 }));
 * const { losses } = await fit({ model, loss: mseLoss, optimizer, data, epochs: 50 });
 * losses[99] < losses[0] / 10; // true
 */
export class SAM<State = unknown> {
  readonly evaluates = "loss";

  constructor(
    readonly base: Optimizer<State>,
    readonly options: SAMOptions = {},
  ) {
    checkNotNegative("SAM", { rho: options.rho ?? 0.05 });
  }

  get parameters(): readonly Tensor[] {
    return this.base.parameters;
  }

  /** That of the base: nothing else is remembered. */
  get state(): State {
    return this.base.state;
  }

  set state(state: State) {
    this.base.state = state;
  }

  /** How both were made: what checkpoints compare. */
  get settings(): unknown {
    return { optimizer: "SAM", ...this.options, base: this.base.settings };
  }

  get learningRate(): number {
    return this.base.learningRate;
  }

  set learningRate(learningRate: number) {
    this.base.learningRate = learningRate;
  }

  /**
   * Takes one step. The gradients that stay are those uphill.
   *
   * @param loss computes one number from the parameters; it is called twice, gradients are cleared and swept here
   * @returns the loss before the step
   */
  step(loss: () => Tensor): number {
    const { parameters, base } = this;
    const evaluate = (): number => {
      base.zeroGrad();
      const value = loss();
      backward(value);
      return value.item();
    };
    const initial = evaluate();
    const before = parameters.map((parameter) => parameter.detach());
    try {
      this.#climb();
      evaluate();
    } finally {
      parameters.forEach((parameter, k) => {
        parameter.assign(before[k]);
      });
    }
    base.step();
    return initial;
  }

  zeroGrad(): void {
    this.base.zeroGrad();
  }

  cloneFor(parameters: Iterable<Tensor>): SAM<State> {
    return new SAM(this.base.cloneFor(parameters), this.options);
  }

  #climb(): void {
    const { rho = 0.05, adaptive = false } = this.options;
    const slopes = this.parameters.map((parameter) => {
      const { grad } = parameter;
      if (grad === null) return null;
      const gradient = grad.values() as Values;
      const at = parameter.values();
      return adaptive ? gradient.map((slope, i) => slope * Math.abs(at[i])) : gradient;
    });
    const factor = rho / (jointNorm(slopes, 2) + 1e-12);
    this.parameters.forEach((parameter, k) => {
      const slope = slopes[k];
      if (slope === null) return;
      const at = parameter.values() as Values;
      const moved = at.map((value, i) => value + factor * slope[i] * (adaptive ? Math.abs(value) : 1));
      parameter.assign(fromData(moved, parameter.shape));
    });
  }
}

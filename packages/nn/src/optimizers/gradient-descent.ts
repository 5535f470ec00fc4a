import type { Tensor } from "@isograd/autograd";
import type { LineSearch } from "./line-search.ts";
import { LossOptimizer, opposite } from "./loss-optimizer.ts";
import { checkNotNegative } from "./settings.ts";

export interface GradientDescentOptions {
  /** The step along the gradient, or with a line search the one it tries first; default 1. */
  readonly learningRate?: number;
  /** Finds how far to go: `backtracking()`, `strongWolfe()` or your own; default null, the learning rate decides. */
  readonly lineSearch?: LineSearch | null;
}

/**
 * Gradient descent on a loss that is the same at each call (a full batch), with a line search if wanted.
 *
 * @throws ArgumentError if the learning rate is negative
 * @see Cauchy 1847; Nocedal, Wright 2006, "Numerical optimization", chapter 3
 * @example
 * const optimizer = new GradientDescent(model.parameters(), { lineSearch: backtracking() });
 * for (let step = 0; step < 100; step++) optimizer.step(() => mseLoss(model.call(inputs), targets));
 * mseLoss(model.call(inputs), targets).item() < loss.item() / 10; // true
 */
export class GradientDescent extends LossOptimizer<{ learningRate: number }> {
  readonly evaluates = "loss";
  readonly options: GradientDescentOptions;

  constructor(parameters: Iterable<Tensor>, options: GradientDescentOptions = {}) {
    const { learningRate = 1 } = options;
    checkNotNegative("GradientDescent", { learningRate });
    super("GradientDescent", parameters, { learningRate });
    this.options = options;
  }

  /** How it was made: what checkpoints compare. */
  get settings(): unknown {
    return { optimizer: "GradientDescent", ...this.options };
  }

  step(loss: () => Tensor): number {
    const { lineSearch = null } = this.options;
    const value = this.evaluate(loss);
    const gradient = this.flat.gradient();
    const direction = opposite(gradient);
    if (lineSearch === null) this.flat.write(this.flat.read(), this.learningRate, direction);
    else this.search(loss, lineSearch, { loss: value, gradient }, direction, this.learningRate);
    return value;
  }

  cloneFor(parameters: Iterable<Tensor>): GradientDescent {
    return new GradientDescent(parameters, { ...this.options, learningRate: this.learningRate });
  }
}

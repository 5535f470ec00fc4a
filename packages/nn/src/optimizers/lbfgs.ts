import type { Tensor } from "@isograd/autograd";
import { largestOf } from "../clipping/norms.ts";
import { addTimes, dot, times } from "./flat.ts";
import type { LineSearch } from "./line-search.ts";
import { LossOptimizer, opposite } from "./loss-optimizer.ts";
import { checkCount, checkNotNegative } from "./settings.ts";

export interface LBFGSOptions {
  /** Default 1. */
  readonly learningRate?: number;
  /** How many iterations a step has at most; default 20. */
  readonly maxIterations?: number;
  /** How many evaluations a step has about at most; default 1.25 times the iterations. */
  readonly maxEvaluations?: number;
  /** Stops where no element of the gradient is larger; default 1e-7. */
  readonly toleranceGradient?: number;
  /** Stops where neither the loss nor any parameter changes by more; default 1e-9. */
  readonly toleranceChange?: number;
  /** From how many past iterations the curvature is known; default 100. */
  readonly historySize?: number;
  /** Finds how far to go: `strongWolfe()`, `backtracking()` or your own; default null, the learning rate decides. */
  readonly lineSearch?: LineSearch | null;
}

/** Of one past iteration. */
export interface LBFGSPair {
  readonly move: Float64Array;
  /** How the gradient changed. */
  readonly change: Float64Array;
  /** 1 / ⟨move, change⟩ */
  readonly ratio: number;
}

/** Vectors hold all parameters, one after the other. */
export interface LBFGSState {
  learningRate: number;
  iterations: number;
  evaluations: number;
  /** The last iteration: along which direction, how far, from which gradient; null before the first. */
  last: { direction: Float64Array; step: number; gradient: Float64Array } | null;
  history: LBFGSPair[];
  /** What the inverse Hessian is taken for where nothing is known of it. */
  scale: number;
}

/**
 * Limited-memory BFGS: steps by the curvature that past steps met. For a loss that is the same at each call (a full batch).
 *
 * @throws ArgumentError if an option is negative, or a count is not whole
 * @see Liu, Nocedal 1989, "On the limited memory BFGS method for large scale optimization"; torch.optim.LBFGS
 * @example
 * const optimizer = new LBFGS(model.parameters(), { lineSearch: strongWolfe() });
 * for (let step = 0; step < 10; step++) optimizer.step(() => mseLoss(model.call(inputs), targets));
 * mseLoss(model.call(inputs), targets).item() < loss.item() / 10; // true
 */
export class LBFGS extends LossOptimizer<LBFGSState> {
  readonly evaluates = "loss";
  readonly options: LBFGSOptions;

  constructor(parameters: Iterable<Tensor>, options: LBFGSOptions = {}, state?: LBFGSState) {
    const { learningRate = 1, maxIterations = 20, historySize = 100 } = options;
    const { toleranceGradient = 1e-7, toleranceChange = 1e-9, maxEvaluations = 1 } = options;
    checkNotNegative("LBFGS", { learningRate, toleranceGradient, toleranceChange });
    checkCount("LBFGS", "maxIterations", maxIterations);
    checkCount("LBFGS", "maxEvaluations", maxEvaluations);
    checkCount("LBFGS", "historySize", historySize);
    super(
      "LBFGS",
      parameters,
      state ?? { learningRate, iterations: 0, evaluations: 0, last: null, history: [], scale: 1 },
    );
    this.options = options;
  }

  /** How it was made: what checkpoints compare. */
  get settings(): unknown {
    return { optimizer: "LBFGS", ...this.options };
  }

  step(loss: () => Tensor): number {
    const { state, flat, options } = this;
    const { maxIterations = 20, maxEvaluations = Math.floor((maxIterations * 5) / 4) } = options;
    const { toleranceGradient = 1e-7, toleranceChange = 1e-9, lineSearch = null } = options;
    const before = state.evaluations;
    const counted = (): Tensor => {
      state.evaluations++;
      return loss();
    };
    const initial = this.evaluate(counted);
    let [value, gradient] = [initial, flat.gradient()];
    if (largestOf([gradient]) <= toleranceGradient) return initial;
    for (let iteration = 1; ; iteration++) {
      const direction = this.#direction(gradient);
      const first = state.iterations === 0 ? Math.min(1, 1 / absoluteSum(gradient)) : 1;
      state.iterations++;
      let step = first * state.learningRate;
      const [from, previous] = [gradient, value];
      state.last = { direction, step, gradient: from };
      if (dot(gradient, direction) > -toleranceChange) break;
      if (lineSearch !== null) {
        ({
          step,
          loss: value,
          gradient,
        } = this.search(counted, lineSearch, { loss: value, gradient }, direction, step));
        state.last.step = step;
      } else {
        flat.write(flat.read(), step, direction);
        if (iteration < maxIterations) [value, gradient] = [this.evaluate(counted), flat.gradient()];
      }
      if (iteration === maxIterations || state.evaluations - before >= maxEvaluations) break;
      if (largestOf([gradient]) <= toleranceGradient) break;
      if (largestOf([direction]) * Math.abs(step) <= toleranceChange) break;
      if (Math.abs(value - previous) < toleranceChange) break;
    }
    return initial;
  }

  cloneFor(parameters: Iterable<Tensor>): LBFGS {
    return new LBFGS(parameters, this.options, structuredClone(this.state));
  }

  /** Minus the inverse Hessian, as far as it is known, times the gradient. */
  #direction(gradient: Float64Array): Float64Array {
    const { state } = this;
    this.#learn(gradient);
    const direction = opposite(gradient);
    const shares: number[] = [];
    for (let k = state.history.length - 1; k >= 0; k--) {
      const { move, change, ratio } = state.history[k];
      shares[k] = dot(move, direction) * ratio;
      addTimes(direction, -shares[k], change);
    }
    const result = times(state.scale, direction);
    state.history.forEach(({ move, change, ratio }, k) => {
      addTimes(result, shares[k] - dot(change, result) * ratio, move);
    });
    return result;
  }

  /** Remembers how the last move changed the gradient, if the loss curves upwards along it. */
  #learn(gradient: Float64Array): void {
    const { state, options } = this;
    if (state.last === null) return;
    const change = gradient.map((value, i) => value - (state.last?.gradient[i] ?? 0));
    const move = times(state.last.step, state.last.direction);
    const curvature = dot(change, move);
    if (!(curvature > 1e-10)) return;
    if (state.history.length >= (options.historySize ?? 100)) state.history.shift();
    state.history.push({ move, change, ratio: 1 / curvature });
    state.scale = curvature / dot(change, change);
  }
}

function absoluteSum(a: Float64Array): number {
  let total = 0;
  for (let i = 0; i < a.length; i++) total += Math.abs(a[i]);
  return total;
}

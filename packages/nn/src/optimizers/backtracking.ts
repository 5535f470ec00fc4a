import { ArgumentError } from "@isograd/autograd";
import type { LineSearch } from "./line-search.ts";
import { checkCount } from "./settings.ts";

export interface BacktrackingOptions {
  /** How much of the decrease that the slope promises is asked for, within (0, 1); default 1e-4. */
  readonly c1?: number;
  /** What a step is multiplied with that does not decrease the loss enough, within (0, 1); default 0.5. */
  readonly shrink?: number;
  /** How many steps are tried at most; default 25. */
  readonly maxTrials?: number;
}

/**
 * Takes the first step, or the first of ever smaller ones, that decreases the loss enough; a loss that is NaN does not.
 *
 * @throws ArgumentError if an option is out of range
 * @see Armijo 1966; Nocedal, Wright 2006, "Numerical optimization", algorithm 3.1
 * @example
 * const x = parameter([3]);
 * const optimizer = new GradientDescent([x], { learningRate: 1, lineSearch: backtracking() });
 * optimizer.step(() => sum(square(x))); // 9
 * x; // [0]
 */
export function backtracking(options: BacktrackingOptions = {}): LineSearch {
  const { c1 = 1e-4, shrink = 0.5, maxTrials = 25 } = options;
  for (const [name, value] of Object.entries({ c1, shrink })) {
    if (!(value > 0 && value < 1))
      throw new ArgumentError("backtracking", `expected ${name} within (0, 1)`, value);
  }
  checkCount("backtracking", "maxTrials", maxTrials);
  return ({ start, first, at }) => {
    let step = first;
    for (let trial = 0; trial < maxTrials; trial++) {
      const point = at(step);
      if (point.loss <= start.loss + c1 * step * start.slope) return point;
      step *= shrink;
    }
    return start;
  };
}

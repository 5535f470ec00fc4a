import { ArgumentError } from "@isograd/autograd";
import type { LinePoint, LineSearch } from "./line-search.ts";
import { checkCount, checkNotNegative } from "./settings.ts";

export interface StrongWolfeOptions {
  /** How much of the decrease that the slope promises is asked for; default 1e-4. */
  readonly c1?: number;
  /** To what share of its magnitude at the start the slope must come down; default 0.9. */
  readonly c2?: number;
  /** Stops when no parameter would move further than this between the ends of the bracket; default 1e-9. */
  readonly toleranceChange?: number;
  /** How many steps are tried at most after the first; default 25. */
  readonly maxTrials?: number;
}

/** A step that is too short and one that is too long, in any order; or one that is right, twice. */
type Bracket = [LinePoint, LinePoint];

/**
 * Searches for a step that fulfils the strong Wolfe conditions: brackets one, then narrows by cubic interpolation.
 *
 * Returns the lowest point of the bracket where it finds none.
 *
 * @throws ArgumentError unless 0 < c1 < c2 < 1
 * @see Nocedal, Wright 2006, "Numerical optimization", algorithms 3.5 and 3.6; torch.optim.LBFGS with line_search_fn="strong_wolfe"
 * @example
 * const x = parameter([3]);
 * const optimizer = new GradientDescent([x], { learningRate: 0.01, lineSearch: strongWolfe({ c2: 0.1 }) });
 * for (let step = 0; step < 5; step++) optimizer.step(() => sum(square(x)));
 * x; // [0.0000]
 */
export function strongWolfe(options: StrongWolfeOptions = {}): LineSearch {
  const { c1 = 1e-4, c2 = 0.9, toleranceChange = 1e-9, maxTrials = 25 } = options;
  if (!(0 < c1 && c1 < c2 && c2 < 1))
    throw new ArgumentError("strongWolfe", "expected 0 < c1 < c2 < 1", [c1, c2]);
  checkNotNegative("strongWolfe", { toleranceChange });
  checkCount("strongWolfe", "maxTrials", maxTrials);

  return (line) => {
    const { start, reach } = line;
    const isHigh = ({ step, loss }: LinePoint): boolean => loss > start.loss + c1 * step * start.slope;
    const isFlat = ({ slope }: LinePoint): boolean => Math.abs(slope) <= -c2 * start.slope;
    let trials = 0;

    const bracketed = (): Bracket => {
      let [before, point] = [start, line.at(line.first)];
      for (; trials < maxTrials; trials++) {
        if (isHigh(point) || (trials > 1 && point.loss >= before.loss)) return [before, point];
        if (isFlat(point)) return [point, point];
        if (point.slope >= 0) return [before, point];
        const [least, most] = [point.step + 0.01 * (point.step - before.step), point.step * 10];
        const step = cubicMinimum(before, point, least, most);
        [before, point] = [point, line.at(step)];
      }
      return [start, point];
    };

    const bracket = bracketed();
    let low = lowerOf(bracket);
    if (bracket[0] === bracket[1]) return bracket[0];
    let stalled = false;
    while (trials < maxTrials && Math.abs(bracket[1].step - bracket[0].step) * reach >= toleranceChange) {
      let step: number;
      [step, stalled] = nextTrial(bracket, stalled);
      const point = line.at(step);
      trials++;
      const high = 1 - low;
      if (isHigh(point) || point.loss >= bracket[low].loss) {
        bracket[high] = point;
        low = lowerOf(bracket);
        continue;
      }
      if (isFlat(point)) return point;
      // The bracket keeps to the side on which the loss goes down from its lowest point.
      if (point.slope * (bracket[high].step - bracket[low].step) >= 0) bracket[high] = bracket[low];
      bracket[low] = point;
    }
    return bracket[low];
  };
}

const lowerOf = ([one, other]: Bracket): 0 | 1 => (one.loss <= other.loss ? 0 : 1);

/** Where to narrow a bracket; twice in a row close to one of its ends is not narrow enough. */
function nextTrial([one, other]: Bracket, stalled: boolean): [step: number, stalled: boolean] {
  const [least, most] = [Math.min(one.step, other.step), Math.max(one.step, other.step)];
  const step = cubicMinimum(one, other, least, most);
  const margin = 0.1 * (most - least);
  if (!(Math.min(most - step, step - least) < margin)) return [step, false];
  if (!stalled && step < most && step > least) return [step, true];
  return [Math.abs(step - most) < Math.abs(step - least) ? most - margin : least + margin, false];
}

/** The minimum of the cubic through two points and their slopes, kept within bounds; their middle where it has none. */
function cubicMinimum(a: LinePoint, b: LinePoint, least: number, most: number): number {
  const [left, right] = a.step <= b.step ? [a, b] : [b, a];
  const d1 = a.slope + b.slope - (3 * (a.loss - b.loss)) / (a.step - b.step);
  const square = d1 * d1 - a.slope * b.slope;
  if (!(square >= 0)) return (least + most) / 2;
  const d2 = Math.sqrt(square);
  const share = (right.slope + d2 - d1) / (right.slope - left.slope + 2 * d2);
  return Math.min(Math.max(right.step - (right.step - left.step) * share, least), most);
}

import type { Estimate } from "./extrapolate.ts";
import type { Line, Sample } from "./line.ts";
import { measureSlopes, type Slopes } from "./slopes.ts";

/** Between which numbers the slope of a weighted sum may lie, and how far off both ends may be. */
export interface Range {
  readonly low: number;
  readonly high: number;
  readonly bar: number;
}

// Beyond so many outputs that move, each for itself is too much work.
const most = 256;

/**
 * The range of slopes where several outputs have a kink at one point: each may choose between its own two sides.
 *
 * The sum over one side is then no bound: of two kinks that turn opposite ways it takes the steep side of the one, the flat side of the other.
 * Null where an output has no slope, or there are too many.
 */
export function rangeByOutput(line: Line, reach: number): Range | null {
  const known = new Map<number, Sample>();
  const at = (step: number): Sample => {
    const sample = known.get(step) ?? line.at(step);
    known.set(step, sample);
    return sample;
  };
  const [origin, right, left] = [0, reach, -reach].map((step) => at(step).values);
  const moving = [...line.weights.keys()].filter((k) => right[k] !== origin[k] || left[k] !== origin[k]);
  if (moving.length < 2 || moving.length > most) return null;
  let range: Range = { low: 0, high: 0, bar: 0 };
  for (const k of moving) {
    const alone: Line = {
      ...line,
      at: (step) => ({ step: at(step).step, values: Float64Array.of(at(step).values[k]) }),
      weights: Float64Array.of(line.weights[k]),
      noise: () => line.noise((other) => other === k),
    };
    const own = rangeOf(measureSlopes(alone, reach));
    if (own === null) return null;
    range = { low: range.low + own.low, high: range.high + own.high, bar: range.bar + own.bar };
  }
  return range;
}

function rangeOf({ central, right, left, openRight, openLeft }: Slopes): Range | null {
  const finite = (...estimates: Estimate[]): boolean => estimates.every(({ bar }) => Number.isFinite(bar));
  const agree = Math.abs(right.value - left.value) <= right.bar + left.bar;
  if (finite(central, right, left) && agree)
    return { low: central.value, high: central.value, bar: central.bar };
  const jumps = !finite(right, left) || Math.max(right.bar, left.bar) > Math.abs(right.value - left.value);
  const [a, b] = jumps ? [openRight, openLeft] : [right, left];
  if (!finite(a, b)) return null;
  const ends = [a.value, b.value, ...(jumps ? [0] : [])];
  return { low: Math.min(...ends), high: Math.max(...ends), bar: Math.max(a.bar, b.bar) };
}

import { type Estimate, extrapolate, unknown } from "./extrapolate.ts";
import { type Line, magnitudeOf, quotient, type Sample } from "./line.ts";

const rows = 7;
// What is not larger than this many times the absolute rounding error counts as that.
const tiny = 2 ** 30;

/** What steps of one size tell of a slope. */
export interface Slopes {
  /** From both sides at once: the sharpest where the function is smooth. */
  readonly central: Estimate;
  readonly right: Estimate;
  readonly left: Estimate;
  /** From one side, without the value at the point itself: at a jump these still exist. */
  readonly openRight: Estimate;
  readonly openLeft: Estimate;
  /** Nothing moves, to the last digit. */
  readonly still: boolean;
  /** What a slope of zero is compared with. */
  readonly magnitude: number;
  /** How far off a quotient over the largest step is by rounding: that of values near the origin, and of those at the ends of the step. */
  readonly noise: number;
  readonly endNoise: number;
}

/** Two places, and how far off the difference of their values may be by rounding. */
interface Pair {
  readonly a: Sample;
  readonly b: Sample;
  readonly noise: number;
}

/** Measures the slope at the origin of a line with steps from `reach` down to a 64th of it. */
export function measureSlopes(line: Line, reach: number): Slopes {
  const { weights, rounding } = line;
  const steps = Array.from({ length: rows }, (_, row) => reach / 2 ** row);
  const [origin, right, left] = [
    line.at(0),
    steps.map((step) => line.at(step)),
    steps.map((step) => line.at(-step)),
  ];
  const differs = (k: number): boolean =>
    right[0].values[k] !== origin.values[k] || left[0].values[k] !== origin.values[k];
  // Outputs that do not move are exact, unless none moves: then all may move by less than their last digit.
  const still = !weights.some((_, k) => differs(k));
  const counts = still ? () => true : differs;
  const measured = still ? 0 : line.noise(differs);
  const pair = (a: Sample, b: Sample): Pair => {
    const size = Math.hypot(magnitudeOf(weights, a, counts), magnitudeOf(weights, b, counts));
    return { a, b, noise: Math.max(2 * measured, rounding.relative * size) + rounding.absolute };
  };
  const neighbours = (samples: readonly Sample[]): Pair[] =>
    samples.slice(1).map((sample, row) => pair(samples[row], sample));
  const sizes = [origin, right[rows - 1], left[rows - 1]].map((sample) => magnitudeOf(weights, sample));
  return {
    central: estimate(
      weights,
      right.map((sample, row) => pair(sample, left[row])),
      2,
    ),
    right: estimate(
      weights,
      right.map((sample) => pair(sample, origin)),
      1,
    ),
    left: estimate(
      weights,
      left.map((sample) => pair(sample, origin)),
      1,
    ),
    openRight: estimate(weights, neighbours(right), 1),
    openLeft: estimate(weights, neighbours(left), 1),
    still,
    magnitude: Math.max((tiny * rounding.absolute) / reach, Math.max(line.smallest, ...sizes) / line.unit),
    noise: pair(origin, origin).noise / reach,
    endNoise: pair(right[0], left[0]).noise / reach,
  };
}

/** Steps that leave the domain are left out, with all that are larger. */
function estimate(weights: Float64Array, pairs: readonly Pair[], power: 1 | 2): Estimate {
  const quotients = pairs.map(({ a, b }) => quotient(weights, a, b));
  const first = quotients.findLastIndex((value) => !Number.isFinite(value)) + 1;
  if (quotients.length - first < 3) return unknown;
  const noises = pairs.map(({ a, b, noise }) => noise / Math.abs(a.step - b.step));
  return extrapolate(quotients.slice(first), noises.slice(first), power);
}

import { ArgumentError } from "../errors.ts";
import { nextDown, nextUp } from "./next-after.ts";
import { integrate } from "./quadrature.ts";

/** The law of x = mean + √variance z with z ~ N(0, 1), and where the functions of x that are averaged over it bend or jump. */
export interface GaussianLaw {
  readonly mean: number;
  readonly variance: number;
  readonly kinks: readonly number[];
}

/**
 * Standard deviations at which the tails are looked at. Beyond the first lies less than 2e-23 of the mass, so that only fast growth
 * makes it count; beyond the last the density is 0 in double precision.
 */
const tailPoints = [...Array.from({ length: 29 }, (_, k) => 10 + k), 38.5];
const innerPoints = [0.3, 1, 2.5, 5];

/** Of the weighted function: relative to its largest value that was seen, and by itself, for far out it may begin with nothing before it. */
const negligible = 1e-20;
const vanishing = 1e-280;

/**
 * The expectation of g(x, z) over a Gaussian law of x, to about 1e-13 of the expectation of |g|.
 *
 * The range is split at the kinks. At variance 0 the answer is the limit from above: the average of the two one-sided values where
 * the law's mean is a kink. Where |g| outgrows the density, as e^(x²) does, or still counts at 38.5 standard deviations, the answer is
 * ±Infinity, and NaN where the two tails diverge with opposite signs.
 *
 * @throws ArgumentError if g is NaN where the law has mass
 * @throws IsogradError if it does not settle, for kinks that are not named or a pole
 */
export function gaussianMean(g: (x: number, z: number) => number, law: GaussianLaw): number {
  const { mean, variance, kinks } = law;
  if (!(variance >= 0 && variance < Infinity))
    throw new ArgumentError("gaussianMean", "expected a finite variance >= 0", variance);
  if (!Number.isFinite(mean)) throw new ArgumentError("gaussianMean", "expected a finite mean", mean);
  const checked = (x: number, z: number): number => {
    const value = g(x, z);
    if (Number.isNaN(value)) throw notANumber(x);
    return value;
  };
  if (variance === 0) return limitAt(checked, mean, kinks);
  const deviation = Math.sqrt(variance);
  const left = tailOf(g, mean, -deviation);
  const right = tailOf(g, mean, deviation);
  const peak = Math.max(left.peak, right.peak);
  const low = reachOf(left, peak);
  const high = reachOf(right, peak);
  if (low === Infinity || high === Infinity) return divergence(left, low) + divergence(right, high);
  const weighted = (z: number): number => checked(mean + deviation * z, z) * Math.exp(-0.5 * z * z);
  return integrate(weighted, splitPoints(law, deviation, -low, high)) / Math.sqrt(2 * Math.PI);
}

function notANumber(x: number): ArgumentError {
  return new ArgumentError("gaussianMean", `expected a number at x = ${x}`, Number.NaN);
}

function limitAt(g: (x: number, z: number) => number, x: number, kinks: readonly number[]): number {
  return kinks.includes(x) ? (g(nextDown(x), 0) + g(nextUp(x), 0)) / 2 : g(x, 0);
}

interface Tail {
  /** The function times the density's exponential at the tail points, up to the first that is not finite. */
  readonly weighted: readonly number[];
  /** The function at the point where `weighted` ends: Infinity, NaN, or undefined if all were finite. */
  readonly end: number | undefined;
  readonly endsAt: number;
  readonly peak: number;
}

function tailOf(g: (x: number, z: number) => number, mean: number, deviation: number): Tail {
  let peak = 0;
  const sample = (size: number): number => {
    const z = Math.sign(deviation) * size;
    const weighted = g(mean + deviation * size, z) * Math.exp(-0.5 * z * z);
    if (Math.abs(weighted) < Infinity) peak = Math.max(peak, Math.abs(weighted));
    return weighted;
  };
  innerPoints.forEach(sample);
  const weighted: number[] = [];
  for (const size of tailPoints) {
    const value = sample(size);
    if (!Number.isFinite(value)) return { weighted, end: value, endsAt: mean + deviation * size, peak };
    weighted.push(value);
  }
  return { weighted, end: undefined, endsAt: Infinity, peak };
}

/** How many standard deviations count, or Infinity if the tail still counts where it can no longer be followed. */
function reachOf(tail: Tail, peak: number): number {
  const { weighted, end } = tail;
  const least = Math.max(vanishing, negligible * peak);
  let outermost = weighted.length - 1;
  while (outermost >= 0 && Math.abs(weighted[outermost]) <= least) outermost--;
  if (outermost < weighted.length - 1) return tailPoints[outermost + 1];
  if (Number.isNaN(end)) throw notANumber(tail.endsAt);
  return Infinity;
}

function divergence(tail: Tail, reach: number): number {
  if (reach < Infinity) return 0;
  return Math.sign(tail.end ?? tail.weighted[tail.weighted.length - 1]) * Infinity;
}

/** The ends, the kinks, and a few places on the scale of z and, where that is coarser, on the scale of x around 0 and each kink. */
function splitPoints(law: GaussianLaw, deviation: number, low: number, high: number): number[] {
  const { mean, kinks } = law;
  const points = [low, -4, -1.5, 0, 1.5, 4, high, ...kinks.map((kink) => (kink - mean) / deviation)];
  if (deviation > 2)
    for (const centre of [0, ...kinks.slice(0, 8)])
      for (let size = 1; size < 4 * deviation; size *= 8)
        points.push((centre - size - mean) / deviation, (centre + size - mean) / deviation);
  return points.filter((z) => z >= low && z <= high).sort((a, b) => a - b);
}

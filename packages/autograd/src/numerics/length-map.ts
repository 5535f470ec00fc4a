import { IsogradError } from "../errors.ts";
import { maximumBetween, rootBetween } from "./bracket.ts";
import { jumpAt, type ScalarCurve } from "./curve.ts";
import { gaussianMean } from "./gaussian-mean.ts";
import { nextDown, nextUp } from "./next-after.ts";

// How the mean square q of the pre-activations goes from layer to layer in a wide random network with weights N(0, σw²/fanIn) and biases
// N(0, σb²): q' = σw² E φ(√q z)² + σb², z ~ N(0, 1).

/** What becomes of q near a fixed point: it comes back, runs off, stays wherever it is put, or comes back from one side only. */
export type Stability = "stable" | "unstable" | "neutral" | "halfStable";

export interface FixedPoint {
  readonly q: number;
  /** σw² E φ'(√q z)²: the factor on |gradient|² a layer, going backwards. */
  readonly chi: number;
  /** The slope of the length map: the factor on a small deviation from q a layer, going forwards. */
  readonly slope: number;
  readonly stability: Stability;
}

export interface CriticalPoint extends FixedPoint {
  /** σw² */
  readonly weightVariance: number;
  /** σb² */
  readonly biasVariance: number;
}

/** E φ(√q z)². */
export function meanSquare({ value, kinks }: ScalarCurve, q: number): number {
  return gaussianMean((x) => value(x) ** 2, { mean: 0, variance: q, kinks });
}

/** E φ'(√q z)². */
export function meanSquareSlope({ derivative, kinks }: ScalarCurve, q: number): number {
  return gaussianMean((x) => derivative(x) ** 2, { mean: 0, variance: q, kinks });
}

/** d/dq E φ(√q z)², as E φ φ' z/√q by Stein's lemma, and the part of the jumps. */
export function meanSquareGrowth(curve: ScalarCurve, q: number): number {
  const { value, derivative, kinks } = curve;
  if (q === 0) return value(0) === 0 ? meanSquareSlope(curve, 0) : Number.NaN; // else it needs the curvature
  const deviation = Math.sqrt(q);
  let growth =
    gaussianMean((x, z) => value(x) * derivative(x) * z, { mean: 0, variance: q, kinks }) / deviation;
  for (const kink of kinks) {
    if (jumpAt(curve, kink) === 0) continue;
    const z = kink / deviation;
    const rise = value(nextUp(kink)) ** 2 - value(nextDown(kink)) ** 2;
    growth += ((rise * z) / (2 * q)) * (Math.exp(-0.5 * z * z) / Math.sqrt(2 * Math.PI));
  }
  return growth;
}

/** All q that a network keeps, ascending; of a curve that keeps every q, 1 alone. */
export function fixedPointsOf(
  curve: ScalarCurve,
  weightVariance: number,
  biasVariance: number,
): FixedPoint[] {
  const point = (q: number, stability: Stability): FixedPoint => {
    const slope = weightVariance * meanSquareGrowth(curve, q);
    const chi = weightVariance * meanSquareSlope(curve, q);
    return { q, chi, slope, stability: stability === "stable" && slope < -1 ? "unstable" : stability };
  };
  const origin = weightVariance * curve.value(0) ** 2 + biasVariance;
  const change = (q: number): number => (weightVariance * meanSquare(curve, q) + biasVariance) / q - 1;
  const roots = rootsOf(change, origin > 0 ? Math.min(lowest, origin / 2) : lowest);
  if (roots === "everywhere") return [point(1, "neutral")];
  const points = roots.map(({ q, before, after }) => point(q, stabilityOf(before, after)));
  if (origin === 0) points.unshift(point(0, firstSign(change) < 0 ? "stable" : "unstable"));
  return points;
}

/** All weights with χ = 1 at a fixed point under the given σb², in ascending order of q; of a curve that keeps every q, 1 alone. */
export function criticalPointsOf(curve: ScalarCurve, biasVariance: number): CriticalPoint[] {
  const point = (q: number, stability?: Stability): CriticalPoint => {
    const weightVariance = 1 / meanSquareSlope(curve, q);
    const slope = weightVariance * meanSquareGrowth(curve, q);
    return {
      weightVariance,
      biasVariance,
      q,
      chi: 1,
      slope,
      stability: stability ?? stabilityBySlope(slope),
    };
  };
  const change = (q: number): number => {
    const slope = meanSquareSlope(curve, q);
    if (slope < 1e-250) return Number.NaN;
    if (slope === Infinity) return slope;
    return 1 - meanSquare(curve, q) / (q * slope) - biasVariance / q;
  };
  const roots = rootsOf(change, lowest);
  if (roots === "everywhere") return [point(1, "neutral")];
  const points = roots.map(({ q }) => point(q));
  const slopeAtOrigin = meanSquareSlope(curve, 0);
  if (biasVariance === 0 && curve.value(0) === 0 && slopeAtOrigin > 0 && slopeAtOrigin < Infinity) {
    const growth = firstSign((q) => meanSquare(curve, q) / (q * slopeAtOrigin) - 1);
    points.unshift(point(0, growth < 0 ? "stable" : "unstable"));
  }
  return points;
}

/**
 * The critical point that q approaches from one side only and leaves on the other, as SiLU and GELU have one: χ and the slope of the length
 * map are both 1. Null where there is none with σb² >= 0.
 *
 * @see Roberts, Yaida, Hanin 2022, "The principles of deep learning theory", 5.3.4
 */
export function halfStablePointOf(curve: ScalarCurve): CriticalPoint | null {
  const excess = (q: number): number => {
    const slope = meanSquareSlope(curve, q);
    if (slope < 1e-250) return Number.NaN;
    return slope === Infinity ? slope : meanSquareGrowth(curve, q) / slope - 1;
  };
  const roots = rootsOf(excess, lowest);
  if (roots === "everywhere") return null;
  for (const { q } of roots) {
    const weightVariance = 1 / meanSquareSlope(curve, q);
    const biasVariance = q - weightVariance * meanSquare(curve, q);
    const slope = weightVariance * meanSquareGrowth(curve, q);
    if (biasVariance >= 0) return { weightVariance, biasVariance, q, chi: 1, slope, stability: "halfStable" };
  }
  return null;
}

const lowest = 1e-10;

/** Where zeros are looked for, in log10 q: finely where networks live. */
const exponents = Array.from({ length: 52 }, (_, k) => (k < 7 ? k - 10 : k < 42 ? -3 + (k - 7) / 5 : k - 38));

interface Root {
  readonly q: number;
  readonly before: number;
  readonly after: number;
}

/**
 * The zeros of f over q from `low` to 1e13, touching ones included; "everywhere" if f is all noise.
 *
 * The search ends above 1 where f is not finite or cannot be computed. Two zeros in one step are found where f comes near zero there.
 */
function rootsOf(f: (q: number) => number, low: number): Root[] | "everywhere" {
  const inLog = (u: number): number => f(Math.exp(u));
  const clear = (u: number): number => withoutNoise(inLog(u), u);
  const coarse = exponents.map((exponent) => exponent * Math.LN10);
  const samples = sampleUntilEnd(clear, low < lowest ? [Math.log(low), ...coarse] : coarse);
  if (samples.length >= 20 && samples.every(({ value }) => value === 0)) return "everywhere";
  const roots: Root[] = [];
  const add = (from: number, to: number, before: number): void => {
    roots.push({ q: Math.exp(rootBetween(inLog, from, to)), before, after: -before });
  };
  let last: Sample | undefined; // with a sign
  const refined = refine(clear, samples);
  refined.forEach(({ at, value }, i) => {
    const sign = Math.sign(value);
    if (sign === 0) return;
    if (last !== undefined && Math.sign(last.value) === -sign) add(last.at, at, -sign);
    last = { at, value };
    const [left, right] = [refined[i - 1], refined[i + 1]];
    if (!isDip(left, last, right) || Math.sign(left.value) !== sign || Math.sign(right.value) !== sign)
      return;
    const nearest = maximumBetween((u) => -sign * inLog(u), left.at, right.at);
    if (Math.abs(nearest.value) <= 1e-11)
      roots.push({ q: Math.exp(nearest.place), before: sign, after: sign });
    else if (nearest.value > 0) {
      add(left.at, nearest.place, sign);
      add(nearest.place, right.at, -sign);
    }
  });
  return roots;
}

/** The quadrature leaves 1e-13, and an activation's own rounding counts for more the smaller its argument is. */
function withoutNoise(value: number, logQ: number): number {
  return Math.abs(value) <= 1e-12 + 1e-15 * Math.exp(-0.5 * logQ) ? 0 : value;
}

interface Sample {
  readonly at: number;
  readonly value: number;
}

function sampleUntilEnd(f: (u: number) => number, places: readonly number[]): Sample[] {
  const samples: Sample[] = [];
  for (const at of places) {
    try {
      const value = f(at);
      if (Number.isFinite(value)) samples.push({ at, value });
      else if (samples.length > 0 || !Number.isNaN(value)) break; // NaN before them: the slope is still zero
    } catch (error) {
      if (at <= 0 || !(error instanceof IsogradError)) throw error;
      break;
    }
  }
  return samples;
}

function isDip(left: Sample | undefined, middle: Sample, right: Sample | undefined): boolean {
  if (left === undefined || right === undefined) return false;
  return Math.abs(middle.value) < Math.min(0.2, Math.abs(left.value), Math.abs(right.value));
}

/** Fine steps where f almost touches zero around a sample, or goes flatly through it: SiLU touches and crosses within 2 %. */
function refine(f: (u: number) => number, samples: readonly Sample[]): Sample[] {
  const refined: Sample[] = [];
  const steps = 64;
  samples.forEach((sample, i) => {
    refined.push(sample);
    const next = samples[i + 1];
    if (next === undefined || sample.value === 0 || next.value === 0) return;
    if (Math.max(Math.abs(sample.value), Math.abs(next.value)) > 1e-3) return;
    const crosses = Math.sign(sample.value) !== Math.sign(next.value);
    if (!crosses && !isDip(samples[i - 1], sample, next) && !isDip(sample, next, samples[i + 2])) return;
    for (let k = 1; k < steps; k++) {
      const at = sample.at + ((next.at - sample.at) * k) / steps;
      refined.push({ at, value: f(at) });
    }
  });
  return refined;
}

function stabilityOf(before: number, after: number): Stability {
  if (before === after) return "halfStable";
  return before > 0 ? "stable" : "unstable";
}

function stabilityBySlope(slope: number): Stability {
  if (Math.abs(slope - 1) < 1e-9) return "halfStable";
  return Math.abs(slope) < 1 ? "stable" : "unstable";
}

/** The sign of f where it first comes out of the noise above q = 0. */
function firstSign(f: (q: number) => number): number {
  for (let q = lowest; q < 1e10; q *= 10) {
    const value = withoutNoise(f(q), Math.log(q));
    if (value !== 0) return Math.sign(value);
  }
  return 0;
}

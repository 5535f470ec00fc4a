import { maximumBetween } from "./bracket.ts";
import { jumpAt, kinkAt, type ScalarCurve } from "./curve.ts";
import { type CurveSamples, core } from "./curve-samples.ts";

/** A half line on which something holds: below one edge, above another; null where there is none. */
export interface Sides {
  readonly below: number | null;
  readonly above: number | null;
}

/** The infimum and the supremum of the values, infinite where the curve grows without bound. */
export function rangeOf(curve: ScalarCurve, samples: CurveSamples): readonly [low: number, high: number] {
  const { places, values } = samples;
  const negated = values.map((v) => -v);
  return [
    0 - supremum((x) => -curve.value(x), places, negated, []),
    supremum(curve.value, places, values, []),
  ];
}

/** sup |φ'|: infinite at a jump and where the slope grows without bound. */
export function lipschitzOf(curve: ScalarCurve, { places, slopes }: CurveSamples): number {
  if (curve.kinks.some((kink) => jumpAt(curve, kink) !== 0)) return Infinity;
  return supremum((x) => Math.abs(curve.derivative(x)), places, slopes.map(Math.abs), curve.kinks);
}

/** The largest sample, refined between its neighbours; Infinity where the samples grow on towards either end or towards a kink. */
function supremum(
  f: (x: number) => number,
  places: Float64Array,
  values: Float64Array,
  kinks: readonly number[],
): number {
  const last = values.length - 1;
  let best = 0;
  for (let i = 1; i <= last; i++) if (values[i] > values[best]) best = i;
  const grows = (at: number, towards: 1 | -1): boolean => growsTowards(values, at, towards);
  if (values[best] > 1e100 || grows(last, 1) || grows(0, -1)) return Infinity;
  for (const kink of kinks) {
    const at = places.indexOf(kink);
    if (grows(at - 1, 1) || grows(at + 1, -1)) return Infinity;
  }
  // Far samples are too sparse to refine: an oscillation reaches its height near 0 as well.
  let near = places.findIndex((x) => x >= -core);
  for (let i = near; i <= last && places[i] <= core; i++) if (values[i] > values[near]) near = i;
  const refined = maximumBetween(f, places[Math.max(0, near - 1)], places[Math.min(last, near + 1)]).value;
  return Math.max(values[best], refined);
}

/** Whether the last samples before an end rise by steps that matter and do not shrink: as powers and logarithms do, and limits do not. */
function growsTowards(values: Float64Array, end: number, towards: 1 | -1): boolean {
  const steps = Array.from(
    { length: 8 },
    (_, k) => values[end - towards * k] - values[end - towards * (k + 1)],
  );
  return steps.every((s) => s > 0) && steps[0] > 0.5 * steps[7] && steps[0] > 1e-5 * Math.abs(values[end]);
}

/** The half lines on which |φ'| stays below `epsilon`: all of the line gives below = Infinity, above = -Infinity. */
export function saturationOf(curve: ScalarCurve, { places, slopes }: CurveSamples, epsilon: number): Sides {
  const isSteep = (x: number): boolean => Math.abs(curve.derivative(x)) >= epsilon;
  const first = slopes.findIndex((s) => Math.abs(s) >= epsilon);
  const last = slopes.findLastIndex((s) => Math.abs(s) >= epsilon);
  if (first === -1) return { below: Infinity, above: -Infinity };
  const edge = (steep: number, flat: number): number | null => {
    if (flat < 0 || flat === places.length) return null;
    const place = boundary(isSteep, places[steep], places[flat]);
    return (kinkAt(curve, place) ?? place) + 0;
  };
  return { below: edge(first, first - 1), above: edge(last, last + 1) };
}

/** The last double at which `holds`, on the way from a place where it does to one where it does not. */
function boundary(holds: (x: number) => boolean, from: number, to: number): number {
  let [yes, no] = [from, to];
  for (;;) {
    const middle = yes + (no - yes) / 2;
    if (middle === yes || middle === no) return yes;
    if (holds(middle)) yes = middle;
    else no = middle;
  }
}

/** The half lines beyond a kink on which φ' is exactly zero. A slope that underflows far out is not flat. */
export function flatSidesOf(curve: ScalarCurve, { places, slopes }: CurveSamples): Sides {
  const first = slopes.findIndex((s) => s !== 0);
  const last = slopes.findLastIndex((s) => s !== 0);
  if (first === -1) return { below: Infinity, above: -Infinity };
  return {
    below: first === 0 ? null : (kinkAt(curve, places[first]) ?? null),
    above: last === places.length - 1 ? null : (kinkAt(curve, places[last]) ?? null),
  };
}

export type Monotonicity = "increasing" | "decreasing" | "constant" | "none";

/** Whether the curve only rises or only falls; slopes below 1e-12 of the largest count as level. */
export function monotonicityOf(curve: ScalarCurve, { slopes }: CurveSamples): Monotonicity {
  const finite = slopes.filter(Number.isFinite);
  const level = 1e-12 * finite.reduce((most, s) => Math.max(most, Math.abs(s)), 0);
  const jumps = curve.kinks.map((kink) => jumpAt(curve, kink));
  const rises = slopes.some((s) => s > level) || jumps.some((jump) => jump > 0);
  const falls = slopes.some((s) => s < -level) || jumps.some((jump) => jump < 0);
  if (rises) return falls ? "none" : "increasing";
  return falls ? "decreasing" : "constant";
}

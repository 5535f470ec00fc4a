import type { Selection } from "./line.ts";

/** The outputs at one place. */
export type Outputs = Float64Array;

/** What `values` would be but for the rounding to single precision: the same from inputs in double precision. */
export interface Pair {
  readonly values: Outputs;
  readonly exact: Outputs;
}

const order = 4;
/** The places, as multiples of a small step, all on one side of the origin: a kink there must not count as noise. */
export const noisePlaces: readonly number[] = Array.from({ length: 12 }, (_, k) => k + 1);
// The noise is estimated from few differences: its standard deviation is taken four times.
const deviations = 4;

/**
 * How far off the weighted sum of outputs may be by rounding: measured, since cancellation inside a function cannot be seen from outside.
 *
 * Close together, a smooth function is a cubic to all digits: what is left in its fourth differences is noise.
 *
 * @param probes at `noisePlaces` times a small step, along any line
 * @param counts which outputs the line in question moves
 * @see Moré, Wild 2011, "Estimating computational noise"
 */
export function scatter(probes: readonly Outputs[], weights: Float64Array, counts: Selection): number {
  const sums = new Float64Array(probes.length);
  for (let k = 0; k < weights.length; k++) {
    if (!counts(k) || !probes.every((values) => Number.isFinite(values[k]))) continue;
    // Differences to the first keep the weighted sum itself from adding noise.
    for (let j = 0; j < probes.length; j++) sums[j] += weights[k] * (probes[j][k] - probes[0][k]);
  }
  return deviations * deviation(sums);
}

/** The largest distance of the weighted sum from what it is in double precision; 0 without pairs. */
export function excess(pairs: readonly Pair[], weights: Float64Array, counts: Selection): number {
  const distances = pairs.map(({ values, exact }) => {
    let distance = 0;
    for (let k = 0; k < weights.length; k++) {
      if (counts(k) && Number.isFinite(values[k] - exact[k])) distance += weights[k] * (values[k] - exact[k]);
    }
    return Math.abs(distance);
  });
  return Math.max(0, ...distances);
}

function deviation(sums: Float64Array): number {
  const differences = sums.slice();
  for (let round = 0; round < order; round++) {
    for (let j = 0; j + 1 < differences.length - round; j++)
      differences[j] = differences[j + 1] - differences[j];
  }
  const kept = differences.subarray(0, differences.length - order);
  // The variance of a fourth difference of independent numbers is that of one of them times the squares of 1, 4, 6, 4, 1.
  return Math.hypot(...kept) / Math.sqrt(70 * kept.length);
}

/** What a function gives at one place of a line. */
export interface Sample {
  /** How far from the origin, as it could be represented. */
  readonly step: number;
  /** All elements of all outputs, one after the other. */
  readonly values: Float64Array;
}

/** Whether an output, by its position, counts. */
export type Selection = (k: number) => boolean;

/** How far off one operation may be. */
export interface Rounding {
  /** In units of its result. */
  readonly relative: number;
  /** Where the result is so small that digits are lost. */
  readonly absolute: number;
}

/** A function of many numbers along a line through the point where its derivative is asked for. */
export interface Line {
  at(step: number): Sample;
  /** The weight of each output: the derivative of the weighted sum is what is measured. */
  readonly weights: Float64Array;
  /** The first and largest step. */
  readonly reach: number;
  /** The size of one unit of the inputs: a slope of zero is compared with the outputs over this. */
  readonly unit: number;
  readonly rounding: Rounding;
  /** The least size of the outputs that counts. */
  readonly smallest: number;
  /** How far off the weighted sum of some outputs is by rounding, as measured near the origin. */
  noise(counts: Selection): number;
}

/** The slope of the weighted sum between two places; NaN where an output that differs is not finite. */
export function quotient(weights: Float64Array, a: Sample, b: Sample): number {
  let total = 0;
  for (let k = 0; k < weights.length; k++) {
    // Outputs that stay where they are count as exactly still, infinite ones too.
    if (a.values[k] !== b.values[k]) total += weights[k] * (a.values[k] - b.values[k]);
  }
  return total / (a.step - b.step);
}

/** The root of the sum of squares of the weighted outputs that count, finite ones only. */
export function magnitudeOf(
  weights: Float64Array,
  { values }: Sample,
  counts: Selection = () => true,
): number {
  let [largest, squares] = [0, 0];
  for (let k = 0; k < weights.length; k++) {
    const size = Math.abs(weights[k] * values[k]);
    if (!(size > 0) || !Number.isFinite(size) || !counts(k)) continue;
    // The largest is taken out of the root: squares of small numbers vanish.
    if (size > largest) [largest, squares] = [size, squares * (largest / size) ** 2 + 1];
    else squares += (size / largest) ** 2;
  }
  return largest * Math.sqrt(squares);
}

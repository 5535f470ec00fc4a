import { sumOfSquares as squaresOfReals, studentTTail, type Tensor } from "@isograd/autograd";

/** Σ x², in double precision. */
export function sumOfSquares(x: Tensor): number {
  const values = fillsStorage(x) ? x.data : x.values();
  const isReal = values instanceof Float32Array || values instanceof Float64Array;
  return isReal ? squaresOfReals(values) : squaresOf(values);
}

function squaresOf(values: ArrayLike<number>): number {
  let sum = 0;
  for (let i = 0; i < values.length; i++) sum += values[i] * values[i];
  return sum;
}

/** Whether the elements are those of the array, each once, in whatever order: a transposed matrix need not be copied to be summed. */
export function fillsStorage({ data, size, shape, strides }: Tensor): boolean {
  if (data.length !== size) return false;
  for (let next = 1; next < size; ) {
    let axis = shape.length - 1;
    while (axis >= 0 && (strides[axis] !== next || shape[axis] === 1)) axis--;
    if (axis < 0) return false;
    next *= shape[axis];
  }
  return true;
}

export function meanOf(values: ArrayLike<number>): number {
  let sum = 0;
  for (let i = 0; i < values.length; i++) sum += values[i];
  return sum / values.length;
}

/** The upper one of two in the middle. */
export const medianOf = (values: readonly number[]): number =>
  values.toSorted((a, b) => a - b)[values.length >> 1];

/** The standard deviation with Bessel's correction. */
export function deviationOf(values: readonly number[]): number {
  const mean = meanOf(values);
  return Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (values.length - 1));
}

/** The law of a further value: a t law around `mean`, with a scale of its own on either side. */
export interface Prediction {
  readonly mean: number;
  /** The scale of the t law for values below the mean, and above it. */
  readonly below: number;
  readonly above: number;
  /** Degrees of freedom; infinite where the law is known. */
  readonly freedom: number;
}

/** Where a further draw from a normal law lies, after `values` were drawn. */
export function normalPrediction(values: readonly number[]): Prediction {
  const scale = deviationOf(values) * Math.sqrt(1 + 1 / values.length);
  return { mean: meanOf(values), below: scale, above: scale, freedom: values.length - 1 };
}

/**
 * The same for a law that may be skewed, as that of log |gradient|² in narrow networks: on each side the larger of the deviation and the root
 * mean square of the values on that side, with the degrees of freedom of half the values.
 */
export function skewedPrediction(values: readonly number[]): Prediction {
  const mean = meanOf(values);
  const widening = Math.sqrt(1 + 1 / values.length);
  const scaleOf = (side: readonly number[]): number =>
    Math.max(deviationOf(values), Math.sqrt(meanOf(side.map((value) => (value - mean) ** 2)))) * widening;
  return {
    mean,
    below: scaleOf(values.filter((value) => value <= mean)),
    above: scaleOf(values.filter((value) => value >= mean)),
    freedom: values.length / 2 - 1,
  };
}

/** How far out a value lies, in scales of its side, and how likely a further draw is to lie as far out on either side. */
export function judge(
  value: number,
  { mean, below, above, freedom }: Prediction,
): { readonly z: number; readonly pValue: number } {
  const z = value === mean ? 0 : (value - mean) / (value < mean ? below : above);
  return { z, pValue: Number.isNaN(z) ? Number.NaN : Math.min(1, 2 * studentTTail(Math.abs(z), freedom)) };
}

/** The interval that a further draw misses with probability `alpha`. */
export function predictionBand(
  { mean, below, above, freedom }: Prediction,
  alpha: number,
): [low: number, high: number] {
  const reach = quantile(alpha / 2, freedom);
  return [mean - reach * below, mean + reach * above];
}

/** The t that is exceeded with probability `tail`, by bisection. */
function quantile(tail: number, freedom: number): number {
  let [inside, outside] = [0, 1];
  while (studentTTail(outside, freedom) > tail) outside *= 2;
  for (let i = 0; i < 60; i++) {
    const middle = (inside + outside) / 2;
    if (studentTTail(middle, freedom) > tail) inside = middle;
    else outside = middle;
  }
  return outside;
}

/** Holm's step-down correction: p-values that hold for all tests together, in the order given. @see Holm 1979 */
export function holm(pValues: readonly number[]): number[] {
  const order = pValues.map((_, k) => k).sort((a, b) => pValues[a] - pValues[b]);
  const adjusted = new Array<number>(pValues.length);
  let floor = 0;
  order.forEach((k, rank) => {
    floor = Math.min(1, Math.max(floor, (pValues.length - rank) * pValues[k]));
    adjusted[k] = floor;
  });
  return adjusted;
}

/** The straight line through values at 0, 1, 2, …: how much they change a step. */
export function slopeOf(values: readonly number[]): number {
  const middle = (values.length - 1) / 2;
  const mean = meanOf(values);
  let [covariance, variance] = [0, 0];
  values.forEach((value, k) => {
    covariance += (k - middle) * (value - mean);
    variance += (k - middle) ** 2;
  });
  return covariance / variance;
}

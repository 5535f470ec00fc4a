import { ArgumentError, type Generator } from "@isograd/autograd";
import { classesOf } from "./classes.ts";
import type { Labels } from "./labels.ts";
import type { Sampler } from "./sampler.ts";

export interface WeightedOptions {
  /** How many rows a pass has; default: as many as there are weights. */
  readonly count?: number;
  /** Whether a row may come several times in a pass; default true. */
  readonly replacement?: boolean;
}

/**
 * Draws each row of a pass with a probability in proportion to its weight; without replacement, among the rows that are left.
 *
 * @param weights one a row, from 0 on; they need not add up to 1
 * @throws ArgumentError unless weights are finite and not negative, one at least is positive, and count is a whole number from 1 on, without
 *   replacement no more than there are positive weights
 * @see torch.utils.data.WeightedRandomSampler; Efraimidis, Spirakis 2006, "Weighted random sampling with a reservoir"
 * @example
 * weightedSampler([0, 1, 0], { count: 2 }).draw(new Generator(1)); // [1, 1]
 */
export function weightedSampler(weights: ArrayLike<number>, options: WeightedOptions = {}): Sampler {
  const { count = weights.length, replacement = true } = options;
  const own = Float64Array.from(weights);
  own.forEach((weight, row) => {
    if (!(weight >= 0 && weight < Number.POSITIVE_INFINITY))
      throw new ArgumentError("weightedSampler", `expected a finite weight from 0 on in row ${row}`, weight);
  });
  const positive = Int32Array.from(own.keys()).filter((row) => own[row] > 0);
  const most = replacement ? Number.POSITIVE_INFINITY : positive.length;
  if (positive.length === 0)
    throw new ArgumentError("weightedSampler", "expected a positive weight", own.length);
  if (!(Number.isInteger(count) && count >= 1 && count <= most))
    throw new ArgumentError(
      "weightedSampler",
      `expected a count that is a whole number from 1 ${replacement ? "on" : `to ${most}, the number of positive weights`}`,
      count,
    );
  const draw = replacement ? drawWithReplacement : drawWithoutReplacement;
  return { length: count, draw: (generator) => draw(positive, own, count, generator) };
}

function drawWithReplacement(
  rows: Int32Array,
  weights: Float64Array,
  count: number,
  generator: Generator,
): Int32Array {
  // By the largest weight, so that no sum overflows.
  const largest = rows.reduce((most, row) => Math.max(most, weights[row]), 0);
  const sums = new Float64Array(rows.length);
  let total = 0;
  rows.forEach((row, k) => {
    total += weights[row] / largest;
    sums[k] = total;
  });
  return Int32Array.from({ length: count }, () => {
    const place = generator.uniform() * total;
    let [low, high] = [0, rows.length - 1];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (sums[middle] > place) high = middle;
      else low = middle + 1;
    }
    return rows[low];
  });
}

/** The rows whose exponential waiting times, at rates that are the weights, end first. */
function drawWithoutReplacement(
  rows: Int32Array,
  weights: Float64Array,
  count: number,
  generator: Generator,
): Int32Array {
  // Logarithms of the times, which small weights do not let overflow.
  const times = new Float64Array(weights.length);
  for (const row of rows) times[row] = Math.log(-Math.log1p(-generator.uniform())) - Math.log(weights[row]);
  return rows.toSorted((a, b) => times[a] - times[b]).subarray(0, count);
}

/**
 * Draws each class as often as any other, and each row of a class as often as any other of it, with replacement.
 *
 * @param labels one a row
 * @throws ArgumentError if there are no labels, or count is not a whole number from 1 on
 * @example
 * const rare = batches({ inputs, labels }, { rows: balancedSampler(labels, { count: 100 }), batchSize: 10 });
 * rare.length; // 10
 */
export function balancedSampler(labels: Labels, { count }: Pick<WeightedOptions, "count"> = {}): Sampler {
  const classes = classesOf(labels);
  const codes = classes.encode(labels);
  const sizes = new Float64Array(classes.length);
  for (const code of codes) sizes[code]++;
  return weightedSampler(
    Float64Array.from(codes, (code) => 1 / sizes[code]),
    { count },
  );
}

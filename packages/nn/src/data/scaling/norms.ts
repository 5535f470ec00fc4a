import { ArgumentError } from "@isograd/autograd";
import type { Spread } from "./spread.ts";

/** What to subtract and what to divide by, for each column. */
export type Norm = (data: Spread) => { readonly shift: Float64Array; readonly scale: Float64Array };

/** Means, and deviations of the population: 1 where all numbers are the same. */
export const standard: Norm = (data) => {
  const { rows, lowest, highest } = data;
  const isConstant = (column: number): boolean => lowest[column] === highest[column];
  // In units of the range, so that no square overflows or vanishes.
  const unit = lowest.map((low, column) => (isConstant(column) ? 1 : highest[column] - low));
  const means = meansOf(data, (value, column) => (value - lowest[column]) / unit[column]);
  const squares = meansOf(
    data,
    (value, column) => ((value - lowest[column]) / unit[column] - means[column]) ** 2,
  );
  return {
    shift: means.map((mean, column) => lowest[column] + mean * unit[column]),
    scale: squares.map((square, column) => (isConstant(column) ? 1 : Math.sqrt(square) * unit[column])),
  };

  function meansOf({ each }: Spread, f: (value: number, column: number) => number): Float64Array {
    const [sums, lost] = [new Float64Array(lowest.length), new Float64Array(lowest.length)];
    each((value, column) => {
      // Kahan's summation: what rounding lost is added to the next term.
      const term = f(value, column) - lost[column];
      const sum = sums[column] + term;
      lost[column] = sum - sums[column] - term;
      sums[column] = sum;
    });
    return sums.map((sum) => sum / rows);
  }
};

/** The smallest number goes to `low`, the largest to `high`; where all are the same, to `low`. */
export function minMax([low, high]: readonly [number, number] = [0, 1]): Norm {
  if (!(low < high && Number.isFinite(high - low)))
    throw new ArgumentError("normalizer", "expected a range [low, high] with low < high", [low, high]);
  return ({ lowest, highest }) => {
    const scale = lowest.map((least, column) => (highest[column] - least || 1) / (high - low));
    return { shift: lowest.map((least, column) => least - low * scale[column]), scale };
  };
}

/** Medians, and the distance between two quantiles: 1 where they are the same. */
export function robust([low, high]: readonly [number, number] = [0.25, 0.75]): Norm {
  if (!(low >= 0 && low < high && high <= 1))
    throw new ArgumentError("normalizer", "expected quantiles with 0 <= low < high <= 1", [low, high]);
  return ({ rows, lowest, each }) => {
    const columns = Array.from(lowest, () => new Float64Array(rows));
    const filled = new Int32Array(columns.length);
    each((value, column) => {
      columns[column][filled[column]++] = value;
    });
    for (const column of columns) column.sort();
    return {
      shift: Float64Array.from(columns, (column) => quantile(column, 0.5)),
      scale: Float64Array.from(columns, (column) => quantile(column, high) - quantile(column, low) || 1),
    };
  };
}

/** Between the two numbers nearest to it, as numpy does. */
function quantile(sorted: Float64Array, share: number): number {
  const place = share * (sorted.length - 1);
  const below = Math.floor(place);
  const above = Math.min(below + 1, sorted.length - 1);
  return sorted[below] + (place - below) * (sorted[above] - sorted[below]);
}

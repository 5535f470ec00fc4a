import { ArgumentError } from "@isograd/autograd";

/** What to subtract from the numbers of a column, and what to divide by. */
export type Norm = (column: Float64Array) => { readonly shift: number; readonly scale: number };

/** The mean, and the deviation of the population: 1 where all numbers are the same. */
export const standard: Norm = (column) => {
  const [lowest, highest] = extremesOf(column);
  if (lowest === highest) return { shift: lowest, scale: 1 };
  // In units of the range, so that no square overflows or vanishes.
  const unit = highest - lowest;
  const mean = meanOf(column, (value) => (value - lowest) / unit);
  const square = meanOf(column, (value) => ((value - lowest) / unit - mean) ** 2);
  return { shift: lowest + mean * unit, scale: Math.sqrt(square) * unit };
};

/** The smallest number goes to `low`, the largest to `high`; where all are the same, to `low`. */
export function minMax([low, high]: readonly [number, number] = [0, 1]): Norm {
  if (!(low < high && Number.isFinite(high - low)))
    throw new ArgumentError("normalizer", "expected a range [low, high] with low < high", [low, high]);
  return (column) => {
    const [lowest, highest] = extremesOf(column);
    const scale = (highest - lowest || 1) / (high - low);
    return { shift: lowest - low * scale, scale };
  };
}

/** The median, and the distance between two quantiles: 1 where they are the same. */
export function robust([low, high]: readonly [number, number] = [0.25, 0.75]): Norm {
  if (!(low >= 0 && low < high && high <= 1))
    throw new ArgumentError("normalizer", "expected quantiles with 0 <= low < high <= 1", [low, high]);
  return (column) => {
    const sorted = column.toSorted();
    return {
      shift: quantile(sorted, 0.5),
      scale: quantile(sorted, high) - quantile(sorted, low) || 1,
    };
  };
}

export function extremesOf(column: Float64Array): readonly [lowest: number, highest: number] {
  let [lowest, highest] = [column[0], column[0]];
  for (let k = 1; k < column.length; k++) {
    if (column[k] < lowest) lowest = column[k];
    if (column[k] > highest) highest = column[k];
  }
  return [lowest, highest];
}

function meanOf(column: Float64Array, f: (value: number) => number): number {
  let [total, lost] = [0, 0];
  for (let k = 0; k < column.length; k++) {
    // Kahan's summation: what rounding lost is added to the next term.
    const term = f(column[k]) - lost;
    const sum = total + term;
    lost = sum - total - term;
    total = sum;
  }
  return total / column.length;
}

/** Between the two numbers nearest to it, as numpy does. */
function quantile(sorted: Float64Array, share: number): number {
  const place = share * (sorted.length - 1);
  const below = Math.floor(place);
  const above = Math.min(below + 1, sorted.length - 1);
  return sorted[below] + (place - below) * (sorted[above] - sorted[below]);
}

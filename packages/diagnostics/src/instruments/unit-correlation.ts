import { cast, movedim, reshape, type Tensor } from "@isograd/autograd";

/** How alike the units of a layer are. */
export interface UnitCorrelation {
  /** Channels of images, else the last axis. */
  readonly units: number;
  /** Units that never change: they have no correlation with any other. */
  readonly constant: number;
  /** The largest |correlation| of two units; NaN where fewer than two change. */
  readonly largest: number;
  /** The mean |correlation| of two units. */
  readonly mean: number;
  /** Units whose |correlation| with an earlier one is beyond the limit: they add nothing. */
  readonly duplicates: number;
}

/** @param x [batch, ..., units], or the units on `axis`; @param limit of |correlation|, for duplicates */
export function unitCorrelation(x: Tensor, axis: number, limit: number): UnitCorrelation {
  const units = x.shape[axis];
  const samples = x.size / units;
  const rows = reshape(movedim(cast(x, "f64"), axis, 0), [units, samples]).values();
  const standardized: Float64Array[] = [];
  for (let unit = 0; unit < units; unit++) {
    const row = standardize(rows.subarray(unit * samples, (unit + 1) * samples));
    if (row !== null) standardized.push(row);
  }
  const changing = standardized.length;
  const [largest, mean, duplicates] = comparePairs(standardized, limit);
  return { units, constant: units - changing, largest, mean, duplicates };
}

function comparePairs(
  rows: readonly Float64Array[],
  limit: number,
): [largest: number, mean: number, duplicates: number] {
  let [largest, total, duplicates] = [rows.length < 2 ? Number.NaN : 0, 0, 0];
  rows.forEach((row, i) => {
    let isDuplicate = false;
    for (let j = 0; j < i; j++) {
      let product = 0;
      for (let k = 0; k < row.length; k++) product += row[k] * rows[j][k];
      const size = Math.min(1, Math.abs(product));
      largest = Math.max(largest, size);
      total += size;
      if (size > limit) isDuplicate = true;
    }
    if (isDuplicate) duplicates++;
  });
  return [largest, total / ((rows.length * (rows.length - 1)) / 2), duplicates];
}

/** With mean 0 and length 1; null where the values do not differ beyond rounding. */
function standardize(values: ArrayLike<number>): Float64Array | null {
  const row = Float64Array.from(values as ArrayLike<number>);
  let [mean, largest] = [0, 0];
  for (const value of row) {
    mean += value / row.length;
    largest = Math.max(largest, Math.abs(value));
  }
  let square = 0;
  for (let k = 0; k < row.length; k++) {
    row[k] -= mean;
    square += row[k] * row[k];
  }
  const length = Math.sqrt(square);
  if (length <= 1e-12 * largest * Math.sqrt(row.length)) return null;
  return row.map((value) => value / length);
}

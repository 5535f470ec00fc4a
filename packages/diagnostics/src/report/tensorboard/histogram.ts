/** Counts of values between limits. */
export interface Histogram {
  readonly min: number;
  readonly max: number;
  readonly count: number;
  readonly sum: number;
  readonly sumSquares: number;
  /** The upper limit of each bucket, ascending; the first begins at `min`. */
  readonly limits: readonly number[];
  readonly counts: readonly number[];
}

let known: readonly number[] | undefined;

/** TensorFlow's: 0, and from 1e-12 on each a tenth larger than the one before, on both sides. */
function allLimits(): readonly number[] {
  if (known !== undefined) return known;
  const positive: number[] = [];
  for (let limit = 1e-12; limit < 1e20; limit *= 1.1) positive.push(limit);
  positive.push(Number.MAX_VALUE);
  known = [...positive.map((limit) => -limit).reverse(), 0, ...positive];
  return known;
}

/** Values that are not finite are left out. */
export function histogramOf(values: ArrayLike<number>): Histogram {
  const limits = allLimits();
  const counts = new Map<number, number>();
  let [min, max, count, sum, sumSquares] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, 0, 0, 0];
  for (let k = 0; k < values.length; k++) {
    const value = values[k];
    if (!Number.isFinite(value)) continue;
    const bucket = firstAbove(limits, value);
    counts.set(bucket, (counts.get(bucket) ?? 0) + 1);
    min = Math.min(min, value);
    max = Math.max(max, value);
    count++;
    sum += value;
    sumSquares += value * value;
  }
  if (count === 0) return { min: 0, max: 0, count, sum, sumSquares, limits: [], counts: [] };
  return { min, max, count, sum, sumSquares, ...between(counts, limits) };
}

/** The buckets that hold something, and one for each gap between them. */
function between(
  counts: ReadonlyMap<number, number>,
  limits: readonly number[],
): Pick<Histogram, "limits" | "counts"> {
  const found: Pick<Histogram, "limits" | "counts"> & { limits: number[]; counts: number[] } = {
    limits: [],
    counts: [],
  };
  let before: number | null = null;
  for (const [bucket, count] of [...counts].sort(([a], [b]) => a - b)) {
    if (before !== null && bucket > before + 1) {
      found.limits.push(limits[bucket - 1]);
      found.counts.push(0);
    }
    found.limits.push(limits[bucket]);
    found.counts.push(count);
    before = bucket;
  }
  return found;
}

/** The index of the first limit above a value: the last one for the largest of all. */
function firstAbove(limits: readonly number[], value: number): number {
  let [low, high] = [0, limits.length - 1];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (limits[middle] > value) high = middle;
    else low = middle + 1;
  }
  return low;
}

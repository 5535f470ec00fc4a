/** Rows of equal height in decades. */
export interface Scale {
  readonly rows: number;
  rowOf(value: number): number;
  /** The power of ten in the middle of the row; empty where that is none. */
  label(row: number): string;
}

const [mostRows, leastRows] = [18, 8];

/** Everything positive and finite fits, and 1 lies on a row's middle. */
export function scaleOf(values: readonly number[]): Scale {
  const logs = values
    .filter((value) => value > 0 && Number.isFinite(value))
    .map((value) => Math.log10(value));
  const lowest = logs.reduce((a, b) => Math.min(a, b), 0);
  const highest = logs.reduce((a, b) => Math.max(a, b), 0);
  const heights = [0.25, 0.5, 1, 2, 3, 5, 10, 20, 50];
  const fits = (height: number): boolean =>
    Math.round(highest / height) - Math.round(lowest / height) + 1 <= mostRows;
  const height = heights.find(fits) ?? 100;
  const bottom = Math.round(lowest / height);
  const rows = Math.max(leastRows, Math.round(highest / height) - bottom + 1);
  return {
    rows,
    rowOf: (value) => Math.round(Math.log10(value) / height) - bottom,
    label: (row) => {
      const exponent = (bottom + row) * height;
      return Number.isInteger(exponent) ? `1e${exponent}` : "";
    },
  };
}

/** The value below which the share of the sorted values lies, between neighbours in proportion. */
export function quantile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  const at = share * (sorted.length - 1);
  const below = Math.floor(at);
  const above = Math.min(below + 1, sorted.length - 1);
  return sorted[below] + (at - below) * (sorted[above] - sorted[below]);
}

export interface Summary {
  readonly median: number;
  /** From the first to the third quartile. */
  readonly quartiles: readonly [number, number];
}

export const summarize = (values: readonly number[]): Summary => ({
  median: quantile(values, 0.5),
  quartiles: [quantile(values, 0.25), quantile(values, 0.75)],
});

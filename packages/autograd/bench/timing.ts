// What the timings of kernels have in common: rounds of equal length, medians and their spread.

/** How often to run a task in a round; finding out warms it up. */
export function repeatsOf(run: () => void, roundMilliseconds: number): number {
  let repeats = 1;
  while (time(run, repeats) * repeats < roundMilliseconds && repeats < 2 ** 16) repeats *= 2;
  return repeats;
}

/** Milliseconds of one run. */
export function time(run: () => void, repeats: number): number {
  const start = performance.now();
  for (let k = 0; k < repeats; k++) run();
  return (performance.now() - start) / repeats;
}

export function summary(times: readonly number[]): { median: number; spread: string } {
  const sorted = [...times].sort((a, b) => a - b);
  const quantile = (q: number) => sorted[Math.round(q * (sorted.length - 1))];
  return {
    median: quantile(0.5),
    spread: ((50 * (quantile(0.75) - quantile(0.25))) / quantile(0.5)).toFixed(0),
  };
}

export function micro(milliseconds: number): string {
  return `${(1000 * milliseconds).toFixed(1).padStart(9)} µs`;
}

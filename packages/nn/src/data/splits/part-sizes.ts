import { ArgumentError } from "@isograd/autograd";

/** How much goes into a part: a share of all rows between 0 and 1, a number of rows from 1 on, or what the others leave. */
export type SplitPart = number | "rest";

/**
 * How many rows go into each part.
 *
 * @throws ArgumentError unless the parts are all rows, and each has one at least
 */
export function partSizes(
  operation: string,
  count: number,
  parts: Readonly<Record<string, SplitPart>>,
): number[] {
  const entries = Object.entries(parts);
  const isShare = (part: SplitPart): part is number => typeof part === "number" && part > 0 && part < 1;
  for (const [name, part] of entries)
    if (part !== "rest" && !isShare(part) && !(Number.isInteger(part) && part >= 1))
      throw new ArgumentError(operation, `expected ${name} to be a share, a number of rows, or "rest"`, part);
  const rests = entries.filter(([, part]) => part === "rest").length;
  if (entries.length === 0 || rests > 1)
    throw new ArgumentError(operation, "expected parts, and one rest at most", Object.keys(parts));

  const exact = entries.map(([, part]) => (isShare(part) ? part * count : part === "rest" ? 0 : part));
  const sizes = exact.map(Math.floor);
  // Shares that add up to 1 take all rows: what rounding down left goes to those that it took most from.
  const total = exact.reduce((sum, size) => sum + size, 0);
  let left = Math.round(total) - sizes.reduce((sum, size) => sum + size, 0);
  const byLoss = exact.map((_, k) => k).sort((a, b) => exact[b] - sizes[b] - (exact[a] - sizes[a]));
  for (const k of byLoss) if (left-- > 0) sizes[k]++;

  const taken = sizes.reduce((sum, size) => sum + size, 0);
  const isAll = Math.abs(total - count) < 1e-6;
  if (taken > count || (rests === 0 && !isAll))
    throw new ArgumentError(operation, `expected parts that add up to all ${count} rows`, total);
  return entries.map(([name, part], k) => {
    const size = part === "rest" ? count - taken : sizes[k];
    if (size === 0) throw new ArgumentError(operation, `expected rows enough for one in ${name}`, count);
    return size;
  });
}

import { deviationOf, meanOf } from "../statistics.ts";

/**
 * Where the mean of what is being observed lies: an interval that may be looked at after each observation, and with probability 1 - `alpha`
 * holds at all looks together.
 *
 * The observations need not be independent: it is the mean of what each was to be expected to be, given those before. Narrowest near
 * `tightest` observations; of fewer than ten it says nothing, since it leans on the central limit.
 *
 * @see Waudby-Smith, Arbour, Sinha, Kennedy, Ramdas 2024, "Time-uniform central limit theory and asymptotic confidence sequences"
 */
export function confidenceSequence(
  values: readonly number[],
  { alpha, tightest = 50 }: { readonly alpha: number; readonly tightest?: number },
): readonly [low: number, high: number] {
  const count = values.length;
  if (count < fewest) return [Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY];
  const [mean, reach] = [meanOf(values), deviationOf(values) * radius(count, alpha, tightest)];
  return [mean - reach, mean + reach];
}

const fewest = 10;

/** In standard deviations of one observation. */
function radius(count: number, alpha: number, tightest: number): number {
  const surprise = -2 * Math.log(alpha);
  const squaredScale = (surprise + Math.log(surprise) + 1) / tightest;
  const spread = count * squaredScale + 1;
  return Math.sqrt(((2 * spread) / (count ** 2 * squaredScale)) * Math.log(Math.sqrt(spread) / alpha));
}

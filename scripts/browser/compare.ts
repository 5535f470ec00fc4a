import type { Outcome, Series } from "./program/outcome.ts";

/** How far apart two hosts are. */
export interface Difference {
  readonly name: string;
  readonly count: number;
  /** How many of the numbers are not the same to the bit, but for the sign of a zero. */
  readonly unequal: number;
  /** The largest distance, in units of the largest number of the series. */
  readonly relative: number;
  readonly tolerated: boolean;
}

/**
 * Compares what two hosts computed, series by series.
 *
 * @param alike whether they have the same means, so that what is exact must be the same to the bit
 * @throws Error if they do not have the same series of the same length, or a number is not finite
 */
export function compare(ours: Outcome["series"], theirs: Outcome["series"], alike: boolean): Difference[] {
  const [names, wanted] = [Object.keys(ours).join(", "), Object.keys(theirs).join(", ")];
  if (names !== wanted || names === "") throw new Error(`expected the series ${wanted}, got ${names}`);
  return Object.entries(ours).map(([name, { values, bound, exact }]) => {
    const distance = distanceBetween(name, values, theirs[name].values);
    const tolerated = exact && alike ? distance.unequal === 0 : distance.relative <= bound;
    return { name, count: values.length, ...distance, tolerated };
  });
}

function distanceBetween(
  name: string,
  ours: Series["values"],
  theirs: Series["values"],
): Pick<Difference, "unequal" | "relative"> {
  if (ours.length !== theirs.length || ours.length === 0)
    throw new Error(`${name}: expected ${theirs.length} numbers and not none, got ${ours.length}`);
  let [unequal, distance, largest] = [0, 0, 0];
  for (let i = 0; i < ours.length; i++) {
    if (!Number.isFinite(ours[i]) || !Number.isFinite(theirs[i]))
      throw new Error(`${name}: expected finite numbers, got ${ours[i]} and ${theirs[i]} at ${i}`);
    if (ours[i] !== theirs[i]) unequal++;
    distance = Math.max(distance, Math.abs(ours[i] - theirs[i]));
    largest = Math.max(largest, Math.abs(theirs[i]));
  }
  return { unequal, relative: distance === 0 ? 0 : distance / largest };
}

/** In words: the same to the bit, or how far apart. */
export function words({ count, unequal, relative }: Difference): string {
  if (unequal === 0) return `${count} the same to the bit`;
  return `${unequal} of ${count} differ, by at most ${relative.toExponential(1)} of the largest`;
}

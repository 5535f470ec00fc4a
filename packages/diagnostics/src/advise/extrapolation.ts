import { meanOf } from "../statistics.ts";

/** Where a candidate is expected to stand at the end, up to what all have in common. */
export interface Extrapolation {
  readonly mean: number;
  readonly deviation: number;
}

/**
 * Predicts how candidates stand at the end from how they stood after each segment of their training so far.
 *
 * What the others gained on from where one is now is added to where it stands, and the difference to them is taken for a random walk in the
 * logarithm of the steps, whose size is that of the differences seen so far.
 *
 * @param standings of each candidate after each of its segments, one at least
 * @param segments  of a full training
 */
export function extrapolate(standings: readonly (readonly number[])[], segments: number): Extrapolation[] {
  const changes = changesOf(standings);
  const gains = changes.map(meanOf);
  const variance = walkOf(
    standings.map(([first]) => first),
    changes,
    segments,
  );
  return standings.map((own) => {
    const count = own.length;
    return {
      mean: gains.slice(count - 1).reduce((sum, gain) => sum + gain, own[count - 1]),
      deviation: Math.sqrt(variance * Math.log(segments / Math.min(segments, count))),
    };
  });
}

/** From the first standing to the second, and so on: the changes of those that went on from there. */
function changesOf(standings: readonly (readonly number[])[]): number[][] {
  const changes: number[][] = [];
  for (const own of standings)
    own.slice(1).forEach((standing, k) => {
      changes[k] ??= [];
      changes[k].push(standing - own[k]);
    });
  return changes;
}

/**
 * The variance of a difference per unit of log steps: the mean of what its changes say, and, counted as one more of them, of how far behind the
 * best the better half began.
 */
function walkOf(
  beginnings: readonly number[],
  changes: readonly (readonly number[])[],
  segments: number,
): number {
  const [best, ...others] = beginnings.toSorted((a, b) => b - a);
  // Of one alone nobody knows what is common.
  if (others.length === 0) return 0;
  const behind = others.slice(0, Math.ceil(others.length / 2)).map((value) => (best - value) ** 2);
  let [sum, count] = [meanOf(behind) / Math.log(segments), 1];
  changes.forEach((those, k) => {
    const mean = meanOf(those);
    const squares = those.map((change) => (change - mean) ** 2);
    sum += (meanOf(squares) * those.length) / Math.log((k + 2) / (k + 1));
    count += those.length - 1;
  });
  return sum / count;
}

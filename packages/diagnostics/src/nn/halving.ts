/** After how many steps the fewest are left behind. */
const first = 8;

/** From so many steps on the worse half is left behind even where nobody has learnt. */
const patience = 64;

/** As many go on, whatever the others do. */
const finalists = 3;

/** After how many steps those that are left are compared: each time twice as many, `steps` at most. */
export function rungsOf(steps: number): number[] {
  const rungs: number[] = [];
  for (let at = first; at < steps; at *= 2) rungs.push(at);
  return [...rungs, steps];
}

/** What successive halving asks of candidates. */
export interface Race<C> {
  /** Brings one to a rung. */
  readonly advance: (candidate: C, steps: number) => void;
  /** At a rung; lower is better, and who has NaN is out at once. */
  readonly lossOf: (candidate: C, steps: number) => number;
  /** Whether the one in front has learnt at all: before, ranks are noise. */
  readonly hasBegun: (leader: C, steps: number) => boolean;
  /** Whether the one in front shows enough for the others to be left at that. */
  readonly isDecided: (leader: C, steps: number) => boolean;
}

/**
 * Successive halving: all are brought to the first rung, the better half to the next, and so on, until it is decided. While nobody has learnt anything
 * nobody is left behind.
 *
 * @see Jamieson, Talwalkar 2016, "Non-stochastic best arm identification and hyperparameter optimization"
 */
export function halve<C>(
  candidates: readonly C[],
  rungs: readonly number[],
  { advance, lossOf, hasBegun, isDecided }: Race<C>,
): void {
  let left = candidates;
  for (const steps of rungs) {
    for (const candidate of left) advance(candidate, steps);
    const better = left
      .filter((candidate) => !Number.isNaN(lossOf(candidate, steps)))
      .sort((a, b) => lossOf(a, steps) - lossOf(b, steps));
    if (better.length === 0) return;
    const survivors = Math.max(finalists, Math.ceil(better.length / 2));
    left = steps >= patience || hasBegun(better[0], steps) ? better.slice(0, survivors) : better;
    if (left.length <= finalists && isDecided(left[0], steps)) return;
  }
}

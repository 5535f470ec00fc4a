import { binomialTail } from "@isograd/autograd";

/** How many of how many, and what that says of the chance behind it. */
export interface Rate {
  readonly count: number;
  readonly of: number;
  /** Null of none. */
  readonly share: number | null;
  /** Where the chance lies with 95 % confidence, two-sided. @see Clopper, Pearson 1934 */
  readonly interval: readonly [low: number, high: number];
  /** What the chance does not exceed with 95 % confidence, one-sided. */
  readonly bound: number;
}

export function rate(count: number, of: number): Rate {
  return {
    count,
    of,
    share: of === 0 ? null : count / of,
    interval: [lowerBound(count, of, 0.025), upperBound(count, of, 0.025)],
    bound: upperBound(count, of, 0.05),
  };
}

/** Of these, those for which it is so. */
export function rateOf<T>(all: readonly T[], is: (each: T) => boolean): Rate {
  return rate(all.filter(is).length, all.length);
}

/** The chance with which at most `count` of `of` have probability `alpha`. */
export function upperBound(count: number, of: number, alpha: number): number {
  return count >= of ? 1 : rootOf((p) => binomialTail(of, count + 1, p) - (1 - alpha));
}

/** The chance with which at least `count` of `of` have probability `alpha`. */
export function lowerBound(count: number, of: number, alpha: number): number {
  return count <= 0 ? 0 : rootOf((p) => binomialTail(of, count, p) - alpha);
}

/** Where a rising function of a chance passes 0, by bisection. */
function rootOf(f: (p: number) => number): number {
  let [low, high] = [0, 1];
  for (let step = 0; step < 60; step++) {
    const middle = (low + high) / 2;
    if (f(middle) < 0) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}

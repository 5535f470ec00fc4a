// Shape of a function of one number: its extremes, and where its slope dies away. All by sampling and refinement; nothing is assumed but
// that it does nothing new beyond ±64 other than go on as it does there.

const reach = 64;
const samples = 8192;
const far = [1e3, 1e4, 1e5] as const;

interface Curve {
  readonly value: (x: number) => number;
  readonly derivative: (x: number) => number;
  readonly kinks: readonly number[];
}

const grid = (k: number): number => -reach + (2 * reach * k) / samples;

/** The zero of a function that is negative at `low` and not negative at `high`, to the last bit. */
export function bisect(f: (x: number) => number, low: number, high: number): number {
  let [left, right] = [low, high];
  for (;;) {
    const middle = left + (right - left) / 2;
    if (middle <= left || middle >= right) return right;
    if (f(middle) < 0) left = middle;
    else right = middle;
  }
}

/** The largest value of `f` on the grid and beside the kinks, refined by golden section around the best sample. */
function largest(f: (x: number) => number, kinks: readonly number[]): number {
  let [best, at] = [-Infinity, 0];
  for (let k = 0; k <= samples; k++) {
    const value = f(grid(k));
    if (value > best) [best, at] = [value, grid(k)];
  }
  for (const kink of kinks) best = Math.max(best, f(kink), f(kink - 1e-9), f(kink + 1e-9));
  const ratio = (Math.sqrt(5) - 1) / 2;
  let [low, high] = [at - (2 * reach) / samples, at + (2 * reach) / samples];
  for (let step = 0; step < 80; step++) {
    const [a, b] = [high - ratio * (high - low), low + ratio * (high - low)];
    const [left, right] = [f(a), f(b)];
    best = Math.max(best, left, right);
    if (left > right) high = b;
    else low = a;
  }
  return best;
}

/** The supremum of `f`: beyond the grid it is its limit where it settles, infinite where it goes on growing. */
function supremum(f: (x: number) => number, kinks: readonly number[]): number {
  let best = largest(f, kinks);
  for (const sign of [-1, 1]) {
    const tail = far.map((x) => f(sign * x));
    if (tail.some(Number.isNaN)) continue;
    if (tail[2] > best && tail[2] - tail[1] > tail[1] - tail[0] + 1e-9 * Math.abs(tail[1])) return Number.POSITIVE_INFINITY;
    best = Math.max(best, ...tail);
  }
  return best;
}

export function rangeOf({ value, kinks }: Curve): readonly [number, number] {
  return [-supremum((x) => -value(x), kinks) + 0, supremum(value, kinks)];
}

export function largestSlope({ derivative, kinks }: Curve): number {
  return supremum((x) => Math.abs(derivative(x)), kinks);
}

/** The edge beyond which |φ'| < ε on one side (-1: below, 1: above); null where the slope does not die away there. */
export function saturationEdge({ derivative }: Curve, epsilon: number, side: 1 | -1): number | null {
  const excess = (x: number): number => Math.abs(derivative(x)) - epsilon;
  if (!(excess(side * reach) < 0)) return null;
  for (let k = 1; k <= samples; k++) {
    const x = side * grid(samples - k);
    if (excess(x) >= 0) return side * bisect((t) => -excess(side * t), side * x, side * x + (2 * reach) / samples) || 0;
  }
  return -side * Number.POSITIVE_INFINITY;
}

/** The kink beyond which φ' is exactly zero on one side; null where there is none. A slope that underflows far out is not flat. */
export function flatSide({ derivative, kinks }: Curve, side: 1 | -1): number | null {
  const edge = side < 0 ? kinks[0] : kinks[kinks.length - 1];
  if (edge === undefined) return null;
  for (const distance of [1e-6, 1e-3, 0.1, 1, 10, reach]) if (derivative(edge + side * distance) !== 0) return null;
  return edge;
}

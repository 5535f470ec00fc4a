/**
 * A root of a continuous f between two places where it has opposite signs, to the last digits.
 *
 * @see Chandrupatla 1997, "A new hybrid quadratic/bisection algorithm for finding the zero of a nonlinear function without using derivatives"
 */
export function rootBetween(f: (x: number) => number, start: number, end: number): number {
  let [a, b, c] = [end, start, start];
  let [fa, fb, fc] = [f(a), f(b), f(b)];
  let share = 0.5;
  for (;;) {
    const x = a + share * (b - a);
    const fx = f(x);
    if (Math.sign(fx) === Math.sign(fa)) [c, fc] = [a, fa];
    else [c, fc, b, fb] = [b, fb, a, fa];
    [a, fa] = [x, fx];
    const nearest = Math.abs(fa) < Math.abs(fb) ? a : b;
    const least = (2 * Number.EPSILON * Math.abs(nearest)) / Math.abs(b - a);
    if (!(least <= 0.5) || fa === 0 || fb === 0) return nearest;
    const xi = (a - b) / (c - b);
    const phi = (fa - fb) / (fc - fb);
    const interpolates = phi * phi < xi && (1 - phi) * (1 - phi) < 1 - xi;
    share = 0.5;
    if (interpolates)
      share = (fa / (fb - fa)) * (fc / (fb - fc)) + (((c - a) / (b - a)) * (fa / (fc - fa)) * fb) / (fc - fb);
    share = Math.min(1 - least, Math.max(least, share));
  }
}

/** Where f is largest between a and b, by golden sections: exact in value, in place to half the digits. */
export function maximumBetween(
  f: (x: number) => number,
  start: number,
  end: number,
): { place: number; value: number } {
  const golden = (Math.sqrt(5) - 1) / 2;
  let a = start;
  let b = end;
  let left = b - golden * (b - a);
  let right = a + golden * (b - a);
  let fLeft = f(left);
  let fRight = f(right);
  for (let k = 0; k < 60 && left < right; k++) {
    if (fLeft >= fRight) {
      b = right;
      right = left;
      fRight = fLeft;
      left = b - golden * (b - a);
      fLeft = f(left);
    } else {
      a = left;
      left = right;
      fLeft = fRight;
      right = a + golden * (b - a);
      fRight = f(right);
    }
  }
  return fLeft >= fRight ? { place: left, value: fLeft } : { place: right, value: fRight };
}

import type { ScalarCurve } from "./curve.ts";
import { gaussianMean } from "./gaussian-mean.ts";

/** E φ(u) φ(v) for u, v ~ N(0, q) with the given correlation. */
export function meanProduct({ value, kinks }: ScalarCurve, q: number, correlation: number): number {
  const law = { mean: 0, variance: q, kinks };
  if (Math.abs(correlation) === 1) return gaussianMean((x) => value(x) * value(correlation * x), law);
  const rest = q * (1 - correlation) * (1 + correlation);
  const conditional = (x: number): number =>
    gaussianMean(value, { mean: correlation * x, variance: rest, kinks });
  return gaussianMean((x) => value(x) * conditional(x), law);
}

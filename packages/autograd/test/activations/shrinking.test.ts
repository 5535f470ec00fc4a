import { expect, it } from "vitest";
import { hardshrink, softplus, softshrink, tanhshrink, tensor, threshold } from "../../src/index.ts";

const f64 = (...values: number[]) => tensor(values, { dtype: "f64" });

// x - tanh x to fifty digits, then rounded.
it.each([
  [1e-9, 3.3333333333333338e-28],
  [1e-5, 3.333333333200001e-16],
  [0.01, 3.333200005396607e-7],
  [0.3, 0.008687387548409094],
  [0.75, 0.11485104761271268],
  [0.999, 0.23782613833943006],
  [1, 0.23840584404423512],
  [1.5, 0.5948517463551336],
  [20, 19],
])("tanhshrink(%s) keeps its digits", (x, expected) => {
  for (const sign of [1, -1]) {
    const value = tanhshrink(f64(sign * x)).item();
    expect(Math.abs(value - sign * expected)).toBeLessThanOrEqual(6e-16 * expected);
  }
});

it("keeps everything where the limit is negative, and cuts exactly at the limit", () => {
  expect(
    hardshrink
      .with({ lambda: -1 })(f64(-0.5, 0, 2))
      .toArray(),
  ).toEqual([-0.5, 0, 2]);
  expect(hardshrink(f64(-0.6, -0.5, 0.5, 0.6)).toArray()).toEqual([-0.6, 0, 0, 0.6]);
  expect(softshrink(f64(-1.5, -0.5, 0.25, 0.75)).toArray()).toEqual([-1, 0, 0, 0.25]);
});

it("jumps to the value at the threshold", () => {
  const step = threshold.with({ threshold: 1, value: -7 });
  expect(step(f64(0.5, 1, 1.5, Number.NaN)).toArray()).toEqual([-7, -7, 1.5, Number.NaN]);
});

it("turns straight above the threshold of softplus, and nowhere by default", () => {
  const cut = softplus.with({ beta: 2, threshold: 3 });
  expect(cut(f64(1.5, 1.6)).toArray()).toEqual([softplus.with({ beta: 2 })(f64(1.5)).item(), 1.6]);
  expect(softplus(f64(30)).item()).toBeGreaterThan(30);
});

import { describe, expect, it } from "vitest";
import { exponential, exponentialAlong } from "../../../src/kernels/linalg/matrix-exp.ts";
import { drawn, largest, roundings, times } from "./matrices.ts";

describe("exponential", () => {
  it.each([1e-8, 0.3, 3, 30, 1000])("turns a plane by %f", (angle) => {
    const found = exponential(Float64Array.of(0, -angle, angle, 0), 2);
    const [c, s] = [Math.cos(angle), Math.sin(angle)];
    // The angle itself is known to a rounding of its size.
    expect(roundings(found, Float64Array.of(c, -s, s, c))).toBeLessThan(8 + 8 * angle);
  });

  it("is exact for nilpotent matrices, and the identity for zeros", () => {
    expect([...exponential(Float64Array.of(0, 2, 3, 0, 0, 4, 0, 0, 0), 3)]).toEqual([
      1, 2, 7, 0, 1, 4, 0, 0, 1,
    ]);
    expect([...exponential(new Float64Array(4), 2)]).toEqual([1, 0, 0, 1]);
    expect(exponential(new Float64Array(0), 0)).toHaveLength(0);
  });

  it("is the exponential of each eigenvalue", () => {
    for (const x of [-700, -5.2, -1, 0.1, 5, 6, 100, 700]) {
      expect(exponential(Float64Array.of(x), 1)[0] / Math.exp(x)).toBeCloseTo(1, 11);
    }
  });

  it("has the inverse that the opposite has", () => {
    const a = drawn(5, 5, 3);
    const product = times(
      exponential(a, 5),
      exponential(
        a.map((x) => -x),
        5,
      ),
      5,
      5,
      5,
    );
    product.forEach((x, at) => {
      expect(x).toBeCloseTo(Number(at % 6 === 0), 11);
    });
  });

  it("is NaN where an element is not finite", () => {
    expect(exponential(Float64Array.of(1, Number.NaN, 0, 1), 2).every(Number.isNaN)).toBe(true);
  });
});

describe("exponentialAlong", () => {
  it("is what a small step changes, and linear to the bit in powers of two", () => {
    const [a, d] = [drawn(4, 4, 1), drawn(4, 4, 2)];
    const found = exponentialAlong(a, d, 4);
    const step = 1e-5;
    const [up, down] = [1, -1].map((sign) =>
      exponential(
        a.map((x, k) => x + sign * step * d[k]),
        4,
      ),
    );
    const difference = up.map((x, k) => (x - down[k]) / (2 * step));
    expect(largest(difference.map((x, k) => x - found[k]))).toBeLessThan(1e-8 * largest(found));
    const scaled = exponentialAlong(
      a,
      d.map((x) => x * 2 ** 40),
      4,
    );
    expect(scaled).toEqual(found.map((x) => x * 2 ** 40));
  });

  it("is zero along nothing", () => {
    expect(exponentialAlong(drawn(2, 2, 1), new Float64Array(4), 2)).toEqual(new Float64Array(4));
  });
});

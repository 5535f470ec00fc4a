import { describe, expect, it } from "vitest";
import { factorCholesky } from "../../../src/kernels/linalg/cholesky.ts";
import { drawn, roundings, times, turned } from "./matrices.ts";

describe("factorCholesky", () => {
  it.each([0, 1, 2, 5, 20])("gives the factor of a matrix of order %i, reading its lower triangle", (n) => {
    const l = drawn(n, n, 4).map((x, at) => {
      const [i, j] = [Math.floor(at / n), at % n];
      return j > i ? 0 : j === i ? Math.abs(x) + 1 : x / n;
    });
    const a = times(l, turned(l, n, n), n, n, n).map((x, at) => (at % n > Math.floor(at / n) ? 99 : x));
    expect(factorCholesky(a, n)).toBe(0);
    expect(roundings(a, l)).toBeLessThan(20);
  });

  it("says which leading part is not positive definite", () => {
    expect(factorCholesky(Float64Array.of(-1), 1)).toBe(1);
    expect(factorCholesky(Float64Array.of(4, 0, 2, 1), 2)).toBe(2);
    const indefinite = Float64Array.of(1, 0, 2, 1);
    expect(factorCholesky(indefinite, 2)).toBe(2);
    expect(indefinite.every(Number.isNaN)).toBe(true);
  });

  it("lets NaN through", () => {
    const a = Float64Array.of(1, 0, 0, Number.NaN);
    expect(factorCholesky(a, 2)).toBe(0);
    expect([...a]).toEqual([1, 0, 0, Number.NaN]);
  });
});

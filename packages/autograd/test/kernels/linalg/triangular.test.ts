import { expect, it } from "vitest";
import { solveTriangle } from "../../../src/kernels/linalg/triangular.ts";
import { drawn, roundings, times } from "./matrices.ts";

it.each([
  { upper: false, unitriangular: false },
  { upper: false, unitriangular: true },
  { upper: true, unitriangular: false },
  { upper: true, unitriangular: true },
])("solves with the part of a matrix that counts: %o", ({ upper, unitriangular }) => {
  const [n, k] = [6, 2];
  const whole = drawn(n, n, 7).map((x, at) => (at % (n + 1) === 0 ? x + Math.sign(x) * 3 : x));
  const triangle = whole.map((x, at) => {
    const [i, j] = [Math.floor(at / n), at % n];
    if (i === j) return unitriangular ? 1 : x;
    return j > i === upper ? x : 0;
  });
  const x = drawn(n, k, 8);
  const b = times(triangle, x, n, n, k);
  solveTriangle(whole, n, b, k, { upper, unitriangular });
  expect(roundings(b, x)).toBeLessThan(2000);
});

it("divides by a zero on the diagonal as IEEE arithmetic says", () => {
  const b = Float64Array.of(1, 0);
  solveTriangle(Float64Array.of(0), 1, b, 2, { upper: false, unitriangular: false });
  expect([...b]).toEqual([Number.POSITIVE_INFINITY, Number.NaN]);
});

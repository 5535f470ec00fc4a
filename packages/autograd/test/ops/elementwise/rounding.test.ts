import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  add,
  type Binary,
  backward,
  ceil,
  floor,
  floorDivide,
  fmod,
  frac,
  mul,
  parameter,
  remainder,
  round,
  sum,
  type Tensor,
  tensor,
  trunc,
  truncDivide,
} from "../../../src/index.ts";

const { NaN: nan, POSITIVE_INFINITY: inf } = Number;
const f64 = (values: Parameters<typeof tensor>[0]): Tensor => tensor(values, { dtype: "f64" });
const number = fc.integer({ min: -4000, max: 4000 }).map((n) => n / 1024);

describe("rounding", () => {
  it("follows IEEE 754, signs of zero too", () => {
    const x = f64([-2.5, -1.5, -0.5, -0, 0.5, 1.5, 2.5, 1e300, inf, nan]);
    expect(round(x).toArray()).toEqual([-2, -2, -0, -0, 0, 2, 2, 1e300, inf, nan]);
    expect(floor(x).toArray()).toEqual([-3, -2, -1, -0, 0, 1, 2, 1e300, inf, nan]);
    expect(ceil(x).toArray()).toEqual([-2, -1, -0, -0, 1, 2, 3, 1e300, inf, nan]);
    expect(trunc(x).toArray()).toEqual([-2, -1, -0, -0, 0, 1, 2, 1e300, inf, nan]);
    expect(frac(x).toArray()).toEqual([-0.5, -0.5, -0.5, 0, 0.5, 0.5, 0.5, 0, nan, nan]);
    expect(round(f64([0.49999999999999994, 4503599627370495.5])).toArray()).toEqual([0, 4503599627370496]);
  });

  it("rounds to digits behind the point and before it, and keeps what would overflow", () => {
    expect(round(f64([0.125, -2.675, 1e300, inf, nan]), 2).toArray()).toEqual([0.12, -2.68, 1e300, inf, nan]);
    expect(round(f64([1500, 2500, -1234]), -3).toArray()).toEqual([2000, 2000, -1000]);
    expect(() => round(1, 0.5)).toThrowErrorMatchingInlineSnapshot(
      `[ArgumentError: round: expected a whole number of decimals, got 0.5]`,
    );
  });
});

describe("division with remainder", () => {
  const pairs: [number, number, floor: number, trunc: number, remainder: number, fmod: number][] = [
    [5, 3, 1, 1, 2, 2],
    [-5, 3, -2, -1, 1, -2],
    [5, -3, -2, -1, -1, 2],
    [-6, 3, -2, -2, -0, -0],
    [1, 0.1, 9, 10, 0.09999999999999995, 0.09999999999999995],
    [5, 0, inf, inf, nan, nan],
    [-5, 0, -inf, -inf, nan, nan],
    [-1, inf, -1, -0, inf, -1],
    [inf, 2, nan, inf, nan, nan],
    [nan, 1, nan, nan, nan, nan],
  ];

  it.each(pairs)("of %s by %s has PyTorch's values", (a, b, ...expected) => {
    const results = [floorDivide, truncDivide, remainder, fmod].map((f: Binary) => f(f64(a), f64(b)).item());
    expect(results).toEqual(expected);
  });

  it("gives back what was divided", () => {
    fc.assert(
      fc.property(number, number, (a, b) => {
        if (b === 0) return;
        const [x, y] = [f64(a), f64(b)];
        expect(add(mul(floorDivide(x, y), y), remainder(x, y)).item()).toBeCloseTo(a, 12);
        expect(add(mul(truncDivide(x, y), y), fmod(x, y)).item()).toBeCloseTo(a, 12);
      }),
    );
  });

  it("has the quotient, negated, as derivative to the divisor", () => {
    const [a, b] = [parameter(f64([5, -5])), parameter(f64([3, 3]))];
    backward(sum(remainder(a, b)));
    expect([a.grad?.toArray(), b.grad?.toArray()]).toEqual([
      [1, 1],
      [-1, 2],
    ]);
    const [c, d] = [parameter(f64([5, -5])), parameter(f64([3, 3]))];
    backward(sum(fmod(c, d)));
    expect([c.grad?.toArray(), d.grad?.toArray()]).toEqual([
      [1, 1],
      [-1, 1],
    ]);
  });

  it("keeps whole numbers whole, and has no infinity for them", () => {
    const [a, b] = [tensor([7, -7], { dtype: "i32" }), tensor([2, 2], { dtype: "i32" })];
    const quotient = floorDivide(a, b);
    expect([quotient.dtype, quotient.toArray()]).toEqual(["i32", [3, -4]]);
    expect(remainder(a, 3).toArray()).toEqual([1, 2]);
    expect(remainder(a, 2.5).toArray()).toEqual([2, 0.5]);
    expect(() => floorDivide(a, 0)).toThrowErrorMatchingInlineSnapshot(
      `[ArgumentError: floorDivide: expected no 0 among whole divisors, got 0]`,
    );
    expect(() => fmod(a, tensor([1, 0], { dtype: "i32" }))).toThrow("whole divisors");
  });
});

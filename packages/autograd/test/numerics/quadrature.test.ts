import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { IsogradError } from "../../src/errors.ts";
import { integrate } from "../../src/numerics/quadrature.ts";

describe("integrate", () => {
  it("is exact for polynomials of degree 31", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 31 }),
        fc.integer({ min: -3000, max: 3000 }),
        (degree, thousandths) => {
          const [low, high] = [thousandths / 1000, thousandths / 1000 + 1.5];
          const exact = (high ** (degree + 1) - low ** (degree + 1)) / (degree + 1);
          const size = Math.max(Math.abs(low), Math.abs(high)) ** degree;
          expect(Math.abs(integrate((x) => x ** degree, [low, high]) - exact)).toBeLessThan(
            2e-14 * (1 + size),
          );
        },
      ),
    );
  });

  it("settles sharp features, singular ends and jumps that are not named", () => {
    expect(integrate((x) => 1 / (x * x + 1e-8), [-1, 1])).toBeCloseTo(2e4 * Math.atan(1e4), 8);
    expect(integrate((x) => 1 / Math.sqrt(x), [0, 1])).toBeCloseTo(2, 12);
    expect(integrate((x) => (x < 1 / 3 ? 0 : 1), [0, 1])).toBeCloseTo(2 / 3, 13);
    expect(integrate(Math.log, [0, 1])).toBeCloseTo(-1, 13);
  });

  it("adds the panels between the points, empty ones included", () => {
    let calls = 0;
    const jump = (x: number): number => {
      calls++;
      return x < 0.3 ? 1 : 5;
    };
    expect(integrate(jump, [0, 0.3, 0.3, 1])).toBeCloseTo(3.8, 14);
    expect(calls).toBe(42);
    expect(integrate(jump, [1])).toBe(0);
  });

  it("says so where nothing settles", () => {
    expect(() => integrate((x) => Math.sin(1e6 * x), [0, 1])).toThrow(IsogradError);
    expect(() => integrate((x) => Math.sin(1e6 * x), [0, 1])).toThrow(/does not settle near 0\.\d+/);
  });
});

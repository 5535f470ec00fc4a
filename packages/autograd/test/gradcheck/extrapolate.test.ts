import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { extrapolate, unknown } from "../../src/gradcheck/extrapolate.ts";
import { magnitudeOf, quotient } from "../../src/gradcheck/line.ts";
import { excess, noisePlaces, scatter } from "../../src/gradcheck/noise.ts";

const halved = (f: (h: number) => number, from = 0.25, count = 7): number[] =>
  Array.from({ length: count }, (_, row) => f(from / 2 ** row));
const silence = (count: number): number[] => new Array<number>(count).fill(0);

describe("extrapolation", () => {
  it("finds the limit of a series in all powers, and in even ones", () => {
    const all = extrapolate(
      halved((h) => Math.expm1(h) / h),
      silence(7),
      1,
    );
    expect(Math.abs(all.value - 1)).toBeLessThanOrEqual(all.bar);
    expect(all.bar).toBeLessThan(1e-9);
    const even = extrapolate(
      halved((h) => Math.sin(h) / h),
      silence(7),
      2,
    );
    expect(Math.abs(even.value - 1)).toBeLessThanOrEqual(even.bar + 1e-15);
    expect(even.bar).toBeLessThan(1e-12);
  });

  it("is exact for polynomials", () => {
    expect(extrapolate([5, 5, 5], silence(3), 1)).toEqual({ value: 5, bar: 0 });
    const { value } = extrapolate(
      halved((h) => 2 + 3 * h - h * h, 1, 5),
      silence(5),
      1,
    );
    expect(value).toBeCloseTo(2, 14);
  });

  it("adds the noise of the rows as it amplifies it", () => {
    const quiet = extrapolate([1, 1, 1], silence(3), 1);
    const loud = extrapolate([1, 1, 1], [1e-6, 1e-6, 1e-6], 1);
    expect(quiet.bar).toBe(0);
    expect(loud.bar).toBeGreaterThan(1e-6);
    expect(loud.bar).toBeLessThan(1e-5);
  });

  it("widens the bar when smaller steps contradict", () => {
    // Flat at first, then something else: the agreement of the first rows was chance.
    const { value, bar } = extrapolate([0, 0, 0, 0, 200, 230, 245], silence(7), 1);
    expect(Math.abs(value - 250)).toBeLessThanOrEqual(bar + 10);
    expect(bar).toBeGreaterThan(100);
  });

  it("knows nothing from a single row", () => {
    expect(extrapolate([1], [0], 1)).toEqual(unknown);
    expect(extrapolate([], [], 2).bar).toBe(Number.POSITIVE_INFINITY);
  });

  it("has honest bars for smooth functions", () => {
    const functions: [(x: number) => number, (x: number) => number][] = [
      [Math.exp, Math.exp],
      [Math.sin, Math.cos],
      [Math.atan, (x) => 1 / (1 + x * x)],
      [(x) => 1 / (1 + 25 * x * x), (x) => (-50 * x) / (1 + 25 * x * x) ** 2],
    ];
    const place = fc.integer({ min: -3000, max: 3000 }).map((n) => n / 1000);
    fc.assert(
      fc.property(
        fc.constantFrom(...functions),
        place,
        fc.constantFrom(1 / 16, 1 / 512),
        ([f, slope], x, from) => {
          const noise = halved((h) => (2 * 2 ** -53 * (Math.abs(f(x)) + 1)) / h, from);
          const { value, bar } = extrapolate(
            halved((h) => (f(x + h) - f(x - h)) / (x + h - (x - h)), from),
            noise,
            2,
          );
          expect(Math.abs(value - slope(x))).toBeLessThanOrEqual(bar);
        },
      ),
    );
  });
});

describe("quotients", () => {
  const at = (step: number, ...values: number[]) => ({ step, values: Float64Array.from(values) });
  const weights = Float64Array.of(1, -2);

  it("weigh the outputs, those that stand still exactly", () => {
    expect(quotient(weights, at(0.5, 3, 1), at(-0.5, 1, 1))).toBe(2);
    expect(quotient(weights, at(1, 1, Number.POSITIVE_INFINITY), at(0, 0, Number.POSITIVE_INFINITY))).toBe(1);
    expect(quotient(weights, at(1, 1, Number.NaN), at(0, 0, 1))).toBeNaN();
  });

  it("have a magnitude, of small numbers too", () => {
    expect(magnitudeOf(weights, at(0, 3, 2))).toBe(5);
    expect(magnitudeOf(weights, at(0, 3e-200, 2e-200)) / 5e-200).toBeCloseTo(1, 14);
    expect(magnitudeOf(weights, at(0, Number.NaN, 2))).toBe(4);
    expect(magnitudeOf(weights, at(0, 3, 2), (k) => k === 0)).toBe(3);
    expect(magnitudeOf(weights, at(0, 0, -0))).toBe(0);
  });
});

describe("noise", () => {
  const probes = (f: (x: number) => number) => noisePlaces.map((place) => Float64Array.of(f(place * 1e-8)));
  const one = Float64Array.of(1);
  const all = () => true;

  it("is none of a cubic, and of the right size for what rounds", () => {
    expect(
      scatter(
        probes((x) => 1 + x),
        one,
        all,
      ),
    ).toBeLessThan(1e-15);
    const cancelling = scatter(
      probes((x) => 0.3 + 1.7 * x + 1e4 - 1e4),
      one,
      all,
    );
    expect(cancelling).toBeGreaterThan(1e-13);
    expect(cancelling).toBeLessThan(1e-10);
    expect(
      scatter(
        probes((x) => 0.3 + 1.7 * x + 1e4 - 1e4),
        one,
        () => false,
      ),
    ).toBe(0);
  });

  it("tells how far single precision is off", () => {
    const pair = (values: number, exact: number) => ({
      values: Float64Array.of(values),
      exact: Float64Array.of(exact),
    });
    expect(excess([pair(Math.fround(0.1), 0.1), pair(1, 1)], one, all)).toBe(
      Math.abs(Math.fround(0.1) - 0.1),
    );
    expect(excess([pair(Number.NaN, 1)], one, all)).toBe(0);
    expect(excess([], one, all)).toBe(0);
  });
});

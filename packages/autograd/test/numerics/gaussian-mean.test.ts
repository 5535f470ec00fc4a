import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { gaussianMean } from "../../src/numerics/gaussian-mean.ts";
import { normalCdf, normalDensity, normalTail } from "../../src/numerics/normal.ts";

const law = (variance = 1, mean = 0, ...kinks: number[]) => ({ mean, variance, kinks });

describe("gaussianMean", () => {
  it("knows the moments of the normal law", () => {
    for (const variance of [1e-12, 0.3, 1, 50, 1e10]) {
      const moments = [0, 2, 4, 6].map(
        (k) => gaussianMean((x) => x ** k, law(variance)) / variance ** (k / 2),
      );
      for (const [i, moment] of moments.entries()) expect(moment / [1, 1, 3, 15][i]).toBeCloseTo(1, 13);
    }
  });

  it("splits at kinks wherever scale and mean move them", () => {
    const arbitrary = fc.integer({ min: -4000, max: 4000 }).map((n) => n / 1000);
    fc.assert(
      fc.property(arbitrary, arbitrary, fc.integer({ min: 1, max: 9000 }), (kink, mean, thousandths) => {
        const deviation = thousandths / 1000;
        const z = (mean - kink) / deviation;
        const exact = deviation * (z * normalCdf(z) + normalDensity(z));
        const actual = gaussianMean((x) => Math.max(0, x - kink), law(deviation ** 2, mean, kink));
        expect(Math.abs(actual - exact)).toBeLessThan(1e-13 * exact + 1e-15 * deviation);
      }),
    );
  });

  it("follows a kink far into the tail", () => {
    expect(gaussianMean((x) => (x > 20 ? 1 : 0), law(1, 0, 20)) / normalTail(20)).toBeCloseTo(1, 12);
    expect(gaussianMean((x) => (x > 50 ? 1 : 0), law(1, 0, 50))).toBe(0);
  });

  it("sees features on the scale of x under a law that is far wider", () => {
    for (const variance of [1e4, 1e8, 1e12]) {
      const mean = gaussianMean((x) => 1 / Math.cosh(x) ** 2, law(variance));
      expect(mean / (2 / Math.sqrt(2 * Math.PI * variance))).toBeCloseTo(1, 3);
    }
  });

  it("hands the standard normal draw over beside x", () => {
    expect(gaussianMean((x, z) => x * z, law(9, 2))).toBeCloseTo(3, 13);
  });

  it("follows growth that the density outweighs, and tells the other", () => {
    expect(gaussianMean((x) => Math.exp(20 * x), law()) / Math.exp(200)).toBeCloseTo(1, 13);
    expect(gaussianMean((x) => Math.exp(0.45 * x * x), law())).toBeCloseTo(Math.sqrt(10), 13);
    expect(gaussianMean((x) => Math.exp(0.5 * x * x), law())).toBe(Infinity);
    expect(gaussianMean((x) => -Math.exp(x * x), law())).toBe(-Infinity);
    expect(gaussianMean((x) => Math.sign(x) * Math.exp(x * x), law(1, 0, 0))).toBeNaN();
    expect(gaussianMean((x) => Math.exp(40 * x), law())).toBe(Infinity); // e^800
  });

  it("is the limit from above at variance 0", () => {
    const step = (x: number): number => (x > 3 ? 1 : 0);
    expect(gaussianMean(step, law(0, 3, 3))).toBe(0.5);
    expect(gaussianMean(step, law(0, 4, 3))).toBe(1);
  });

  it("names the place where the function is no number, if the law goes there", () => {
    const broken = (x: number): number => (Math.abs(x) > 700 ? Number.NaN : 1);
    expect(gaussianMean(broken, law(900))).toBeCloseTo(1, 13);
    expect(() => gaussianMean(broken, law(10_000))).toThrow(
      "gaussianMean: expected a number at x = -1000, got NaN",
    );
    expect(() => gaussianMean((x) => (x === 2 ? Number.NaN : x), law(0, 2))).toThrow("at x = 2");
  });

  it("refuses a law that is none", () => {
    const one = (): number => 1;
    expect(() => gaussianMean(one, law(-1))).toThrow("gaussianMean: expected a finite variance >= 0, got -1");
    expect(() => gaussianMean(one, law(Number.NaN))).toThrow("variance");
    expect(() => gaussianMean(one, law(1, Infinity))).toThrow(
      "gaussianMean: expected a finite mean, got Infinity",
    );
  });
});

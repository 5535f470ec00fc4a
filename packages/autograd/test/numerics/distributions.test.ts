import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { ArgumentError } from "../../src/errors.ts";
import { betaInc } from "../../src/numerics/beta-inc.ts";
import { binomialCdf, binomialTail } from "../../src/numerics/binomial.ts";
import { gammaInc, gammaIncUpper } from "../../src/numerics/gamma-inc.ts";
import { logSigmoid, sigmoid } from "../../src/numerics/logistic.ts";
import { logNormalCdf, normalCdf, normalQuantile, normalTail } from "../../src/numerics/normal.ts";
import { studentTCdf, studentTTail } from "../../src/numerics/student-t.ts";

const shape = fc.integer({ min: 1, max: 50_000 }).map((n) => n / 1000);
const share = fc.integer({ min: 1, max: 999 }).map((n) => n / 1000);

describe("logistic", () => {
  it("keeps both tails", () => {
    expect([sigmoid(-Infinity), sigmoid(Infinity), sigmoid(0), sigmoid(-800)]).toEqual([0, 1, 0.5, 0]);
    expect(sigmoid(-740)).toBeGreaterThan(0);
    expect([logSigmoid(-1000), logSigmoid(Infinity), logSigmoid(-Infinity)]).toEqual([-1000, -0, -Infinity]);
    expect(logSigmoid(40)).toBeCloseTo(-4.248354255291589e-18, 30);
  });
});

describe("normal", () => {
  it("has its limits and its domain", () => {
    expect([normalCdf(-Infinity), normalCdf(Infinity), normalCdf(0), normalTail(Infinity)]).toEqual([
      0, 1, 0.5, 0,
    ]);
    expect([logNormalCdf(-Infinity), logNormalCdf(Infinity)]).toEqual([-Infinity, -0]);
    expect(logNormalCdf(-1e10)).toBe(-5e19);
    expect([normalQuantile(0), normalQuantile(1), normalQuantile(0.5)]).toEqual([-Infinity, Infinity, 0]);
    expect([normalQuantile(-0.1), normalQuantile(1.1)]).toEqual([Number.NaN, Number.NaN]);
  });

  it("is undone by the quantile, deep into the tail", () => {
    fc.assert(
      fc.property(fc.integer({ min: -37_000, max: 1000 }), (thousandths) => {
        const x = thousandths / 1000;
        expect(Math.abs(normalQuantile(normalCdf(x)) - x)).toBeLessThan(1e-14 * (1 + Math.abs(x)));
      }),
    );
  });
});

describe("gammaInc", () => {
  it("has PyTorch's values at the edges", () => {
    const edges = [
      [0, 0],
      [0, 1],
      [1, 0],
      [1, Infinity],
      [Infinity, 1],
      [Infinity, Infinity],
      [-1, 1],
      [1, -1],
    ];
    const nan = Number.NaN;
    expect(edges.map(([a, x]) => gammaInc(a, x))).toEqual([nan, 1, 0, 1, 0, nan, nan, nan]);
    expect(edges.map(([a, x]) => gammaIncUpper(a, x))).toEqual([nan, 0, 1, 0, 1, nan, nan, nan]);
  });

  it("is one with its complement, and P(1, x) is the exponential law", () => {
    fc.assert(
      fc.property(shape, shape, (a, x) => {
        expect(gammaInc(a, x) + gammaIncUpper(a, x)).toBeCloseTo(1, 13);
        expect(gammaIncUpper(1, x) / Math.exp(-x)).toBeCloseTo(1, 12);
      }),
    );
  });

  it("goes over to the normal approximation without a step", () => {
    for (const z of [-5, -1, 0, 2, 6]) {
      const [below, above] = [1e8, 1.0001e8].map((a) => gammaIncUpper(a, a + z * Math.sqrt(a)));
      expect(Math.abs(above / below - 1)).toBeLessThan(1e-6 * (1 + z * z));
    }
  });

  it("keeps Q where P is nearly 1", () => {
    expect(gammaIncUpper(1e-10, 1e-5) / 1.0935719794146443e-9).toBeCloseTo(1, 13);
    expect(gammaIncUpper(1e-10, 3) / 1.304838109667161e-12).toBeCloseTo(1, 13);
  });
});

describe("betaInc", () => {
  it("has its ends and its domain", () => {
    expect([betaInc(2, 3, 0), betaInc(2, 3, 1)]).toEqual([0, 1]);
    const outside = [betaInc(0, 1, 0.5), betaInc(1, -1, 0.5), betaInc(1, 1, -0.1), betaInc(1, 1, 1.1)];
    expect(outside).toEqual(Array(4).fill(Number.NaN));
    expect(() => betaInc(1e21, 1, 0.5)).toThrow(ArgumentError);
  });

  it("is symmetric, and straight for a = b = 1", () => {
    fc.assert(
      fc.property(shape, shape, share, (a, b, x) => {
        expect(betaInc(a, b, x) + betaInc(b, a, 1 - x, x)).toBeCloseTo(1, 12);
        expect(betaInc(1, 1, x)).toBeCloseTo(x, 14);
        expect(betaInc(a, 1, x) / x ** a).toBeCloseTo(1, 12);
      }),
    );
  });
});

describe("studentT", () => {
  it("is the Cauchy law with one degree of freedom, out to 1e200, and the normal law with infinitely many", () => {
    for (const t of [0.1, 1, 7, 1e6])
      expect(studentTTail(t, 1) / (Math.atan2(1, t) / Math.PI)).toBeCloseTo(1, 14);
    expect(studentTTail(1e200, 1) / (1 / (Math.PI * 1e200))).toBeCloseTo(1, 14);
    expect(studentTTail(3, Infinity)).toBe(normalTail(3));
    expect(studentTTail(3, 1e12) / normalTail(3)).toBeCloseTo(1, 10);
  });

  it("has its limits, its symmetry and its domain", () => {
    expect([studentTCdf(-Infinity, 3), studentTCdf(Infinity, 3), studentTCdf(0, 3)]).toEqual([0, 1, 0.5]);
    expect(studentTCdf(-2, 5)).toBe(studentTTail(2, 5));
    expect([studentTTail(1, 0), studentTTail(1, -1), studentTTail(Number.NaN, 3)]).toEqual(
      Array(3).fill(Number.NaN),
    );
  });
});

describe("binomial", () => {
  it("sums the probabilities", () => {
    const choose = [1, 10, 45, 120, 210, 252, 210, 120, 45, 10, 1];
    for (let k = 0; k <= 10; k++) {
      let sum = 0;
      for (let j = k; j <= 10; j++) sum += choose[j] * 0.3 ** j * 0.7 ** (10 - j);
      expect(binomialTail(10, k, 0.3) / sum).toBeCloseTo(1, 13);
      expect(binomialCdf(10, k - 1, 0.3) + binomialTail(10, k, 0.3)).toBeCloseTo(1, 14);
    }
  });

  it("is sure or impossible at the ends", () => {
    expect([
      binomialTail(5, 0, 0.1),
      binomialTail(5, 6, 0.1),
      binomialTail(5, 3, 0),
      binomialTail(5, 3, 1),
    ]).toEqual([1, 0, 0, 1]);
    expect([
      binomialCdf(5, -1, 0.1),
      binomialCdf(5, 5, 0.1),
      binomialCdf(5, 3, 0),
      binomialCdf(5, 3, 1),
    ]).toEqual([0, 1, 1, 0]);
  });

  it("says what is wrong with its arguments", () => {
    expect(() => binomialTail(2.5, 1, 0.5)).toThrow(
      "binomialTail: expected a whole number of trials >= 0, got 2.5",
    );
    expect(() => binomialTail(3, 0.5, 0.5)).toThrow("binomialTail: expected a whole count, got 0.5");
    expect(() => binomialCdf(3, 1, 1.5)).toThrow("binomialCdf: expected a probability in [0, 1], got 1.5");
  });
});

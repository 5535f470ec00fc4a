import { readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { activationFacts } from "../../src/numerics/activation-facts.ts";
import { curves, leaky } from "./curves.ts";

type Name = keyof typeof curves;
interface Reference {
  readonly moments: Record<Name, Record<string, number>>;
  readonly criticalLine: Record<Name, { q: number; sw2: number; sb2: number }[]>;
  readonly halfStable: Record<Name, { K: number; C_W: number; C_b: number }>;
}
const reference: Reference = JSON.parse(
  readFileSync(new URL("../reference/gaussian.json", import.meta.url), "utf8"),
);
const entriesOf = <T>(record: Record<Name, T>): [Name, T][] => Object.entries(record) as [Name, T][];

describe("reference values", () => {
  it.each(entriesOf(reference.moments))("moments of %s", (name, expected) => {
    const moments: object = activationFacts(curves[name]).moments();
    for (const [key, value] of Object.entries(expected)) {
      const actual = moments[key as keyof typeof moments] as number;
      expect(Math.abs(actual - value), key).toBeLessThan(1e-13 * Math.max(1, Math.abs(value)));
    }
  });

  it.each(entriesOf(reference.criticalLine))("critical line of %s", (name, rows) => {
    const facts = activationFacts(curves[name]);
    for (const { q, sw2, sb2 } of rows) {
      const { weightVariance, biasVariance } = facts.criticalLine(q);
      expect(weightVariance / sw2).toBeCloseTo(1, 13);
      expect(Math.abs(biasVariance - sb2)).toBeLessThan(1e-14 * (1 + q));
      const found = facts.criticalPoints(sb2).find((point) => Math.abs(point.q / q - 1) < 1e-9);
      expect((found?.weightVariance ?? 0) / sw2).toBeCloseTo(1, 10);
    }
  });

  it.each(entriesOf(reference.halfStable))("half-stable point of %s", (name, { K, C_W, C_b }) => {
    const point = activationFacts(curves[name]).halfStablePoint;
    expect(point).toMatchObject({
      q: expect.closeTo(K, 8),
      weightVariance: expect.closeTo(C_W, 8),
      biasVariance: expect.closeTo(C_b, 8),
    });
  });
});

describe("laws", () => {
  it("leaky ReLU: both gains are √(2/(1 + a²)) at every q", () => {
    fc.assert(
      fc.property(fc.integer({ min: -999, max: 999 }), fc.integer({ min: 1, max: 9000 }), (a, q) => {
        const facts = activationFacts(leaky(a / 1000));
        const gain = Math.sqrt(2 / (1 + (a / 1000) ** 2));
        const moments = facts.moments(q / 1000);
        expect(moments.gainBackward).toBeCloseTo(gain, 13);
        expect(moments.gainForward * Math.sqrt(q / 1000)).toBeCloseTo(gain, 13);
        expect(facts.criticalPoint(0)?.weightVariance).toBeCloseTo(gain ** 2, 12);
      }),
      { numRuns: 20 },
    );
  });

  it("scaling φ by c scales the means by c and c², and leaves ratios alone", () => {
    for (const name of ["tanh", "silu", "elu"] as const) {
      const { value, derivative, kinks } = curves[name];
      const scaled = {
        value: (x: number) => 3 * value(x),
        derivative: (x: number) => 3 * derivative(x),
        kinks,
      };
      const [one, three] = [activationFacts(curves[name]).moments(2), activationFacts(scaled).moments(2)];
      expect(three.meanF).toBeCloseTo(3 * one.meanF, 13);
      expect(three.meanF2).toBeCloseTo(9 * one.meanF2, 12);
      expect(three.chiBatchNorm).toBeCloseTo(one.chiBatchNorm, 12);
      expect(three.nullK).toBeCloseTo(one.nullK, 12);
    }
  });

  it("shifting the mean shifts the curve", () => {
    const shifted = { ...curves.silu, value: (x: number) => curves.silu.value(x + 1.3) };
    expect(activationFacts(curves.silu).moments(2, 1.3).meanF).toBeCloseTo(
      activationFacts(shifted).moments(2).meanF,
      13,
    );
  });

  it("χ of batch normalisation is never below 1", () => {
    for (const name of ["tanh", "sigmoid", "relu", "gelu", "softplus", "hardtanh"] as const)
      expect(activationFacts(curves[name]).chiBatchNorm).toBeGreaterThanOrEqual(1);
  });

  it("the correlation map keeps correlation 1 and, for tanh beyond criticality, leaves it", () => {
    const facts = activationFacts(curves.tanh);
    const q = facts.fixedPoint(3, 0.05);
    expect(facts.correlationMap(1, q, 3, 0.05)).toBeCloseTo(1, 13);
    expect(facts.correlationMap(0.99, q, 3, 0.05)).toBeLessThan(0.99);
    expect(() => facts.correlationMap(1.1, q, 3, 0.05)).toThrow(
      "correlationMap: expected a correlation in [-1, 1], got 1.1",
    );
  });
});

describe("ActivationFacts", () => {
  it("computes each fact when first asked, and once", () => {
    let calls = 0;
    const value = (x: number): number => {
      calls++;
      return Math.tanh(x);
    };
    const facts = activationFacts({ ...curves.tanh, value });
    expect(calls).toBe(0);
    const first = [facts.range, facts.moments(), facts.saturation(0.1), facts.criticalPoints(0.05)];
    const before = calls;
    expect([facts.range, facts.moments(), facts.saturation(0.1), facts.criticalPoints(0.05)]).toEqual(first);
    expect(calls).toBe(before);
  });

  it("settles where the length map leads from 1", () => {
    const fixed = (name: Name, weightVariance: number, biasVariance: number): number =>
      activationFacts(curves[name]).fixedPoint(weightVariance, biasVariance);
    expect(fixed("relu", 2, 0)).toBe(1);
    expect(fixed("relu", 1.9, 0)).toBe(0);
    expect(fixed("relu", 2.1, 0)).toBe(Infinity);
    expect(fixed("selu", 1, 0)).toBe(1);
    expect(fixed("tanh", 1.760955, 0.05)).toBeCloseTo(0.57005, 5);
  });

  it("finds critical points to settle at, or none", () => {
    const critical = (name: Name, biasVariance: number) =>
      activationFacts(curves[name]).criticalPoint(biasVariance);
    expect(critical("tanh", 0.05)).toMatchObject({
      weightVariance: expect.closeTo(1.760955, 6),
      stability: "stable",
    });
    expect(critical("sigmoid", 0)).toMatchObject({ weightVariance: expect.closeTo(103.01, 2) });
    expect([critical("silu", 0), critical("softplus", 0)]).toEqual([null, null]);
    const chi = activationFacts(curves.sigmoid);
    expect(chi.chi(2, chi.fixedPoint(2, 0))).toBeCloseTo(0.101, 3);
  });

  it("takes kinks in any order", () => {
    const facts = activationFacts({ ...curves.hardtanh, kinks: [1, -1] });
    expect([facts.kinks, facts.flat]).toEqual([[-1, 1], { below: -1, above: 1 }]);
  });

  it("says what is wrong with its arguments", () => {
    const facts = activationFacts(curves.tanh);
    expect(() => facts.saturation(0)).toThrow("saturation: expected a positive slope, got 0");
    expect(() => facts.moments(-1)).toThrow("gaussianMean: expected a finite variance >= 0, got -1");
    expect(() => facts.fixedPoints(Number.NaN, 0)).toThrow(
      "fixedPoints: expected a finite variance >= 0, got NaN",
    );
    expect(() => facts.criticalPoint(-1)).toThrow("criticalPoints: expected a finite variance >= 0, got -1");
  });

  it("tells an expectation that diverges, and names the place where a curve is no number", () => {
    const square = activationFacts({
      value: (x) => Math.exp(x * x),
      derivative: (x) => 2 * x * Math.exp(x * x),
      kinks: [],
    });
    expect([square.moments().meanF2, square.gain]).toEqual([Infinity, 0]);
    expect(activationFacts(curves.exp).moments().meanF).toBeCloseTo(Math.exp(0.5), 13);
    const broken = activationFacts({ ...curves.tanh, value: (x) => (x > 5 ? Number.NaN : x) });
    expect(() => broken.gain).toThrow("gaussianMean: expected a number at x = 10, got NaN");
    expect(() => broken.range).toThrow(/expected the value at x = 5\.\d+ to be a number/);
  });
});

describe("the slope of the correlation map", () => {
  it("is what differences of the map say, and χ at 1", () => {
    const facts = activationFacts(curves.elu);
    const [q, weights] = [0.8, 1.3];
    const at = (c: number): number =>
      weights * q * facts.correlationMap(c, q, 1 / q, 0) * facts.lengthMap(q, 1 / q, 0);
    for (const c of [-0.6, 0, 0.4]) {
      const h = 1e-3;
      const difference = (8 * (at(c + h) - at(c - h)) - (at(c + 2 * h) - at(c - 2 * h))) / (12 * h);
      expect(q * facts.correlationSlope(c, q, weights)).toBeCloseTo(difference, 9);
    }
    expect(facts.correlationSlope(1, q, weights)).toBeCloseTo(facts.chi(weights, q), 13);
    expect(() => facts.correlationSlope(1.1, q, weights)).toThrow("expected a correlation in [-1, 1]");
  });
});

import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { ScalarCurve } from "../../src/numerics/curve.ts";
import { sampleCurve } from "../../src/numerics/curve-samples.ts";
import {
  flatSidesOf,
  lipschitzOf,
  monotonicityOf,
  rangeOf,
  saturationOf,
} from "../../src/numerics/curve-shape.ts";
import { curves } from "./curves.ts";

const shapeOf = (curve: ScalarCurve, epsilon = 0.01) => {
  const samples = sampleCurve(curve);
  const { below, above } = saturationOf(curve, samples, epsilon);
  const flat = flatSidesOf(curve, samples);
  return {
    range: rangeOf(curve, samples),
    lipschitz: lipschitzOf(curve, samples),
    monotonicity: monotonicityOf(curve, samples),
    flat: [flat.below, flat.above],
    saturation: [below, above],
  };
};

describe("range", () => {
  it.each([
    ["linear", -Infinity, Infinity],
    ["tanh", -1, 1],
    ["sigmoid", 0, 1],
    ["relu", 0, Infinity],
    ["elu", -1, Infinity],
    ["silu", -0.27846454276107385, Infinity],
    ["gelu", -0.16997120747990369, Infinity],
    ["softplus", 0, Infinity],
    ["softsign", -1, 1],
    ["hardtanh", -1, 1],
    ["step", 0, 1],
    ["exp", 0, Infinity],
    ["sine", -1, 1],
    ["constant", 2, 2],
    ["logarithm", -Infinity, Infinity],
    ["naiveTanh", -1, 1],
  ] as const)("of %s is [%d, %d]", (name, low, high) => {
    const { range } = shapeOf(curves[name]);
    expect(range[0]).toBeCloseTo(low, 14);
    expect(range[1]).toBeCloseTo(high, 14);
  });
});

describe("Lipschitz bound", () => {
  it.each([
    ["relu", 1],
    ["sigmoid", 0.25],
    ["selu", 1.7580993408473766],
    ["silu", 1.099839320128867],
    ["gelu", 1.1289041451851547],
    ["step", Infinity],
    ["root", Infinity],
    ["exp", Infinity],
    ["logarithm", 1],
    ["constant", 0],
  ] as const)("of %s is %d", (name, bound) => {
    expect(shapeOf(curves[name]).lipschitz).toBeCloseTo(bound, 14);
  });
});

describe("saturation", () => {
  it("begins where the slope says so", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 200 }), (thousandths) => {
        const epsilon = thousandths / 1000;
        const edge = Math.acosh(1 / Math.sqrt(epsilon));
        const [below, above] = shapeOf(curves.tanh, epsilon).saturation as [number, number];
        expect(below / -edge).toBeCloseTo(1, 13);
        expect(above / edge).toBeCloseTo(1, 13);
      }),
      { numRuns: 20 },
    );
  });

  it("ends at kinks, goes far out, covers all, or is not there", () => {
    expect(shapeOf(curves.relu).saturation).toEqual([0, null]);
    expect(shapeOf(curves.hardtanh).saturation).toEqual([-1, 1]);
    expect(shapeOf(curves["leaky0.2"]).saturation).toEqual([null, null]);
    expect(shapeOf(curves.softsign, 1e-8).saturation).toEqual([
      expect.closeTo(-9999, 7),
      expect.closeTo(9999, 7),
    ]);
    expect(shapeOf(curves.elu).saturation).toEqual([expect.closeTo(Math.log(0.01), 12), null]);
    expect(shapeOf(curves.step).saturation).toEqual([Infinity, -Infinity]);
  });
});

describe("flat sides", () => {
  it("are exactly flat, up to a kink", () => {
    expect(shapeOf(curves.relu).flat).toEqual([0, null]);
    expect(shapeOf(curves.hardtanh).flat).toEqual([-1, 1]);
    expect(shapeOf(curves.constant).flat).toEqual([Infinity, -Infinity]);
    const far: ScalarCurve = {
      value: (x) => (x > 1000 ? x - 1000 : 0),
      derivative: (x) => (x > 1000 ? 1 : 0),
      kinks: [1000],
    };
    expect(shapeOf(far).flat).toEqual([1000, null]);
  });

  it("are not there where a slope merely underflows", () => {
    for (const name of ["tanh", "sigmoid", "exp", "elu", "naiveTanh"] as const)
      expect(shapeOf(curves[name]).flat).toEqual([null, null]);
  });
});

describe("monotonicity", () => {
  it("counts slopes and jumps", () => {
    const of = (name: keyof typeof curves): string => shapeOf(curves[name]).monotonicity;
    expect([of("tanh"), of("step"), of("silu"), of("constant"), of("sine")]).toEqual([
      "increasing",
      "increasing",
      "none",
      "constant",
      "none",
    ]);
    const { value, derivative, kinks } = curves.elu;
    const mirrored = { value: (x: number) => value(-x), derivative: (x: number) => -derivative(-x), kinks };
    expect(shapeOf(mirrored).monotonicity).toBe("decreasing");
  });
});

it("names the place where a curve is no number", () => {
  expect(() => sampleCurve({ value: Math.sqrt, derivative: () => 1, kinks: [] })).toThrow(
    "activationFacts: expected the value at x = -64 to be a number, got NaN",
  );
});

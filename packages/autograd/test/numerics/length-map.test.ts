import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { meanProduct } from "../../src/numerics/correlation-map.ts";
import type { ScalarCurve } from "../../src/numerics/curve.ts";
import { erf } from "../../src/numerics/erf.ts";
import {
  criticalPointsOf,
  fixedPointsOf,
  halfStablePointOf,
  meanSquare,
  meanSquareGrowth,
  meanSquareSlope,
} from "../../src/numerics/length-map.ts";
import { curves, leaky } from "./curves.ts";

const positive = fc.integer({ min: 1, max: 20_000 }).map((n) => n / 1000);

/** erf(x √π / 2), whose Gaussian integrals are arcsines. */
const errorFunction: ScalarCurve = {
  value: (x) => erf((Math.sqrt(Math.PI) / 2) * x),
  derivative: (x) => Math.exp((-Math.PI / 4) * x * x),
  kinks: [],
};

describe("mean squares", () => {
  it("have their closed forms for erf (Williams 1997)", () => {
    fc.assert(
      fc.property(positive, (q) => {
        const share = (Math.PI / 2) * q;
        expect(meanSquare(errorFunction, q)).toBeCloseTo((2 / Math.PI) * Math.asin(share / (1 + share)), 13);
        expect(meanSquareSlope(errorFunction, q)).toBeCloseTo(1 / Math.sqrt(1 + Math.PI * q), 13);
      }),
    );
  });

  it("are (1 + a²)/2 q and (1 + a²)/2 for a leaky ReLU", () => {
    fc.assert(
      fc.property(positive, positive, (a, q) => {
        const half = (1 + a * a) / 2;
        expect(meanSquare(leaky(a), q) / (half * q)).toBeCloseTo(1, 13);
        expect(meanSquareSlope(leaky(a), q) / half).toBeCloseTo(1, 13);
        expect(meanSquareGrowth(leaky(a), q) / half).toBeCloseTo(1, 13);
      }),
    );
  });

  it.each(Object.keys(curves).filter((name) => !["root", "exp"].includes(name)) as (keyof typeof curves)[])(
    "grow with q as finite differences say: %s",
    (name) => {
      for (const q of [0.1, 1, 7]) {
        const h = 1e-3 * q;
        const at = (k: number): number => meanSquare(curves[name], q + k * h);
        const difference = (8 * (at(1) - at(-1)) - (at(2) - at(-2))) / (12 * h);
        expect(Math.abs(meanSquareGrowth(curves[name], q) - difference)).toBeLessThan(1e-9);
      }
    },
  );

  it("grow through jumps off the origin too", () => {
    const jump: ScalarCurve = { value: (x) => (x > 1 ? 1 : 0), derivative: () => 0, kinks: [1] };
    const difference = (meanSquare(jump, 1.001) - meanSquare(jump, 0.999)) / 0.002;
    expect(meanSquareGrowth(jump, 1)).toBeCloseTo(difference, 6);
  });
});

describe("fixed points", () => {
  it("of tanh are 0 below σw² = 1, and one more above", () => {
    expect(fixedPointsOf(curves.tanh, 0.9, 0)).toMatchObject([{ q: 0, stability: "stable" }]);
    expect(fixedPointsOf(curves.tanh, 1, 0)).toMatchObject([{ q: 0, chi: 1, stability: "stable" }]);
    expect(fixedPointsOf(curves.tanh, 1.1, 0)).toMatchObject([
      { q: 0, stability: "unstable" },
      { q: expect.closeTo(0.055, 2), stability: "stable" },
    ]);
    const chis = [1, 2, 3].map((weightVariance) => fixedPointsOf(curves.tanh, weightVariance, 0.05)[0].chi);
    expect(chis).toEqual([0.759032, 1.047666, 1.208934].map((chi) => expect.closeTo(chi, 6)));
  });

  it("keep what they are: lengthMap(q) = q", () => {
    fc.assert(
      fc.property(
        fc.constantFrom("tanh", "silu", "elu", "sigmoid", "gelu"),
        positive,
        positive,
        (name, weights, biases) => {
          for (const { q } of fixedPointsOf(curves[name], weights / 10, biases))
            expect((weights / 10) * meanSquare(curves[name], q) + biases).toBeCloseTo(
              q,
              9 - Math.ceil(Math.log10(q)),
            );
        },
      ),
      { numRuns: 30 },
    );
  });

  it("of SELU are 0 and 1", () => {
    expect(fixedPointsOf(curves.selu, 1, 0)).toMatchObject([
      { q: 0, stability: "unstable" },
      { q: expect.closeTo(1, 12), chi: expect.closeTo(1.0715749924557991, 12), stability: "stable" },
    ]);
  });

  it("of ReLU are everywhere at (2, 0), nowhere but 0 below, and linear with biases", () => {
    expect(fixedPointsOf(curves.relu, 2, 0)).toMatchObject([{ q: 1, stability: "neutral" }]);
    expect(fixedPointsOf(curves.relu, 1.5, 0)).toMatchObject([{ q: 0, stability: "stable" }]);
    expect(fixedPointsOf(curves.relu, 1.5, 0.1)).toMatchObject([
      { q: expect.closeTo(0.4, 13), stability: "stable" },
    ]);
    expect(fixedPointsOf(curves.relu, 2, 0.1)).toEqual([]);
  });

  it("exist for very small and very large biases", () => {
    expect(fixedPointsOf(curves.relu, 1, 1e-14)[0].q / 2e-14).toBeCloseTo(1, 12);
    expect(fixedPointsOf(curves.relu, 1, 1e9)[0].q / 2e9).toBeCloseTo(1, 12);
  });

  it("tell the touching one of SiLU from the crossing one 2 % away", () => {
    const { weightVariance, biasVariance } = halfStablePointOf(curves.silu) ?? {
      weightVariance: 0,
      biasVariance: 0,
    };
    expect(fixedPointsOf(curves.silu, weightVariance, biasVariance)).toMatchObject([
      { q: expect.closeTo(14.3202, 3), stability: "halfStable" },
      { q: expect.closeTo(14.5931, 3), stability: "stable" },
    ]);
  });
});

describe("critical points", () => {
  it("are where the literature has them", () => {
    expect(criticalPointsOf(curves.tanh, 0.05)).toMatchObject([
      { weightVariance: expect.closeTo(1.760955, 6) },
    ]);
    expect(criticalPointsOf(curves.tanh, 0)).toMatchObject([
      { weightVariance: 1, q: 0, stability: "stable" },
    ]);
    expect(criticalPointsOf(curves.relu, 0)).toMatchObject([
      { weightVariance: 2, q: 1, stability: "neutral" },
    ]);
    expect(criticalPointsOf(curves["leaky0.2"], 0)).toMatchObject([
      { weightVariance: expect.closeTo(2 / 1.04, 14), stability: "neutral" },
    ]);
    expect(criticalPointsOf(curves.sigmoid, 0)).toMatchObject([
      { weightVariance: expect.closeTo(103.01, 2), q: expect.closeTo(45.62, 2) },
    ]);
  });

  it("are not there for softplus, for ReLU with biases, or without a slope", () => {
    for (const biasVariance of [0, 0.1, 10])
      expect(criticalPointsOf(curves.softplus, biasVariance)).toEqual([]);
    for (const name of ["step", "constant", "root"] as const)
      expect(criticalPointsOf(curves[name], 0)).toEqual([]);
    expect(criticalPointsOf(curves.relu, 0.1)).toEqual([]);
  });

  it("are told as unstable where the signal runs away", () => {
    expect(criticalPointsOf(curves.silu, 0)).toMatchObject([
      { weightVariance: 4, q: 0, stability: "unstable" },
    ]);
  });

  it("do not come from the rounding of a naive function", () => {
    expect(criticalPointsOf(curves.naiveTanh, 0)).toMatchObject([{ weightVariance: 1, q: 0 }]);
  });
});

describe("half-stable points", () => {
  it("of SiLU and GELU agree with Roberts, Yaida, Hanin", () => {
    expect(halfStablePointOf(curves.gelu)).toMatchObject({
      q: expect.closeTo((3 + Math.sqrt(17)) / 2, 11),
      weightVariance: expect.closeTo(1.98305826, 8),
      biasVariance: expect.closeTo(0.17292239, 8),
      slope: expect.closeTo(1, 12),
    });
    expect(halfStablePointOf(curves.silu)).toMatchObject({ q: expect.closeTo(14.32017362, 8) });
  });

  it("are not there for curves that keep every q or none", () => {
    for (const name of ["relu", "linear", "tanh", "step"] as const)
      expect(halfStablePointOf(curves[name])).toBeNull();
  });
});

describe("products under a correlation", () => {
  it("have the closed form of the arc-cosine kernel for ReLU (Cho, Saul 2009)", () => {
    for (const c of [-1, -0.7, 0, 0.3, 0.99, 1]) {
      const kernel = (Math.sqrt(1 - c * c) + (Math.PI - Math.acos(c)) * c) / (2 * Math.PI);
      expect(meanProduct(curves.relu, 3, c)).toBeCloseTo(3 * kernel, 12);
    }
  });
});

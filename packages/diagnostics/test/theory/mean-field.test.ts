import { relu, selu, sigmoid, silu, softplus, tanh } from "@isograd/autograd";
import { depthScale, meanField } from "@isograd/diagnostics";
import { describe, expect, it } from "vitest";
import { reference, referenced } from "./reference.ts";

describe("against quadrature in another language", () => {
  it.each(reference.moments)("moments of %s at q = %d", (name, q, f, f2, df2, df4) => {
    const moments = referenced[name].facts.moments(q);
    const { meanF, meanF2, meanDf2, meanDf4 } = moments;
    [f, f2, df2, df4].forEach((expected, k) => {
      const actual = [meanF, meanF2, meanDf2, meanDf4][k];
      expect(Math.abs(actual - expected)).toBeLessThan(2e-12 * Math.max(1, Math.abs(expected)));
    });
  });

  // A part of the table: all of it is `theory/proof.ts`.
  it.each(reference.networks.filter((_, k) => k % 19 === 4))(
    "%s with σw² = %d, σb² = %d",
    (name, weightVariance, biasVariance, q, chi, lengthSlope, correlation, correlationSlope, map) => {
      const { facts } = referenced[name];
      const field = meanField(referenced[name], { weightVariance, biasVariance });
      expect(field.q / q).toBeCloseTo(1, 11);
      expect(field.chi / chi).toBeCloseTo(1, 11);
      expect(field.lengthSlope).toBeCloseTo(lengthSlope, 8);
      expect(field.correlation).toBeCloseTo(correlation, 9);
      expect(field.correlationSlope).toBeCloseTo(correlationSlope, 9);
      const at = facts.correlationMap(0.3, field.q, weightVariance, biasVariance);
      expect(at).toBeCloseTo(map[1], 10);
    },
  );
});

describe("a deep network", () => {
  it.each([
    [1, 0.759032, "ordered"],
    [2, 1.047666, "chaotic"],
    [3, 1.208934, "chaotic"],
  ] as const)("of tanh with σw² = %d, σb² = 0.05", (weightVariance, chi, phase) => {
    const field = meanField(tanh, { weightVariance, biasVariance: 0.05 });
    expect(field.chi).toBeCloseTo(chi, 6);
    expect(field.phase).toBe(phase);
    expect(field.depthScales.gradient).toBeCloseTo(1 / Math.abs(Math.log(field.chi)), 6);
  });

  it("of SELU by LeCun's weights keeps 1, its gradient grows a little", () => {
    const field = meanField(selu, { weightVariance: 1 });
    expect(field.q).toBeCloseTo(1, 12);
    expect(field.chi).toBeCloseTo(1.0715749924557991, 12);
    // What a change of the variance does to variance and mean (Klambauer et al. 2017).
    expect(field.lengthSlope).toBeCloseTo(0.782648, 6);
    const mean = (q: number): number => selu.facts.moments(q).meanF;
    expect((mean(1.001) - mean(0.999)) / 0.002).toBeCloseTo(0.088835, 6);
  });

  it("has its critical points where the literature does", () => {
    expect(tanh.facts.criticalPoint(0.05)?.weightVariance).toBeCloseTo(1.760955, 6);
    expect(sigmoid.facts.criticalPoint(0)).toMatchObject({
      weightVariance: expect.closeTo(103.01, 2),
      q: expect.closeTo(45.62, 2),
    });
    expect([0, 0.1, 3].map((variance) => softplus.facts.criticalPoint(variance))).toEqual([null, null, null]);
    expect(silu.facts.halfStablePoint).toMatchObject({
      q: expect.closeTo(14.32017362, 8),
      weightVariance: expect.closeTo(1.98800468, 8),
      biasVariance: expect.closeTo(0.55514317, 8),
    });
    expect(relu.facts.chiBatchNorm).toBeCloseTo(Math.PI / (Math.PI - 1), 13);
  });

  it("of ReLU is critical by He's weights at any length, and inputs end alike", () => {
    expect(meanField(relu, { weightVariance: 2 })).toMatchObject({
      q: 1,
      correlation: 1,
      phase: "critical",
      depthScales: { gradient: Number.POSITIVE_INFINITY, correlation: Number.POSITIVE_INFINITY },
    });
  });

  it("keeps no signal: what would be a correlation is NaN, χ is not", () => {
    const fading = meanField(relu, { weightVariance: 1 / 3 });
    expect(fading).toMatchObject({ q: 0, correlation: Number.NaN, phase: "ordered" });
    expect(fading.chi).toBeCloseTo(1 / 6, 14);
    const growing = meanField(silu, { weightVariance: 3 });
    expect(growing).toMatchObject({ q: Number.POSITIVE_INFINITY, phase: "chaotic" });
    expect(growing.chi).toBeCloseTo(1.5, 12);
  });

  it("of saturating or unbounded positive functions vanishes with usual weights", () => {
    expect(meanField(sigmoid, { weightVariance: 2 }).chi).toBeCloseTo(0.101, 3);
    expect(meanField(softplus, { weightVariance: 1 }).phase).toBe("ordered");
  });

  it("of tanh without biases forgets all but the sign of a chaotic start", () => {
    expect(meanField(tanh, { weightVariance: 2 })).toMatchObject({ correlation: 0, phase: "chaotic" });
  });
});

describe("errors and scales", () => {
  it("scales are infinite at 1 and mirror each other", () => {
    expect(depthScale(1)).toBe(Number.POSITIVE_INFINITY);
    expect(depthScale(0.5)).toBeCloseTo(depthScale(2), 14);
    expect(depthScale(0)).toBe(0);
  });

  it("asks for facts, and for variances that are some", () => {
    expect(() => meanField({} as typeof tanh, { weightVariance: 1 })).toThrowErrorMatchingInlineSnapshot(
      `[ArgumentError: meanField: expected an activation with facts: a scalar function of each element, got Object]`,
    );
    expect(() => meanField(tanh, { weightVariance: -1 })).toThrowErrorMatchingInlineSnapshot(
      `[ArgumentError: fixedPoints: expected a finite variance >= 0, got -1]`,
    );
  });
});

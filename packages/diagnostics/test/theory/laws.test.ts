import { Generator, hardtanh, leakyRelu, relu, tanh } from "@isograd/autograd";
import { bornDeadBound, gradientLaw, residualFlow, sumOfInverseWidths } from "@isograd/diagnostics";
import { describe, expect, it } from "vitest";
import { simulate } from "./simulate.ts";

const repeated = (width: number, depth: number): number[] => Array.from({ length: depth }, () => width);

describe("the law of narrow and deep networks", () => {
  it("has k = 2 for linear, 5 for ReLU", () => {
    expect(gradientLaw(repeated(64, 20), null)).toMatchObject({ k: 2, variance: 0.625, mean: -0.3125 });
    expect(gradientLaw(repeated(64, 20), relu).k).toBeCloseTo(5, 13);
    expect(gradientLaw([10, 20], leakyRelu.with({ negativeSlope: 0.2 })).k).toBeCloseTo(
      4.556213017751479,
      12,
    );
    expect(gradientLaw([], relu)).toMatchObject({ variance: 0, deviation: 0 });
  });

  it("says where it can be trusted", () => {
    expect(gradientLaw([64, 15], relu).validity).toMatchObject({ wideEnough: false, piecewiseLinear: true });
    expect(gradientLaw([64, 16], relu).validity).toMatchObject({
      wideEnough: true,
      relativeError: expect.closeTo(0.25, 12),
    });
    expect(gradientLaw([64], tanh).validity.piecewiseLinear).toBe(false);
    expect(gradientLaw([64], hardtanh).validity.piecewiseLinear).toBe(false);
  });

  // 4 deviations of the sample's own mean and variance, and the next order in 1/width; `theory/proof.ts` does it at length.
  it.each([
    ["linear", null, 1],
    ["ReLU", relu, 2],
  ] as const)("agrees with simulated networks: %s", (_, activation, weightVariance) => {
    const [width, depth, draws] = [24, 6, 300];
    const law = gradientLaw(repeated(width, depth), activation);
    const logs = simulate({ activation, weightVariance, width, depth, draws, generator: new Generator(3) });
    const mean = logs.reduce((sum, each) => sum + each, 0) / draws;
    const variance = logs.reduce((sum, each) => sum + (each - mean) ** 2, 0) / (draws - 1);
    expect(Math.abs(mean - law.mean)).toBeLessThan(
      (4 * law.deviation) / Math.sqrt(draws) + 2 * law.validity.relativeError * -law.mean,
    );
    expect(Math.abs(variance / law.variance - 1)).toBeLessThan(
      4 * Math.sqrt(2 / draws) + law.validity.relativeError,
    );
  });

  it("sums inverse widths", () => {
    expect(sumOfInverseWidths([2, 4, 8])).toBe(0.875);
    expect(() => sumOfInverseWidths([2, 0])).toThrowErrorMatchingInlineSnapshot(
      `[ArgumentError: sumOfInverseWidths: expected positive widths, got 0]`,
    );
  });
});

describe("born dead", () => {
  it("is at most 1 - Π(1 - 2^-n)", () => {
    expect(bornDeadBound([2, 3])).toBeCloseTo(1 - (3 / 4) * (7 / 8), 15);
    expect(bornDeadBound([1])).toBe(0.5);
    expect(bornDeadBound([])).toBe(0);
    // Digits stay where the chance is small.
    expect(bornDeadBound([60]) / 2 ** -60).toBeCloseTo(1, 12);
    expect(() => bornDeadBound([2], 1.5)).toThrowErrorMatchingInlineSnapshot(
      `[ArgumentError: bornDeadBound: expected a share in [0, 1], got 1.5]`,
    );
  });

  it("bounds what happens to networks of ReLU that are drawn", () => {
    const generator = new Generator(7);
    const [width, depth, draws] = [2, 3, 1000];
    const logs = simulate({ activation: relu, weightVariance: 2, width, depth, draws, generator });
    const dead = logs.filter((each) => each === Number.NEGATIVE_INFINITY).length / draws;
    const bound = bornDeadBound(repeated(width, depth));
    expect(dead).toBeLessThan(bound + 0.05);
    expect(dead).toBeGreaterThan(bound - 0.15); // one input: nearly attained
  });
});

describe("residual blocks", () => {
  it("double the signal and the gradient with He's ReLU, less with a scale", () => {
    const plain = residualFlow(relu, { weightVariance: 2, blocks: 20 });
    expect(plain.forwardGrowth / 2 ** 20).toBeCloseTo(1, 12);
    expect(plain.backwardGrowth / 2 ** 20).toBeCloseTo(1, 12);
    const scaled = residualFlow(relu, { weightVariance: 2, blocks: 1000, scale: Math.sqrt(1 / 1000) });
    expect(scaled.backwardGrowth).toBeCloseTo(1.001 ** 1000, 10);
  });

  it("grow by a constant behind a normalisation: the gradient by as much as the signal", () => {
    const flow = residualFlow(relu, { weightVariance: 2, blocks: 9, normalized: true });
    expect(flow.lengths).toEqual(Array.from({ length: 10 }, (_, k) => expect.closeTo(1 + k, 12)));
    expect(flow.backwardGrowth).toBeCloseTo(10, 12);
  });

  it("with two layers a branch multiply their χ", () => {
    const flow = residualFlow(relu, { weightVariance: 1, layers: 2, blocks: 1 });
    expect(flow.factors[0]).toBeCloseTo(1.25, 14);
    expect(flow.forwardGrowth).toBeCloseTo(1.25, 14);
  });

  it("have whole numbers of blocks", () => {
    expect(() => residualFlow(relu, { weightVariance: 1, blocks: 1.5 })).toThrowErrorMatchingInlineSnapshot(
      `[ArgumentError: residualFlow: expected whole numbers of blocks and layers, got 1.5]`,
    );
  });
});

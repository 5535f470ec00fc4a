import { Generator, relu } from "@isograd/autograd";
import {
  criticalInit,
  fanInUniform,
  heNormal,
  heUniform,
  type Initializer,
  lecunNormal,
  lecunUniform,
  normal,
  uniform,
  type VarianceScalingOptions,
  varianceScaling,
  xavierNormal,
  xavierUniform,
} from "@isograd/nn";
import { describe, expect, it } from "vitest";
import { draw, moments } from "./draws.ts";

/** [out 200, in 300]. */
const scaled: readonly [name: string, initializer: Initializer, deviation: number, isUniform: boolean][] = [
  ["normal", normal({ std: 0.3 }), 0.3, false],
  ["uniform", uniform({ low: -0.6, high: 0.6 }), 0.6 / Math.sqrt(3), true],
  ["xavierNormal", xavierNormal({ gain: 5 / 3 }), (5 / 3) * Math.sqrt(2 / 500), false],
  ["xavierUniform", xavierUniform(), Math.sqrt(2 / 500), true],
  ["heNormal", heNormal(), Math.sqrt(2 / 300), false],
  ["heNormal over fanOut", heNormal({ mode: "fanOut" }), Math.sqrt(2 / 200), false],
  ["heUniform", heUniform({ gain: 3 }), 3 / Math.sqrt(300), true],
  ["lecunNormal", lecunNormal(), Math.sqrt(1 / 300), false],
  ["lecunUniform", lecunUniform(), Math.sqrt(1 / 300), true],
  ["fanInUniform", fanInUniform, Math.sqrt(1 / 900), true],
  ["criticalInit of relu", criticalInit(relu).weight, Math.sqrt(2 / 300), false],
];

describe.each(scaled)("%s", (_, initializer, expected, isUniform) => {
  it("has mean 0 and the deviation it promises", () => {
    const { mean, deviation, largest } = moments(draw(initializer).values());
    // 60,000 draws: five standard errors.
    expect(Math.abs(mean)).toBeLessThan((5 * expected) / Math.sqrt(60_000));
    expect(Math.abs(deviation / expected - 1)).toBeLessThan(5 / Math.sqrt(2 * 60_000));
    if (isUniform) {
      expect(largest).toBeLessThanOrEqual(Math.sqrt(3) * expected * (1 + 1e-12));
      expect(largest).toBeGreaterThan(0.999 * Math.sqrt(3) * expected);
    } else expect(largest).toBeGreaterThan(3.5 * expected);
  });

  it("draws from the slot's generator, in its element type", () => {
    expect(draw(initializer).toArray()).toEqual(draw(initializer).toArray());
    expect(draw(initializer, { generator: new Generator(10) }).toArray()).not.toEqual(
      draw(initializer).toArray(),
    );
    expect(draw(initializer).dtype).toBe("f64");
    expect(draw(initializer, { dtype: undefined }).dtype).toBe("f32");
    expect(draw(initializer).requiresGrad).toBe(false);
  });
});

describe("varianceScaling", () => {
  const cases: readonly [options: VarianceScalingOptions, deviation: number, largest: number][] = [
    [{ distribution: "normal", scale: 2, mode: "fanOut" }, Math.sqrt(2 / 200), Number.POSITIVE_INFINITY],
    [{ distribution: "uniform", mode: "fanAverage" }, Math.sqrt(1 / 250), Math.sqrt(3 / 250)],
    [
      { scale: 3, mode: "fanGeometricAverage" },
      Math.sqrt(3 / Math.sqrt(60_000)),
      (2 / 0.8796256610342398) * Math.sqrt(3 / Math.sqrt(60_000)),
    ],
    [{}, Math.sqrt(1 / 300), 2 / 0.8796256610342398 / Math.sqrt(300)],
  ];

  it.each(cases)("%j has the variance it promises", (options, expected, bound) => {
    const { mean, deviation, largest } = moments(draw(varianceScaling(options)).values());
    expect(Math.abs(mean)).toBeLessThan((5 * expected) / Math.sqrt(60_000));
    expect(Math.abs(deviation / expected - 1)).toBeLessThan(5 / Math.sqrt(2 * 60_000));
    expect(largest).toBeLessThanOrEqual(bound * (1 + 1e-7));
    if (Number.isFinite(bound)) expect(largest).toBeGreaterThan(0.99 * bound);
  });

  it("gives zeros where there is nothing to spread", () => {
    expect(draw(varianceScaling({ scale: 0 }), { shape: [2, 2] }).toArray()).toEqual([
      [0, 0],
      [0, 0],
    ]);
  });

  it("names what there is to choose from", () => {
    expect(() => varianceScaling({ mode: "fan_in" as never })).toThrowErrorMatchingInlineSnapshot(
      `[ArgumentError: varianceScaling: expected mode to be one of fanIn, fanOut, fanAverage, fanGeometricAverage, got "fan_in"]`,
    );
    expect(() => varianceScaling({ distribution: "cauchy" as never })).toThrowErrorMatchingInlineSnapshot(
      `[ArgumentError: varianceScaling: expected distribution to be one of normal, uniform, truncatedNormal, got "cauchy"]`,
    );
    expect(() => varianceScaling({ scale: -1 })).toThrowErrorMatchingInlineSnapshot(
      `[ArgumentError: varianceScaling: expected a scale that is not negative, got -1]`,
    );
  });
});

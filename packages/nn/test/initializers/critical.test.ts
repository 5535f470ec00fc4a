import { gelu, leakyRelu, relu, softmax, softplus, tanh } from "@isograd/autograd";
import { criticalInit } from "@isograd/nn";
import { describe, expect, it } from "vitest";
import { draw, moments } from "./draws.ts";

describe("criticalInit", () => {
  it("takes weights and biases from the facts of the activation", () => {
    const { weight, bias, weightVariance, q } = criticalInit(tanh, { biasVariance: 0.05 });
    expect(weightVariance).toBeCloseTo(1.760955, 5);
    expect(q).toBeCloseTo(0.570048, 5);
    expect(moments(draw(weight).values()).deviation / Math.sqrt(weightVariance / 300)).toBeCloseTo(1, 1);
    expect(moments(draw(bias, { shape: [60_000] }).values()).deviation).toBeCloseTo(Math.sqrt(0.05), 2);
    expect(criticalInit(leakyRelu.with({ negativeSlope: 0.2 })).weightVariance).toBeCloseTo(2 / 1.04, 10);
  });

  it("says why where there is no critical point", () => {
    expect(() => criticalInit(softplus)).toThrowErrorMatchingInlineSnapshot(
      `[ArgumentError: criticalInit: softplus has no critical point with this bias variance: weights that keep the gradient make the signal grow, whatever its size, got 0]`,
    );
    expect(() => criticalInit(relu, { biasVariance: 0.1 })).toThrowErrorMatchingInlineSnapshot(
      `[ArgumentError: criticalInit: relu has no critical point with this bias variance: it has one with 0, got 0.1]`,
    );
    expect(() => criticalInit(gelu)).toThrowErrorMatchingInlineSnapshot(
      `[ArgumentError: criticalInit: gelu has no critical point with this bias variance: it has them with variances from about 0.32 to 11, got 0]`,
    );
    expect(() => criticalInit(softmax as never)).toThrowErrorMatchingInlineSnapshot(
      `[ArgumentError: criticalInit: expected an activation with facts: a scalar function of each element, got "softmax"]`,
    );
    expect(() => criticalInit(tanh, { biasVariance: -1 })).toThrowErrorMatchingInlineSnapshot(
      `[ArgumentError: criticalInit: expected a bias variance that is not negative, got -1]`,
    );
  });

  it("suggests bias variances that work", () => {
    const message = (() => {
      try {
        criticalInit(gelu);
        return "";
      } catch (error) {
        return (error as Error).message;
      }
    })();
    const [low] = /about ([\d.]+) to/.exec(message)?.slice(1) ?? [];
    expect(criticalInit(gelu, { biasVariance: Number(low) }).biasVariance).toBe(Number(low));
  });
});

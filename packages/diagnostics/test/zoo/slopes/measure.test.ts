import { mul, ones, relu, tanh } from "@isograd/autograd";
import { describe, expect, it } from "vitest";
import type { Architecture } from "../../../zoo/slopes/architecture.ts";
import { measureSlope, nameOf } from "../../../zoo/slopes/measure.ts";
import { batchNormalized, convolutional, narrow, plain, residual } from "../../../zoo/slopes/networks.ts";

const precision = { relativeError: 0.05, least: 24, most: 24, seed: "test" } as const;
const measured = (architecture: Architecture) => measureSlope(architecture, precision);

describe("slopes", () => {
  // `pnpm slopes` compares many, at length.
  it("of drawn networks are those that theory predicts", () => {
    const { z, standardError, predicted, draws } = measured(plain(relu, { weights: 3 }, 48));
    expect(predicted).toBeCloseTo(Math.log10(1.5) / 2, 12);
    expect(Math.abs(z)).toBeLessThan(3);
    expect(standardError).toBeLessThan(0.1 * predicted);
    expect(draws).toBe(24);
  });

  it("are told from others", () => {
    const wide = plain(tanh, { weights: 1, biases: 0.05 }, 64);
    expect(measured({ ...wide, predicted: 1.2 * wide.predicted }).z).toBeGreaterThan(3);
  });

  it("of narrow networks are the means of logs, half of their variance lower", () => {
    const few = narrow(relu, { weights: 2 }, 20, 8);
    expect(few.predicted).toBeCloseTo((-5 * 8) / 20 / 2, 12);
    const { measured, standardError, z } = measureSlope(few, { ...precision, least: 200, most: 200 });
    expect(measured).toBeLessThan(-5 * standardError); // what the mean of squares is
    expect(Math.abs(z)).toBeLessThan(4);
  });

  it("are drawn until they are told exactly enough, or too often", () => {
    const network = plain(relu, { weights: 3 }, 16);
    const until = (relativeError: number, most: number) =>
      measureSlope(network, { relativeError, least: 4, most, seed: "test" });
    expect(until(1, 50).draws).toBe(4);
    const { draws, standardError, predicted } = until(0.1, 500);
    expect(draws).toBeGreaterThan(4);
    expect(standardError).toBeLessThanOrEqual(0.1 * predicted);
    expect(until(0.001, 20).draws).toBe(20);
  });

  it("are rid of what falls by half in networks twice as wide, where that is asked for", () => {
    // One number, which every layer multiplies: what is too much falls as 1/width.
    const scalar = (width: number, isExtrapolated: boolean): Architecture => ({
      kind: "batch norm",
      name: "scalar",
      depth: 1,
      width,
      average: "squares",
      predicted: 1,
      isExtrapolated,
      draw: () => ({ input: ones([1]), run: (x) => mul(x, Math.exp((1 + 0.8 / width) / 2)) }),
      wider: () => scalar(2 * width, isExtrapolated),
    });
    const log = (isExtrapolated: boolean) => measured(scalar(4, isExtrapolated)).measured * 2 * Math.LN10;
    expect(log(false)).toBeCloseTo(1.2, 6);
    expect(log(true)).toBeCloseTo(1, 6);
  });

  it("come with shapes that fit", () => {
    const networks = [
      batchNormalized(tanh, 8, 2),
      convolutional(relu, { weights: 3 }, 2, 4),
      residual(tanh, { weights: 1.5 }, { blocks: 2, scale: 0.5, layers: 2 }, 8),
    ];
    const once = { ...precision, least: 3, most: 3 };
    for (const network of networks) {
      expect(Number.isFinite(measureSlope(network, once).measured), nameOf(network)).toBe(true);
      expect(network.wider().width).toBe(2 * network.width);
    }
  });
});

import { type Activation, defineActivation, log, mul, normalTail, relu, tanh } from "@isograd/autograd";
import { describe, expect, it } from "vitest";
import type { Examined } from "../../../src/lint/layers.ts";
import { bornDead, inverseWidths, lawOf, lintWidth } from "../../../src/lint/rules/width.ts";

/** Layers behind one of so many units each. */
const layersOf = (widths: readonly number[], activation: Activation | null = relu): Examined[] =>
  [...widths, 1].map((fanOut, k) => {
    const use = activation === null || k === 0 ? null : { activation, inputs: [] };
    const layer = { place: `layer ${k}`, fanOut, use, q: 1, weightVariance: 2 };
    return { ...layer, residual: false, normalized: false } as unknown as Examined;
  });

/** So many layers of ten units: each adds a half to the variance. */
const tens = (count: number): Examined[] => layersOf(new Array(count).fill(10));

const unknown = defineActivation({ name: "logarithm", f: log });
const flat = defineActivation({ name: "flat", f: (x) => mul(x, 0) });

describe("the law of the gradient", () => {
  it.each([
    ["five for ReLU", relu, 5],
    ["two where there is no activation", null, 2],
    ["two where nothing is known of it", unknown, 2],
    ["two where it has no slope", flat, 2],
  ])("has a variance of k over each width: %s", (_, activation, k) => {
    const { mean, deviation } = lawOf(layersOf([10, 20], activation));
    const variance = k / 10 + k / 20;
    expect(mean).toBeCloseTo(-variance / 2, 12);
    expect(deviation).toBeCloseTo(Math.sqrt(variance), 12);
  });

  it("counts the widths of the layers below, and those that are behind one alone", () => {
    expect(inverseWidths(layersOf([4, 8], null))).toBe(3 / 8);
    expect(lawOf(layersOf([]))).toEqual({ mean: -0, deviation: 0 });
  });
});

describe("too deep for their width", () => {
  const severities = (count: number) => lintWidth(tens(count)).map(({ severity }) => severity);

  it("are layers of which one draw in ten fails, and lost those of which half do", () => {
    // Of N(-b/2, b) a tenth lies below -2 log 10³ at b = 17.05, and half at 27.63.
    expect([34, 35, 55, 56].map(severities)).toEqual([[], ["warning"], ["warning"], ["alarm"]]);
    expect(lintWidth(layersOf([]))).toEqual([]);
  });

  it("says how many fail", () => {
    const [{ measured, causes, consequence }] = lintWidth(tens(40));
    expect(measured.value).toBeCloseTo(4, 12);
    expect(causes[0].logShare).toBeCloseTo(-10 / 41, 12);
    const harm = 2 * Math.log(1000);
    const [below, above] = [(harm - 10) / Math.sqrt(20), (harm + 10) / Math.sqrt(20)].map(normalTail);
    expect(consequence).toContain(`of ${(100 * (below + above)).toFixed(1)} % of all draws`);
  });
});

describe("the chance to be born dead", () => {
  it("is that of activations that are flat on one side", () => {
    expect(bornDead(layersOf([3, 3], relu))).toBeCloseTo(1 - (7 / 8) ** 2, 12);
    for (const activation of [null, tanh, unknown]) expect(bornDead(layersOf([3, 3], activation))).toBe(0);
  });

  it("is told from one in ten on", () => {
    const [{ detector, consequence }] = lintWidth(layersOf([3]));
    expect(detector).toBe("lint.bornDead");
    expect(consequence).toContain("up to 12.5 % of all draws");
    expect(lintWidth(layersOf([4]))).toEqual([]);
  });
});

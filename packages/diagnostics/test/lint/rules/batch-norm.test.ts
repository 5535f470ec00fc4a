import { type Activation, defineActivation, log, relu, tanh } from "@isograd/autograd";
import { describe, expect, it } from "vitest";
import type { Finding } from "../../../src/finding.ts";
import type { Examined } from "../../../src/lint/layers.ts";
import { lintBatchNorm, lintUselessBias } from "../../../src/lint/rules/batch-norm.ts";

/** Layers behind batch normalisation and these activations, above a first one. */
function found(activations: readonly (Activation | null)[], traced = 1e5, more = {}): Finding[] {
  const layers = [null, ...activations].map((activation, k) => ({
    normalized: true,
    residual: false,
    use: activation && { activation, inputs: [] },
    before: activation?.name ?? null,
    place: `layer ${k}`,
    ...more,
  }));
  return lintBatchNorm(layers as unknown as Examined[], traced);
}

const times = <T>(count: number, value: T): T[] => new Array(count).fill(value);

describe("batch normalisation in plain stacks", () => {
  it("explodes from 10³ on, where the pass shows as much or shows nothing", () => {
    // √(π/(π - 1)) a layer: 982 over 36, 1189 over 37.
    expect([36, 37].map((count) => found(times(count, relu)).length)).toEqual([0, 1]);
    expect([900, 1100, Number.NaN].map((traced) => found(times(37, relu), traced).length)).toEqual([0, 1, 1]);
  });

  it("keeps gradients where no activation stands between, or one of which nothing is known", () => {
    for (const activation of [null, defineActivation({ name: "logarithm", f: log })])
      expect(found(times(99, activation))).toEqual([]);
  });

  it("does not count where a shortcut joins, nor in front of the first layer or without normalisation", () => {
    expect(found(times(99, relu), 1e5, { residual: true })).toEqual([]);
    expect(found(times(99, relu), 1e5, { normalized: false })).toEqual([]);
    expect(found([])).toEqual([]);
  });

  it("is told with the factor of all, the share of each, and the first", () => {
    const chi = Math.PI / (Math.PI - 1);
    const [{ places, measured, causes }] = found(times(40, relu));
    expect(places).toHaveLength(40);
    expect(measured.value / chi ** 20).toBeCloseTo(1, 6);
    expect(causes[0].logShare).toBeCloseTo(Math.log(chi), 6);
    const [mixed] = found([tanh, ...times(40, relu)]);
    expect(mixed.causes[0].explanation).toContain("behind tanh multiplies |gradient|² by E φ'²/Var φ = 1.18");
  });
});

it("biases are useless in front of a normalisation, and only there", () => {
  const of = (...all: (readonly [hasBias: boolean, normalized: boolean])[]) =>
    lintUselessBias(all.map(([hasBias, normalized]) => ({ hasBias, normalized, place: "" })) as Examined[]);
  expect(of([true, true], [true, false], [false, true], [true, true])[0].measured.value).toBe(2);
  expect(of([true, true])).toHaveLength(1);
  expect(of([true, false], [false, true])).toEqual([]);
});

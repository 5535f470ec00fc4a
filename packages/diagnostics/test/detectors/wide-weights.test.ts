import { relu, sigmoid, tanh } from "@isograd/autograd";
import { diagnose } from "@isograd/diagnostics";
import { BatchNorm1d, crossEntropy } from "@isograd/nn";
import { describe, expect, it } from "vitest";
import type { FlowOptions } from "../../src/detectors/gradient-flow.ts";
import { detectWideWeights, widthPValue } from "../../src/detectors/wide-weights.ts";
import { chainOf } from "../../src/flow/chain.ts";
import type { Contraction } from "../../src/trace/network.ts";
import { trace } from "../../src/trace/trace.ts";
import { classes } from "../networks/data.ts";
import { type Plain, plain } from "../networks/plain.ts";

const batch = classes({ seed: "wide" });
const behind = (numFeatures: number): BatchNorm1d => new BatchNorm1d({ numFeatures });

const network = (options: Partial<Plain> = {}) =>
  plain({ width: 24, depth: 4, activation: relu, weights: 2, seed: "wide", ...options });

const found = (options: Partial<Plain>) => diagnose(network(options), batch, crossEntropy).findings;

function chainWith(options: Partial<Plain>): readonly Contraction[] {
  const { contractions } = trace({ model: network(options), batch, loss: crossEntropy });
  return chainOf(contractions);
}

describe("an alarm", () => {
  it("comes where normalisation keeps the gradients whatever the weights, and names these", () => {
    const [finding] = found({ behind, weights: 2 * 20 ** 2 });
    expect(finding).toMatchObject({ detector: "wideWeights", fault: "exploding", severity: "alarm" });
    expect(finding.places).toEqual(["layers.3", "layers.6", "layers.9"]);
    expect(finding.causes).toMatchObject([{ part: "weights" }]);
    expect(finding.causes[0].logShare).toBeCloseTo(2 * Math.log(20), 0);
    expect(finding.measured.value).toBeGreaterThan(300);
    expect(finding.band).toEqual([0, 3]);
    expect(finding.consequence).toContain("times that of an output of zeros");
  });

  it("is one with that of gradients that explode with the signals", () => {
    expect(found({ weights: 60 }).map(({ detector }) => detector)).toEqual(["gradientFlow"]);
  });
});

it.each([
  ["healthy", {}],
  ["healthy, with normalisation", { behind }],
  ["wide behind normalisation, but harmless", { behind, weights: 2 * 2 ** 2 }],
  ["He's weights behind tanh", { activation: tanh }],
] as const)("is silent: %s", (_, options) => {
  expect(found(options).map(({ detector }) => detector)).not.toContain("wideWeights");
});

describe("the law", () => {
  it("is χ²: half of it at three times the critical variance, its upper hundredth as in tables", () => {
    /** One layer behind another, of `size` weights of mean square `ratio` times the critical one. */
    const pValueOf = (size: number, ratio: number): number => {
      const [first] = chainWith({});
      const values = new Float64Array(size).fill(Math.sqrt(ratio / size));
      const weight = { size, data: values, shape: [size], strides: [1], values: () => values };
      const layer = { ...first, weight, weightSource: null, fanIn: size, below: null };
      return widthPValue([first, layer as unknown as Contraction]);
    };
    // Quantiles of χ² with 25 and with 100 degrees of freedom.
    expect(pValueOf(25, (3 * 44.314) / 25)).toBeCloseTo(0.01, 3);
    expect(pValueOf(100, (3 * 135.807) / 100)).toBeCloseTo(0.01, 3);
    expect(pValueOf(100, (3 * 77.929) / 100)).toBeCloseTo(0.95, 2);
  });

  it("leaves out the first layer, and counts weights once that layers share", () => {
    const chain = chainWith({});
    expect([widthPValue(chain.slice(0, 1)), widthPValue([])]).toEqual([Number.NaN, Number.NaN]);
    const doubled = [...chain, chain[2], chain[2]];
    expect(widthPValue(doubled)).toEqual(widthPValue(chain));
    const wide = chainWith({ weights: 12 });
    expect(widthPValue([wide[0], ...chain.slice(1)])).toEqual(widthPValue(chain));
    expect(widthPValue([chain[0], ...wide.slice(1)])).toBeLessThan(1e-6);
  });

  it("takes the weights that keep the signal where none keep the gradient", () => {
    const gain = sigmoid.facts.gain ** 2;
    expect(widthPValue(chainWith({ activation: sigmoid, weights: gain }))).toBeGreaterThan(0.999);
    expect(widthPValue(chainWith({ activation: sigmoid, weights: 6 * gain }))).toBeLessThan(1e-6);
  });
});

describe("the verdict turns", () => {
  const chain = chainWith({ weights: 6.6, width: 8, seed: "turn" });
  const pValue = widthPValue(chain);
  const of = (options: FlowOptions, roughness = 1): string[] =>
    detectWideWeights(chain, { roughness }, { excess: 8, ...options }).map(({ severity }) => severity);

  it("at the chance that it is given, the first step's by default", () => {
    expect([of({ alpha: 1.01 * pValue }), of({ alpha: 0.99 * pValue })]).toEqual([["alarm"], []]);
    expect([pValue > 0.0004, of({})]).toEqual([true, []]);
    expect(detectWideWeights(chainWith({ weights: 12 }), { roughness: 1 }, { excess: 8 })).toHaveLength(1);
  });

  it("at what it does: five times the loss of an output of zeros, or a rough network", () => {
    const alpha = 2 * pValue;
    expect([of({ alpha, excess: 5.1 }), of({ alpha, excess: 4.9 })]).toEqual([["alarm"], []]);
    expect([of({ alpha, excess: Number.NaN }, 26), of({ alpha, excess: Number.NaN }, 24)]).toEqual([
      ["alarm"],
      [],
    ]);
  });
});

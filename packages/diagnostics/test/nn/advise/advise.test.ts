import { Generator, randn, relu, sigmoid, swiglu, tanh, tensor } from "@isograd/autograd";
import { adviseActivation } from "@isograd/diagnostics/nn";
import * as nn from "@isograd/nn";
import {
  ActivationLayer,
  Adam,
  accuracy,
  BatchNorm1d,
  crossEntropy,
  Linear,
  type Module,
  Sequential,
} from "@isograd/nn";
import { describe, expect, it } from "vitest";
import { fittingVariance } from "../../../src/advise/candidate.ts";
import { stepsOf } from "../../../src/nn/advise/train.ts";
import { withCandidate } from "../../../src/nn/advise/with-candidate.ts";
import { swapActivations } from "../../../src/nn/remedies/swap-activations.ts";
import { bitsOf } from "../samples.ts";

const generator = new Generator("advice");
const linear = (inFeatures: number, outFeatures: number): Linear =>
  new Linear({ inFeatures, outFeatures, generator });

const network = (depth: number, normalized = false): Sequential =>
  new Sequential([
    ...Array.from({ length: depth }, (_, k) => [
      linear(k === 0 ? 2 : 12, 12),
      ...(normalized ? [new BatchNorm1d({ numFeatures: 12 })] : []),
      new ActivationLayer(relu),
    ]).flat(),
    linear(12, 2),
  ]);

/** Whether a point lies within a circle: no straight line tells. */
function circle(seed: string, count: number) {
  const inputs = randn(new Generator(seed), [count, 2]);
  const rows = inputs.toArray() as number[][];
  return { inputs, targets: tensor(Int32Array.from(rows, ([a, b]) => (a * a + b * b > 1.4 ? 1 : 0))) };
}

const data = Array.from({ length: 64 }, (_, k) => circle(`batch ${k}`, 16));
const optimizer = ({ model }: { readonly model: Module }) =>
  new Adam(model.parameters(), { learningRate: 0.01 });
const candidates = [sigmoid, tanh, relu, swiglu];
const options = { candidates, optimizer, heldOut: [circle("held out", 100)] };

describe("adviseActivation", () => {
  const model = network(2);

  it.each(["model", "data", "competition", "stochastic"] as const)(
    "by %s ranks all, and changes nothing",
    (by) => {
      const before = bitsOf(model);
      const advice = adviseActivation(model, data, crossEntropy, { ...options, by });
      expect(bitsOf(model)).toEqual(before);
      expect(advice.ranking.map(({ name }) => name).sort()).toEqual(["relu", "sigmoid", "swiglu", "tanh"]);
      for (const { reasons, code } of advice.ranking) {
        expect(reasons.length).toBeGreaterThan(0);
        expect(code).toMatch(/^swap(Activations|Gates)\(model, \w+\);\ninitialize\(model, /);
      }
      const scores = advice.ranking.map(({ score }) => score);
      const trains = by === "competition" || by === "stochastic";
      if (by !== "competition") expect(scores).toEqual(scores.toSorted((a, b) => b - a));
      expect(advice.cost.steps > 0).toBe(trains);
      expect(advice.cost.steps).toBe(advice.ranking.reduce((sum, { steps }) => sum + steps, 0));
      expect(advice.cost.steps).toBeLessThanOrEqual((4 * 2 * data.length) / 4);
      expect(advice.cost.gradientEvaluations).toBe(trains ? advice.cost.steps : by === "model" ? 1 : 8);
    },
  );

  it("regrets little against training all of them in full, for a quarter of the steps at most", () => {
    const test = circle("test", 500);
    const points = new Map<string, number>();
    for (const candidate of candidates) {
      const trained = withCandidate(model, candidate, {
        seed: "0 0",
        weightVariance: fittingVariance(candidate),
      });
      const step = stepsOf(trained, crossEntropy, optimizer);
      for (const batch of data) step(batch);
      points.set(candidate.name, 100 * accuracy(trained.call(test.inputs), test.targets));
    }
    const { ranking, cost } = adviseActivation(model, data, crossEntropy, {
      ...options,
      by: "competition",
      networks: 1,
    });
    const best = Math.max(...points.values());
    expect(best - Math.min(...points.values())).toBeGreaterThan(10);
    expect(best - (points.get(ranking[0].name) ?? 0)).toBeLessThan(5);
    expect(cost.steps).toBeLessThanOrEqual((candidates.length * data.length) / 4);
  });

  it("leaves out what does not fit, and says why", () => {
    const { ranking, leftOut } = adviseActivation(network(2, true), data, crossEntropy, {
      by: "model",
      candidates,
    });
    expect(leftOut.map(({ name }) => name)).toEqual(["swiglu"]);
    expect(leftOut[0].reason).toMatch(/directly in front/);
    expect(ranking).toHaveLength(3);
    expect(ranking[0].reasons[0]).toMatch(/behind batch normalisation the weights do not matter/);
  });

  it("knows what cannot train in depth before any data", () => {
    const { ranking } = adviseActivation(network(8), data, crossEntropy, {
      by: "model",
      candidates: [sigmoid, tanh, relu],
    });
    expect(ranking[2].name).toBe("sigmoid");
    expect(ranking[2].reasons.join()).toMatch(/no weights are critical/);
  });

  it("asks for what it needs", () => {
    const ask = (change: object) => () =>
      adviseActivation(model, data, crossEntropy, { ...options, by: "competition", ...change });
    expect(ask({ optimizer: undefined })).toThrowErrorMatchingInlineSnapshot(
      `[ArgumentError: adviseActivation: expected what trains a model, for the way competition, got undefined]`,
    );
    expect(ask({ candidates: [] })).toThrowErrorMatchingInlineSnapshot(
      `[ArgumentError: adviseActivation: expected candidates that the model takes, got ""]`,
    );
    expect(() =>
      adviseActivation(model, [], crossEntropy, { by: "model" }),
    ).toThrowErrorMatchingInlineSnapshot(`[ArgumentError: adviseActivation: expected batches, got "none"]`);
    expect(() =>
      adviseActivation(model, data.slice(0, 1), crossEntropy, { by: "competition", optimizer }),
    ).toThrowErrorMatchingInlineSnapshot(
      `[ArgumentError: adviseActivation: expected batches to train on, and to hold out, got [0, 1]]`,
    );
    expect(() =>
      adviseActivation(linear(2, 2) as unknown as Module, data, crossEntropy, {
        by: "model",
        candidates: [tanh],
      }),
    ).toThrowErrorMatchingInlineSnapshot(
      `[ArgumentError: adviseActivation: expected candidates that the model takes, got "tanh: swapActivations: expected a model with activations between its layers, got Linear"]`,
    );
  });

  it("gives code that does what was tried", () => {
    const { ranking } = adviseActivation(model, data, crossEntropy, {
      by: "model",
      candidates: [tanh, relu],
    });
    for (const { code, candidate } of ranking) {
      const own = model.clone();
      const names = { ...nn, swapActivations, tanh, relu, model: own };
      new Function(...Object.keys(names), code)(...Object.values(names));
      const weightVariance = fittingVariance(candidate);
      const tried = withCandidate(model, candidate, { seed: 0, weightVariance });
      const close = (a: ArrayLike<number>, b: ArrayLike<number>): boolean =>
        Array.from(a).every((value, k) => Math.abs(value - b[k]) < 1e-6);
      own.parameters().forEach((weights, k) => {
        expect(close(weights.values(), tried.parameters()[k].values())).toBe(true);
      });
    }
  });
});

it("begins all candidates from the same draws, each with its own variance", () => {
  const begin = (candidate: typeof relu) =>
    withCandidate(network(2), candidate, { seed: 1, weightVariance: fittingVariance(candidate) })
      .parameters()[0]
      .values();
  const [a, b] = [begin(relu), begin(tanh)];
  a.forEach((value, k) => {
    expect(value / b[k]).toBeCloseTo(Math.SQRT2, 5);
  });
});

import {
  backward,
  type Gate,
  Generator,
  linear,
  mul,
  parameter,
  randn,
  relu,
  sigmoid,
  square,
  sub,
  sum,
  swiglu,
  type Tensor,
  tanh,
} from "@isograd/autograd";
import { adviseActivation, type FactoryOptions, type ModelFactory } from "@isograd/diagnostics";
import { mseLoss } from "@isograd/nn";
import { expect, it } from "vitest";

const weightsOf = new WeakMap<object, readonly Tensor[]>();

/** Two hidden layers as a function of tensors. */
const build: ModelFactory = (activation, { inputsPerUnit, weightVariance, seed }) => {
  const generator = new Generator(seed);
  const shapes = [
    [10 * inputsPerUnit, 3],
    [10 * inputsPerUnit, 10],
    [1, 10],
  ];
  const weights = shapes.map(([fanOut, fanIn]) =>
    parameter(mul(randn(generator, [fanOut, fanIn]), Math.sqrt(weightVariance / fanIn))),
  );
  const apply = activation as Gate;
  const model = (x: Tensor): Tensor =>
    weights.reduce((h, weight, k) => linear(k === 0 ? h : apply(h), weight), x);
  weightsOf.set(model, weights);
  return model;
};

const data = Array.from({ length: 40 }, (_, seed) => {
  const inputs = randn(new Generator(seed), [16, 3]);
  return { inputs, targets: sum(square(inputs), { axis: 1, keepDims: true }) };
});

/** Plain gradient descent. */
const train: FactoryOptions["train"] = (model) => (batch) => {
  const weights = weightsOf.get(model) ?? [];
  for (const weight of weights) weight.grad = null;
  const loss = mseLoss((model as (x: Tensor) => Tensor)(batch.inputs), batch.targets);
  backward(loss);
  for (const weight of weights) weight.assign(sub(weight.detach(), mul(0.01, weight.grad as Tensor)));
  return loss.item();
};

const candidates = [relu, tanh, sigmoid, swiglu];

it.each(["model", "data", "competition", "stochastic"] as const)(
  "advises on functions of tensors by %s",
  (by) => {
    const advice = adviseActivation(build, data, mseLoss, { by, candidates, train });
    expect(advice.ranking).toHaveLength(4);
    expect(advice.leftOut).toEqual([]);
    expect(advice.cost.steps).toBe(advice.ranking.reduce((total, { steps }) => total + steps, 0));
    expect(advice.cost.evaluations > 0).toBe(advice.cost.steps > 0);
    const again = adviseActivation(build, data, mseLoss, { by, candidates, train });
    expect(again.ranking).toEqual(advice.ranking);
  },
);

it("builds with the weights that suit, as the code to paste says", () => {
  const { ranking } = adviseActivation(build, data, mseLoss, { by: "model", candidates: [swiglu] });
  expect(ranking[0].code).toMatchInlineSnapshot(
    `"const model = build(swiglu, { inputsPerUnit: 2, weightVariance: 1.60989, seed });"`,
  );
});

it("leaves out gates where the factory does not make room for them", () => {
  const plain: ModelFactory = (activation, blueprint) =>
    build(activation, { ...blueprint, inputsPerUnit: 1 });
  const { leftOut, ranking } = adviseActivation(plain, data, mseLoss, { by: "data", candidates });
  expect(leftOut.map(({ name }) => name)).toEqual(["swiglu"]);
  expect(ranking).toHaveLength(3);
});

it("holds out the last fifth of the batches unless it is told what else", () => {
  const seen = new Set<unknown>();
  const spying: FactoryOptions["train"] = () => (batch) => {
    seen.add(batch);
    return 0;
  };
  adviseActivation(build, data, mseLoss, { by: "competition", candidates, train: spying, budget: 1 });
  expect(seen.has(data[31]) && !seen.has(data[32])).toBe(true);
});

it("asks for what it needs", () => {
  const ask = (change: object) => () =>
    adviseActivation(build, data, mseLoss, { by: "competition", candidates, train, ...change });
  expect(ask({ by: "luck" })).toThrowErrorMatchingInlineSnapshot(
    `[ArgumentError: adviseActivation: expected a way: model, data, competition, stochastic, got "luck"]`,
  );
  expect(ask({ networks: 0 })).toThrowErrorMatchingInlineSnapshot(
    `[ArgumentError: adviseActivation: expected a number of networks, got 0]`,
  );
  expect(ask({ heldOut: [] })).toThrowErrorMatchingInlineSnapshot(
    `[ArgumentError: adviseActivation: expected batches to train on, and to hold out, got [40, 0]]`,
  );
  expect(() =>
    adviseActivation(null as never, data, mseLoss, { by: "model" }),
  ).toThrowErrorMatchingInlineSnapshot(
    `[ArgumentError: adviseActivation: expected a function from an activation to a model, got null]`,
  );
});

import { fromData, Generator, type Tensor } from "@isograd/autograd";
import {
  adam,
  chain,
  clipAdaptive,
  clipByGlobalNorm,
  clipByLayer,
  clipByNorm,
  clipByPercentile,
  clipByValue,
  clipByZScore,
  clipGradAdaptive,
  clipGradNorm,
  clipGradNormPerLayer,
  clipGradPercentile,
  clipGradZScore,
  type GradientTransform,
  Linear,
  normHistory,
  normMoments,
  Optimizer,
  Sequential,
  SGD,
  sgd,
} from "@isograd/nn";
import { describe, expect, it } from "vitest";
import { expectNumbers } from "../reference/cases.ts";
import { withGradient } from "./with-gradient.ts";

describe("chains with clipping", () => {
  it("clip as the functions do, before the step", () => {
    const [direct, chained] = [withGradient([1, 1], [3, 4]), withGradient([1, 1], [3, 4])];
    clipGradNorm([direct], 1);
    new SGD([direct], { learningRate: 0.5 }).step();
    new Optimizer([chained], chain(clipByGlobalNorm(1), sgd({ learningRate: 0.5 }))).step();
    expect(chained.toArray()).toEqual(direct.toArray());
    expect(chained.grad?.toArray()).toEqual([3, 4]);
  });

  it("clip by value and by the norm of each tensor", () => {
    const [a, b] = [withGradient([0, 0], [3, -4]), withGradient([0], [0.5])];
    new Optimizer([a, b], chain(clipByValue(3.5), sgd({ learningRate: 1 }))).step();
    expect([a.toArray(), b.toArray()]).toEqual([[-3, 3.5], [-0.5]]);
    const [c, d] = [withGradient([0, 0], [3, -4]), withGradient([0], [0.5])];
    new Optimizer([c, d], chain(clipByNorm(1), sgd({ learningRate: 1 }))).step();
    expectNumbers(c.values(), [-0.6, 0.8], 1e-6);
    expect(d.toArray()).toEqual([-0.5]);
  });

  it("stop at gradients that are not finite, before anything is changed", () => {
    const history = [clipByPercentile(), clipByZScore()];
    for (const clip of [clipByGlobalNorm(1), clipByNorm(1), clipByValue(1), clipAdaptive(), ...history]) {
      const [a, b] = [withGradient([1, 1], [3, 4]), withGradient([1], [Number.NaN])];
      const optimizer = new Optimizer([a, b], chain(clip, adam()));
      const before = JSON.stringify(optimizer.state);
      expect(() => optimizer.step()).toThrow(/parameter 1; nothing was changed/);
      expect([a.toArray(), b.toArray(), JSON.stringify(optimizer.state)]).toEqual([[1, 1], [1], before]);
    }
  });
});

describe("as transforms and as functions, step by step, the same", () => {
  const make = () =>
    new Sequential(
      [1, 2].map(
        (seed) => new Linear({ inFeatures: 2, outFeatures: 2, dtype: "f64", generator: new Generator(seed) }),
      ),
    );
  const [history, moments] = [normHistory(), normMoments()];
  const ways: readonly [string, (model: Sequential) => GradientTransform, (model: Sequential) => unknown][] =
    [
      [
        "adaptive",
        () => clipAdaptive({ clipping: 0.3 }),
        (m) => clipGradAdaptive(m.parameters(), { clipping: 0.3 }),
      ],
      [
        "percentile",
        () => clipByPercentile({ percentile: 40 }),
        (m) => clipGradPercentile(m.parameters(), history, { percentile: 40 }),
      ],
      [
        "z-score",
        () => clipByZScore({ warmUp: 3, threshold: 1 }),
        (m) => clipGradZScore(m.parameters(), moments, { warmUp: 3, threshold: 1 }),
      ],
      ["per layer", (m) => clipByLayer(m, 1), (m) => clipGradNormPerLayer(m, 1)],
    ];

  it.each(ways)("%s", (_, transform, clip) => {
    const [model, other] = [make(), make()];
    const chained = new Optimizer(model.parameters(), chain(transform(model), adam({ learningRate: 0.1 })));
    const plain = new Optimizer(other.parameters(), adam({ learningRate: 0.1 }));
    const generator = new Generator(5);
    let clone: { optimizer: Optimizer; parameters: Tensor[] } | null = null;
    for (let step = 0; step < 12; step++) {
      const scale = 10 ** Math.sin(step);
      for (const [k, { shape }] of model.parameters().entries()) {
        const data = new Float64Array(shape[0] * (shape[1] ?? 1));
        generator.fillNormal(data);
        const gradient = fromData(
          data.map((value) => scale * value),
          shape,
        );
        for (const parameters of [
          model.parameters(),
          other.parameters(),
          ...(clone ? [clone.parameters] : []),
        ])
          parameters[k].grad = gradient;
      }
      chained.step();
      clone?.optimizer.step();
      clip(other);
      plain.step();
      if (step === 6) {
        const copy = model.clone();
        clone = { optimizer: chained.cloneFor(copy.parameters()), parameters: copy.parameters() };
      }
    }
    for (const [k, { path, tensor: held }] of model.namedParameters().entries()) {
      expectNumbers(held.values(), other.parameters()[k].values(), 1e-13, 1e-14);
      expect(clone?.parameters[k].toArray(), path).toEqual(held.toArray());
    }
  });

  it("and a model's layers are those of its own parameters", () => {
    const [model, other] = [make(), make()];
    expect(() => new Optimizer(other.parameters(), clipByLayer(model, 1))).toThrow(
      /expected parameters of the model/,
    );
  });
});

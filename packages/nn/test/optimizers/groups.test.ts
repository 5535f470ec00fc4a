import { fromData, type Tensor } from "@isograd/autograd";
import {
  Adam,
  adam,
  chain,
  clipByGlobalNorm,
  grouped,
  lookahead,
  Muon,
  Optimizer,
  type Part,
  SGD,
  sgd,
} from "@isograd/nn";
import { describe, expect, it } from "vitest";
import { withGradient } from "./with-gradient.ts";

const three = (): [Tensor, Tensor, Tensor] => [
  withGradient([1, 2], [3, -4]),
  withGradient([5], [6]),
  withGradient([7, 8, 9], [1, 1, 1]),
];

const values = (parameters: readonly Tensor[]): number[][] => parameters.map((w) => [...w.values()]);

describe("groups of parameters", () => {
  it("have options of their own, and the others' where they have none", () => {
    const [a, b, c] = three();
    const optimizer = new SGD(
      [{ parameters: [a] }, { parameters: [b, c], learningRate: 0.1, weightDecay: 1, momentum: 0 }],
      { learningRate: 0.5, momentum: 0.5 },
    );
    optimizer.step();
    const alone = three();
    new SGD([alone[0]], { learningRate: 0.5, momentum: 0.5 }).step();
    new SGD([alone[1], alone[2]], { learningRate: 0.1, weightDecay: 1 }).step();
    expect(values([a, b, c])).toEqual(values(alone));
    expect(optimizer.state.map(({ memory }) => memory.length)).toEqual([1, 2]);
    expect(optimizer.parameters).toEqual([a, b, c]);
  });

  it("take the steps that an optimizer for each would take", () => {
    const [together, apart] = [three(), three()];
    const groups: Part[] = [
      { count: 1, transform: lookahead(adam()) },
      { count: 0, transform: sgd({ learningRate: 1 }) },
      { count: 2, transform: sgd({ learningRate: 0.1, momentum: 0.5 }) },
    ];
    const one = new Optimizer(together, grouped(...groups));
    const several = [
      new Optimizer([apart[0]], groups[0].transform),
      new Optimizer([apart[1], apart[2]], groups[2].transform),
    ];
    for (let step = 0; step < 7; step++) {
      for (const each of [...together, ...apart])
        each.grad = fromData(
          Float64Array.from(each.values(), (value) => Math.sin(value + step)),
          each.shape,
        );
      together[1].grad = apart[1].grad = null;
      one.step();
      for (const optimizer of several) optimizer.step();
    }
    expect(values(together)).toEqual(values(apart));
  });

  it("are clipped together before they part", () => {
    const parameters = three();
    const each = grouped(
      { count: 2, transform: sgd({ learningRate: 1 }) },
      { count: 1, transform: sgd({ learningRate: 10 }) },
    );
    new Optimizer(parameters, chain(clipByGlobalNorm(1), each)).step();
    const norm = Math.sqrt(3 * 3 + 4 * 4 + 6 * 6 + 3) + 1e-6;
    expect(parameters[0].values()[0]).toBeCloseTo(1 - 3 / norm, 12);
    expect(parameters[2].values()[2]).toBeCloseTo(9 - 10 / norm, 12);
    expect(parameters[0].grad?.toArray()).toEqual([3, -4]);
  });

  it("may be followed by others in a chain", () => {
    const parameters = three();
    const each = grouped(
      { count: 1, transform: sgd({ learningRate: 1 }) },
      { count: 2, transform: sgd({ learningRate: 2 }) },
    );
    new Optimizer(parameters, chain(each, clipByGlobalNorm(1e9), chain())).step();
    expect(values(parameters)).toEqual([[-2, 6], [-7], [5, 6, 7]]);
  });

  it("have learning rates of their own, which can be set together or each", () => {
    const [a, b, c] = three();
    const optimizer = new Adam([{ parameters: [a, b], learningRate: 0.25 }, { parameters: [c] }]);
    expect(optimizer.learningRates).toEqual([0.25, 1e-3]);
    optimizer.learningRates = optimizer.learningRates.map((rate) => rate / 2);
    expect(optimizer.learningRates).toEqual([0.125, 5e-4]);
    optimizer.learningRate = 1;
    expect(optimizer.learningRates).toEqual([1, 1]);
    expect(() => {
      optimizer.learningRates = [1];
    }).toThrowErrorMatchingInlineSnapshot(`[ArgumentError: learningRates: expected 2 of them, got [1]]`);
    expect(() => {
      optimizer.learningRates = [0.5, -1];
    }).toThrow(/not negative/);
    expect(optimizer.learningRates).toEqual([1, 1]);
  });

  it("say what is wrong with them", () => {
    const [a, b] = three();
    const mixed = [a, { parameters: [b] }] as unknown as Tensor[];
    expect(() => new SGD(mixed, { learningRate: 1 })).toThrow(/parameters or groups of them, not both/);
    expect(() => new SGD([{ parameters: [a] }, { parameters: [a] }], { learningRate: 1 })).toThrow(
      /each parameter once/,
    );
    expect(
      () => new Optimizer([a, b], grouped({ count: 1, transform: adam() })),
    ).toThrowErrorMatchingInlineSnapshot(`[ArgumentError: grouped: expected 1 parameters, got 2]`);
    expect(() => grouped({ count: -1, transform: adam() })).toThrow(/whole numbers of parameters/);
    expect(() => new Muon([a])).toThrowErrorMatchingInlineSnapshot(
      `[ArgumentError: orthogonalize: expected weights with two axes at least, parameter 0 has 1; group others with another optimizer, got [2]]`,
    );
  });
});

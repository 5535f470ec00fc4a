import {
  add,
  fromData,
  matmul,
  mul,
  parameter,
  pow,
  square,
  sub,
  sum,
  type Tensor,
  tensor,
  zeros,
} from "@isograd/autograd";
import { backtracking, GradientDescent, LBFGS, type LossOptimizer, Module, strongWolfe } from "@isograd/nn";
import { describe, expect, it } from "vitest";

/** A bowl that is 30 times as steep along one axis as along another, and a parameter that nothing depends on. */
class Bowl extends Module<[], Tensor> {
  readonly x: Tensor;
  readonly unused: Tensor;

  constructor(readonly dtype: "f32" | "f64" = "f64") {
    super();
    this.x = parameter([1, -2, 0.5], { dtype });
    this.unused = parameter([3], { dtype });
  }

  forward(): Tensor {
    const curvature = tensor([1, 5, 30], { dtype: this.dtype });
    return add(mul(0.5, sum(mul(curvature, square(this.x)))), mul(0.1, sum(pow(this.x, 4))));
  }
}

type Made = LossOptimizer<{ learningRate: number }>;

const registry: Readonly<Record<string, (parameters: Iterable<Tensor>) => Made>> = {
  "gradient descent": (parameters) => new GradientDescent(parameters, { learningRate: 0.03 }),
  backtracking: (parameters) => new GradientDescent(parameters, { lineSearch: backtracking() }),
  "strong Wolfe": (parameters) => new GradientDescent(parameters, { lineSearch: strongWolfe() }),
  LBFGS: (parameters) => new LBFGS(parameters, { maxIterations: 2, learningRate: 0.5 }),
  "LBFGS with strong Wolfe": (parameters) =>
    new LBFGS(parameters, { maxIterations: 2, historySize: 3, lineSearch: strongWolfe() }),
  "LBFGS with backtracking": (parameters) =>
    new LBFGS(parameters, { maxIterations: 2, lineSearch: backtracking({ shrink: 0.3 }) }),
};

const begin = (make: (parameters: Iterable<Tensor>) => Made, dtype?: "f32"): [Bowl, Made] => {
  const model = new Bowl(dtype);
  return [model, make(model.parameters())];
};

const take = (model: Bowl, optimizer: Made, steps: number): number[] =>
  Array.from({ length: steps }, () => optimizer.step(() => model.call()));

describe.each(Object.entries(registry))("%s", (_, make) => {
  it("finds the minimum, in f32 as well", () => {
    for (const dtype of [undefined, "f32"] as const) {
      const [model, optimizer] = begin(make, dtype);
      const losses = take(model, optimizer, 300);
      expect(losses.at(-1)).toBeLessThan(1e-6);
      expect(losses[0]).toBeCloseTo(0.5 * (1 + 20 + 7.5) + 0.1 * (1 + 16 + 0.0625), 5);
    }
  });

  it("goes on from the same point on a copy of the model, bit for bit", () => {
    const [model, optimizer] = begin(make);
    take(model, optimizer, 3);
    const copy = model.clone();
    const other = optimizer.cloneFor(copy.parameters());
    expect(structuredClone(optimizer.state)).toEqual(optimizer.state);
    expect(take(copy, other, 4)).toEqual(take(model, optimizer, 4));
    expect(copy.x.toArray()).toEqual(model.x.toArray());
    expect(other.state).toEqual(optimizer.state);
  });

  it("lets parameters rest that no gradient reaches, or that are frozen", () => {
    const [model, optimizer] = begin(make);
    take(model, optimizer, 2);
    expect(model.unused.toArray()).toEqual([3]);
    const second = parameter([1], { dtype: "f64" });
    const both = make([model.x, second]);
    model.freeze();
    const before = model.x.toArray();
    both.step(() => add(model.call(), sum(square(second))));
    expect(model.x.toArray()).toEqual(before);
    expect(second.item()).not.toBe(1);
  });

  it("stays at the minimum", () => {
    const [model, optimizer] = begin(make);
    model.x.assign(zeros([3], "f64"));
    take(model, optimizer, 2);
    expect(model.x.values().map(Math.abs)).toEqual(Float64Array.of(0, 0, 0));
  });

  it("is back where it was if the loss throws", () => {
    const [model, optimizer] = begin(make);
    for (let failing = 1; failing < 3; failing++) {
      let calls = 0;
      const before = model.x.toArray();
      const loss = (): Tensor => {
        calls++;
        if (calls === failing) throw new Error("no loss");
        return model.call();
      };
      const usesOne = optimizer instanceof GradientDescent && optimizer.options.lineSearch === undefined;
      if (failing === 2 && (usesOne || (optimizer instanceof LBFGS && !optimizer.options.lineSearch)))
        continue;
      expect(() => optimizer.step(loss)).toThrow("no loss");
      expect(model.x.toArray()).toEqual(before);
    }
  });

  it("refuses options that make no sense", () => {
    const [model, optimizer] = begin(make);
    expect(() => {
      optimizer.learningRate = -1;
    }).toThrow(/not negative/);
    expect(() => make([])).toThrow(/at least one parameter/);
    expect(() => make([model.x, model.x])).toThrow(/each parameter once/);
  });
});

describe("line searches", () => {
  it("try first what they are given, and shorten it", () => {
    const model = new Bowl();
    const before = model.call().item();
    new GradientDescent(model.parameters(), {
      learningRate: 1e6,
      lineSearch: backtracking({ maxTrials: 60 }),
    }).step(() => model.call());
    expect(model.call().item()).toBeLessThan(before);
  });

  it("stay where nothing is better", () => {
    const model = new Bowl();
    const before = model.x.toArray();
    let calls = 0;
    const rising = (): Tensor => {
      calls++;
      return add(model.call(), 1000 * calls);
    };
    const optimizer = new GradientDescent(model.parameters(), { lineSearch: backtracking({ maxTrials: 4 }) });
    optimizer.step(rising);
    expect([model.x.toArray(), calls]).toEqual([before, 5]);
  });

  it("step back from where the loss is NaN", () => {
    const x = parameter([1], { dtype: "f64" });
    const loss = (): Tensor => sum(sub(pow(x, 1.5), mul(0.1, x)));
    const optimizer = new GradientDescent([x], { learningRate: 4, lineSearch: backtracking() });
    for (let step = 0; step < 5; step++) optimizer.step(loss);
    expect(loss().item()).toBeLessThan(0.01);
  });

  it("refuse settings that make no sense", () => {
    expect(() => backtracking({ shrink: 1 })).toThrowErrorMatchingInlineSnapshot(
      `[ArgumentError: backtracking: expected shrink within (0, 1), got 1]`,
    );
    expect(() => strongWolfe({ c1: 0.9, c2: 0.1 })).toThrowErrorMatchingInlineSnapshot(
      `[ArgumentError: strongWolfe: expected 0 < c1 < c2 < 1, got [0.9, 0.1]]`,
    );
    expect(() => new LBFGS([parameter([1])], { historySize: 0 })).toThrowErrorMatchingInlineSnapshot(
      `[ArgumentError: LBFGS: expected historySize to be a whole number from 1 on, got 0]`,
    );
  });
});

it("L-BFGS solves a quadratic in about as many iterations as it has dimensions", () => {
  const A = fromData(Float64Array.of(4, 1, 0, 1, 3, 1, 0, 1, 2), [3, 3]);
  const x = parameter([1, 1, 1], { dtype: "f64" });
  const optimizer = new LBFGS([x], { maxIterations: 20, lineSearch: strongWolfe({ c2: 0.1 }) });
  optimizer.step(() => mul(0.5, matmul(matmul(x, A), x)));
  expect(Math.max(...x.values().map(Math.abs))).toBeLessThan(1e-7);
  expect(optimizer.state.iterations).toBeLessThan(10);
});

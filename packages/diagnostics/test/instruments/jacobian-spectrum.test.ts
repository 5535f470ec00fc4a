import {
  add,
  batchNorm,
  conv2d,
  Generator,
  jacobian,
  matmul,
  mul,
  narrow,
  parameter,
  qr,
  randn,
  relu,
  reshape,
  sum,
  svdvals,
  type Tensor,
  tanh,
  tensor,
  transpose,
  zeros,
} from "@isograd/autograd";
import { jacobianSpectrum, layerJacobians } from "@isograd/diagnostics";
import {
  ActivationLayer,
  BatchNorm1d,
  Dropout,
  initialize,
  Linear,
  orthogonal,
  Sequential,
} from "@isograd/nn";
import { describe, expect, it } from "vitest";
import { network, parametersFor } from "./networks.ts";

const gaussian = (seed: number | string, shape: readonly number[]): Tensor =>
  randn(new Generator(seed), shape, "f64");

/** The Jacobian of one example's output by its own input, out of that of the whole batch. */
function ownBlock(f: (x: Tensor) => Tensor, x: Tensor, example: number): number[] {
  const whole = jacobian(f)(x) as Tensor; // [batch, out, batch, in]
  const [, out, , columns] = whole.shape;
  const rows = (whole.toArray() as number[][][][])[example].map((row) => row[example]);
  return [...svdvals(reshape(tensor(rows, { dtype: "f64" }), [out, columns])).values()];
}

function expectClose(found: readonly number[], expected: ArrayLike<number>, digits: number): void {
  expect(found).toHaveLength(expected.length);
  for (const [k, value] of found.entries()) expect(value).toBeCloseTo(expected[k], digits);
}

describe("jacobianSpectrum", () => {
  it("agrees with the Jacobian of the whole batch, built by another transform", () => {
    const parameters = parametersFor(1);
    const model = (x: Tensor) => network(parameters, x);
    const inputs = gaussian("inputs", [3, 3]);
    const { examples, rows, columns, meanSquareForward, meanSquareBackward } = jacobianSpectrum(
      model,
      inputs,
    );
    expect([rows, columns, examples.length]).toEqual([2, 3, 3]);
    examples.forEach(({ values, exact }, k) => {
      const expected = ownBlock(model, inputs, k);
      expectClose(values, expected, 11);
      expect(exact).toBe(true);
    });
    const sums = examples.map(({ values }) => values.reduce((total, value) => total + value * value, 0));
    expect(meanSquareForward.value).toBeCloseTo((sums[0] + sums[1] + sums[2]) / 9, 12);
    expect(meanSquareBackward.value).toBeCloseTo((sums[0] + sums[1] + sums[2]) / 6, 12);
    expect(examples[0].conditionNumber).toBeCloseTo(examples[0].values[0] / examples[0].values[1], 12);
  });

  it("leaves to each example what others do to it", () => {
    const w = gaussian("w", [3, 3]);
    const model = (x: Tensor) => tanh(batchNorm(matmul(x, w)).value);
    const inputs = gaussian("x", [4, 3]);
    const { examples } = jacobianSpectrum(model, inputs, { examples: 2 });
    expect(examples).toHaveLength(2);
    for (const [k, { values }] of examples.entries()) expectClose(values, ownBlock(model, inputs, k), 10);
  });

  it("is an isometry where the weights are orthogonal: also by products, each value as often as it occurs", () => {
    const factors = Array.from({ length: 6 }, (_, k) => qr(gaussian(k, [12, 12]))[0]);
    const model = (x: Tensor) => factors.reduce((at, factor) => matmul(at, factor), x);
    const inputs = gaussian("x", [1, 12]);
    const exact = jacobianSpectrum(model, inputs);
    expectClose(exact.examples[0].values, new Array(12).fill(1), 12);
    expect(exact.examples[0].conditionNumber).toBeCloseTo(1, 12);
    expect(exact.meanSquareBackward.value).toBeCloseTo(1, 12);
    const byProducts = jacobianSpectrum(model, inputs, { exactUpTo: 0, largest: 5 });
    expectClose(byProducts.examples[0].values, new Array(5).fill(1), 8);
    expect(byProducts.examples[0]).toMatchObject({
      exact: false,
      converged: true,
      conditionNumber: Number.NaN,
    });
  });

  it("has the moments of products of Gaussian matrices: 1 and, with L factors, L + 1", () => {
    const [width, depth, seeds] = [24, 3, 6];
    let [first, second] = [0, 0];
    for (let seed = 0; seed < seeds; seed++) {
      const factors = Array.from({ length: depth }, (_, k) =>
        mul(gaussian(`${seed} ${k}`, [width, width]), width ** -0.5),
      );
      const model = (x: Tensor) => factors.reduce((at, factor) => matmul(at, factor), x);
      const { examples, meanSquareForward } = jacobianSpectrum(model, gaussian("x", [1, width]));
      first += meanSquareForward.value / seeds;
      second += examples[0].values.reduce((total, value) => total + value ** 4, 0) / width / seeds;
    }
    expect(Math.abs(first - 1)).toBeLessThan(0.15);
    expect(Math.abs(second / (depth + 1) - 1)).toBeLessThan(0.3);
  });

  it.each([
    ["wide", 14, 9],
    ["tall", 9, 14],
  ])("gives the largest values of a large matrix by products with it: %s", (_, columns, rows) => {
    const w = gaussian("w", [columns, rows]);
    const model = (x: Tensor) => tanh(matmul(x, mul(w, 0.3)));
    const inputs = gaussian("x", [2, columns]);
    const exact = jacobianSpectrum(model, inputs);
    const found = jacobianSpectrum(model, inputs, {
      exactUpTo: 8,
      largest: 3,
      tolerance: 1e-10,
      probes: 100,
    });
    found.examples.forEach(({ values, sumOfSquares }, k) => {
      expectClose(values, exact.examples[k].values.slice(0, 3), 8);
      const error = sumOfSquares.value - exact.examples[k].sumOfSquares.value;
      expect(Math.abs(error)).toBeLessThan(4 * sumOfSquares.standardError);
      expect(sumOfSquares.standardError).toBeGreaterThan(0);
    });
    const one = jacobianSpectrum(model, inputs, { exactUpTo: 8, examples: 1 });
    expect(one.meanSquareBackward.standardError).toBeGreaterThan(0);
  });

  it("takes zero, constant and single Jacobians, single precision and NaN", () => {
    const inputs = tensor([
      [1, 2],
      [3, 4],
    ]);
    const dead = jacobianSpectrum((x) => relu(add(x, -10)), inputs);
    expect(dead.examples[0]).toMatchObject({ values: [0, 0], conditionNumber: Number.NaN });
    expect(jacobianSpectrum((x) => relu(add(x, -10)), inputs, { exactUpTo: 0 }).examples[0].values).toEqual([
      0, 0,
    ]);
    expect(jacobianSpectrum(() => zeros([2, 3]), inputs).examples[1].values).toEqual([0, 0]);
    const single = jacobianSpectrum((x) => mul(x, 3), tensor([[1]]));
    expect(single.examples[0]).toMatchObject({ values: [3], conditionNumber: 1 });
    expect(jacobianSpectrum((x) => mul(x, Number.NaN), inputs).examples[0].values[0]).toBeNaN();
    expect(
      jacobianSpectrum((x) => mul(x, Number.NaN), inputs, { exactUpTo: 0 }).examples[0].values[0],
    ).toBeNaN();
  });

  it("leaves the model as it is, to the bit", () => {
    const generator = new Generator(4);
    const model = new Sequential([
      new Linear({ inFeatures: 3, outFeatures: 4 }),
      new BatchNorm1d({ numFeatures: 4 }),
      new Dropout({ generator }),
    ]);
    const held = [...model.namedParameters(), ...model.namedBuffers()].map(({ tensor: each }) => each);
    const [data, bits, state] = [
      held.map((each) => each.data),
      held.map((each) => each.values().slice()),
      generator.state,
    ];
    jacobianSpectrum(model, randn(new Generator(1), [5, 3]));
    layerJacobians(model, randn(new Generator(1), [5, 3]));
    for (const [k, each] of held.entries()) {
      expect(each.data).toBe(data[k]);
      expect(each.values()).toEqual(bits[k]);
      expect(each.grad).toBeNull();
    }
    expect(generator.state).toEqual(state);
  });

  it("says what it cannot take", () => {
    const inputs = zeros([2, 3]);
    expect(() => jacobianSpectrum(1 as never, inputs)).toThrowErrorMatchingInlineSnapshot(
      `[ArgumentError: jacobianSpectrum: expected a model: a function of the inputs, or a module, got 1]`,
    );
    expect(() => jacobianSpectrum((x) => sum(x), inputs)).toThrowErrorMatchingInlineSnapshot(
      `[ShapeError: jacobianSpectrum: expected as many examples behind as before, got [2, 3] and []]`,
    );
    expect(() => jacobianSpectrum((x) => x, zeros([2], "i32"))).toThrowErrorMatchingInlineSnapshot(
      `[ArgumentError: jacobianSpectrum: expected inputs of real numbers, got "i32"]`,
    );
    expect(() => jacobianSpectrum((x) => x, zeros([0, 3]))).toThrowErrorMatchingInlineSnapshot(
      `[ShapeError: jacobianSpectrum: expected inputs [batch, ...] with examples, got [0, 3]]`,
    );
    expect(() => jacobianSpectrum((x) => x, inputs, { examples: 3 })).toThrowErrorMatchingInlineSnapshot(
      `[ArgumentError: jacobianSpectrum: expected at most 2 examples, got 3]`,
    );
    expect(() => jacobianSpectrum((x) => x, inputs, { largest: 0 })).toThrowErrorMatchingInlineSnapshot(
      `[ArgumentError: jacobianSpectrum: expected largest to be a whole number of at least 1, got 0]`,
    );
  });
});

describe("layerJacobians", () => {
  const deep = (seed: number, gain: number, width: number, depth: number) => {
    const generator = new Generator(seed);
    const weights = Array.from({ length: depth }, () =>
      parameter(mul(randn(generator, [width, width], "f64"), gain / Math.sqrt(width)).detach()),
    );
    return {
      weights,
      model: (x: Tensor) => weights.reduce((at, w, k) => matmul(k === 0 ? at : relu(at), w), x),
    };
  };

  it("shows what each layer does to the one below", () => {
    const { weights, model } = deep(1, 1, 4, 3);
    const inputs = gaussian("x", [2, 4]);
    const steps = layerJacobians(model, inputs);
    expect(steps.map(({ from, to }) => [from, to])).toEqual([
      ["matmul 1", "matmul 2"],
      ["matmul 2", "matmul 3"],
    ]);
    const hidden = matmul(inputs, weights[0]);
    steps[0].examples.forEach(({ values }, k) => {
      const row = narrow(hidden, 0, k, 1);
      const expected = jacobian((x: Tensor) => matmul(relu(x), weights[1]))(row.detach()) as Tensor;
      expectClose(values, svdvals(reshape(expected, [4, 4])).values(), 10);
    });
  });

  it("agrees with χ where the theory holds: ReLU with He's weights, and others", () => {
    for (const [gain, chi] of [
      [Math.SQRT2, 1],
      [1, 0.5],
    ]) {
      const steps = layerJacobians(deep(3, gain, 24, 3).model, gaussian("x", [4, 24]));
      for (const { predicted, meanSquareBackward } of steps) {
        expect(Math.abs((predicted ?? Number.NaN) / chi - 1)).toBeLessThan(0.1);
        expect(Math.abs(meanSquareBackward.value / (predicted ?? Number.NaN) - 1)).toBeLessThan(0.25);
      }
    }
  });

  it("takes the measured size of the pre-activations for the theory's", () => {
    const [a, b] = [3, 0.5].map((size, k) => parameter(mul(gaussian(k, [6, 6]), size).detach()));
    const inputs = gaussian("x", [8, 6]);
    const [{ predicted }] = layerJacobians((x) => matmul(tanh(matmul(x, a)), b), inputs);
    const meanSquare = (x: Tensor) => sum(mul(x, x)).item() / x.size;
    const q = meanSquare(matmul(inputs, a));
    let slopes = 0;
    for (let z = -8; z < 8; z += 1e-3)
      slopes += (1e-3 * Math.exp((-z * z) / 2)) / Math.sqrt(2 * Math.PI) / Math.cosh(Math.sqrt(q) * z) ** 4;
    expect(predicted).toBeCloseTo(6 * meanSquare(b) * slopes, 10);
  });

  it("predicts behind layers with biases, and nothing where more lies between", () => {
    const layers = (between: boolean) => [
      new Linear({ inFeatures: 6, outFeatures: 6, dtype: "f64", generator: new Generator(1) }),
      ...(between ? [new BatchNorm1d({ numFeatures: 6, dtype: "f64" })] : []),
      new ActivationLayer(tanh),
      new Linear({ inFeatures: 6, outFeatures: 6, dtype: "f64", generator: new Generator(2) }),
    ];
    const inputs = gaussian("x", [8, 6]);
    const [plain] = layerJacobians(new Sequential(layers(false)), inputs);
    const [normalised] = layerJacobians(new Sequential(layers(true)), inputs);
    expect(plain.predicted).toBeGreaterThan(0.1);
    expect(normalised.predicted).toBeNull();
    expect([plain.from, plain.to]).toEqual(["layers.0", "layers.2"]);
  });

  it("sees orthogonal linear layers as isometries, with χ = 1", () => {
    const model = new Sequential(
      Array.from({ length: 3 }, () => new Linear({ inFeatures: 8, outFeatures: 8, dtype: "f64" })),
    );
    initialize(model, { seed: 1, weight: orthogonal() });
    for (const { examples, predicted } of layerJacobians(model, gaussian("x", [2, 8]))) {
      expectClose(examples[0].values, new Array(8).fill(1), 10);
      expect(predicted).toBeCloseTo(1, 10);
    }
  });

  it("goes through convolutions, and has nothing to say of one layer", () => {
    const filters = [gaussian("a", [2, 1, 3, 3]), gaussian("b", [1, 2, 3, 3])].map((each) => parameter(each));
    const model = (x: Tensor) => conv2d(relu(conv2d(x, filters[0])), filters[1]);
    const [step] = layerJacobians(model, gaussian("x", [2, 1, 6, 6]), { examples: 1 });
    expect([step.rows, step.columns, step.predicted]).toEqual([4, 32, null]);
    expect(layerJacobians((x) => matmul(x, transpose(parameter(zeros([2, 3])))), zeros([1, 3]))).toEqual([]);
  });
});

import {
  add,
  fromData,
  Generator,
  hessian,
  jacobian,
  matmul,
  mul,
  parameter,
  randn,
  reshape,
  square,
  sum,
  type Tensor,
  tanh,
  tensor,
  transpose,
} from "@isograd/autograd";
import {
  categoricalDivergence,
  crossEntropy,
  GaussNewton,
  Linear,
  mseLoss,
  NaturalGradient,
  normalDivergence,
  setSeed,
  strongWolfe,
} from "@isograd/nn";
import { describe, expect, it } from "vitest";
import { expectNumbers } from "../reference/cases.ts";

const generator = new Generator(3);
const inputs = randn(generator, [5, 2], "f64");
const targets = randn(generator, [5, 3], "f64");
const labels = tensor([0, 2, 1, 1, 0], { dtype: "i32" });
const [start, bias] = [randn(generator, [2, 3], "f64"), randn(generator, [3], "f64")];

const network = (w: Tensor, b: Tensor): Tensor => tanh(add(matmul(inputs, w), b));

/** Solves by elimination with pivots. */
function solve(matrix: number[][], right: number[]): number[] {
  const rows = matrix.map((row, i) => [...row, right[i]]);
  const n = rows.length;
  for (let k = 0; k < n; k++) {
    let pivot = k;
    for (let i = k; i < n; i++) if (Math.abs(rows[i][k]) > Math.abs(rows[pivot][k])) pivot = i;
    [rows[k], rows[pivot]] = [rows[pivot], rows[k]];
    for (let i = 0; i < n; i++) {
      if (i === k) continue;
      const factor = rows[i][k] / rows[k][k];
      for (let j = k; j <= n; j++) rows[i][j] -= factor * rows[k][j];
    }
  }
  return rows.map((row, i) => row[n] / row[i]);
}

/** -(Jᵀ H J + damping)⁻¹ gradient, with all matrices written out; parameters as one vector. */
function denseStep(
  loss: (outputs: Tensor) => Tensor,
  measure: (outputs: Tensor) => Tensor,
  damping: number,
): number[] {
  const values = fromData(Float64Array.of(...start.values(), ...bias.values()), [9]);
  const flat = (v: Tensor): Tensor => {
    const [w, b] = [matmul(v, picked(0, 6)), matmul(v, picked(6, 3))];
    return network(reshape(w, [2, 3]), b);
  };
  const J = reshape(jacobian((v: Tensor) => flat(v))(values), [15, 9]).toArray() as number[][];
  const outputs = flat(values).detach();
  const H = reshape(hessian(measure)(outputs), [15, 15]).toArray() as number[][];
  const slope = reshape(jacobian((v: Tensor) => loss(flat(v)))(values), [9]).toArray() as number[];
  const HJ = H.map((row) => J[0].map((_, j) => row.reduce((total, h, k) => total + h * J[k][j], 0)));
  const curvature = J[0].map((_, i) =>
    J[0].map((__, j) => J.reduce((total, row, k) => total + row[i] * HJ[k][j], i === j ? damping : 0)),
  );
  return solve(
    curvature,
    slope.map((value) => -value),
  );
}

/** [9, count]: picks `count` numbers from `from` on. */
const picked = (from: number, count: number): Tensor =>
  fromData(
    Float64Array.from({ length: 9 * count }, (_, k) => Number(Math.floor(k / count) === from + (k % count))),
    [9, count],
  );

const parametersOf = (): [Tensor, Tensor] => [parameter(start), parameter(bias)];
const moved = ([w, b]: readonly Tensor[]): number[] => [
  ...w.values().map((value, k) => value - start.values()[k]),
  ...b.values().map((value, k) => value - bias.values()[k]),
];

const exact = { iterations: 100, tolerance: 1e-14 };

describe("GaussNewton", () => {
  it("steps by the matrix written out", () => {
    const loss = (outputs: Tensor): Tensor => mseLoss(outputs, targets);
    const parameters = parametersOf();
    const [w, b] = parameters;
    const optimizer = new GaussNewton(parameters, { damping: 0.05, ...exact });
    optimizer.step({ outputs: () => network(w, b), loss });
    expectNumbers(moved(parameters), denseStep(loss, loss, 0.05), 1e-8, 1e-10);
  });

  it("steps by the matrix written out, on a loss of classes", () => {
    const loss = (outputs: Tensor): Tensor => crossEntropy(outputs, labels);
    const parameters = parametersOf();
    const [w, b] = parameters;
    const optimizer = new GaussNewton(parameters, { damping: 0.02, learningRate: 0.5, ...exact });
    optimizer.step({ outputs: () => network(w, b), loss });
    const half = denseStep(loss, loss, 0.02).map((step) => step / 2);
    expectNumbers(moved(parameters), half, 1e-8, 1e-10);
  });

  it("solves a linear problem in one step", () => {
    setSeed(4);
    const layer = new Linear({ inFeatures: 2, outFeatures: 3, dtype: "f64" });
    const optimizer = new GaussNewton(layer.parameters(), { damping: 0 });
    const problem = {
      outputs: () => layer.call(inputs),
      loss: (outputs: Tensor) => mseLoss(outputs, targets),
    };
    optimizer.step(problem);
    const residual = add(layer.call(inputs), mul(-1, targets));
    const normal = matmul(transpose(inputs), residual);
    expectNumbers(normal.values(), new Array(6).fill(0), 0, 1e-5);
    const found = layer.weight.toArray();
    optimizer.step(problem);
    expectNumbers(layer.weight.values(), (found as number[][]).flat(), 1e-5);
  });

  it("leaves frozen parameters, and adapts its damping to how well it foretells", () => {
    const parameters = parametersOf();
    const [w, b] = parameters;
    const optimizer = new GaussNewton(parameters, { damping: 1, adaptDamping: true });
    const loss = (outputs: Tensor): Tensor => sum(square(add(outputs, mul(-1, targets))));
    const problem = { outputs: () => network(w, b), loss };
    const before = optimizer.step(problem);
    expect(loss(network(w, b)).item()).toBeLessThan(before);
    expect(optimizer.state.damping).toBeCloseTo(1 / 1.5, 12);
    b.node = null;
    const held = b.toArray();
    optimizer.cloneFor([w]).step(problem);
    expect(b.toArray()).toEqual(held);
  });
});

describe("NaturalGradient", () => {
  it.each([
    ["categorical", categoricalDivergence, (outputs: Tensor) => crossEntropy(outputs, labels)],
    ["normal", normalDivergence, (outputs: Tensor) => mseLoss(outputs, targets)],
  ] as const)("steps by the Fisher information written out: %s", (_, divergence, loss) => {
    const parameters = parametersOf();
    const [w, b] = parameters;
    const reference = network(start, bias);
    const optimizer = new NaturalGradient(parameters, { divergence, damping: 0.01, ...exact });
    optimizer.step({ outputs: () => network(w, b), loss });
    const dense = denseStep(loss, (outputs) => divergence(outputs, reference), 0.01);
    expectNumbers(moved(parameters), dense, 1e-7, 1e-9);
  });

  it("is Gauss-Newton where the loss is the likelihood", () => {
    const [one, other] = [parametersOf(), parametersOf()];
    const loss = (outputs: Tensor): Tensor => crossEntropy(outputs, labels);
    const natural = new NaturalGradient(one, { divergence: categoricalDivergence, ...exact });
    natural.step({ outputs: () => network(...one), loss });
    new GaussNewton(other, exact).step({ outputs: () => network(...other), loss });
    expectNumbers(moved(one), moved(other), 1e-7, 1e-9);
  });

  it("goes down with a line search", () => {
    const parameters = parametersOf();
    const loss = (outputs: Tensor): Tensor => crossEntropy(outputs, labels);
    const optimizer = new NaturalGradient(parameters, {
      divergence: categoricalDivergence,
      lineSearch: strongWolfe(),
    });
    const losses = Array.from({ length: 8 }, () =>
      optimizer.step({ outputs: () => network(...parameters), loss }),
    );
    for (let k = 1; k < losses.length; k++) expect(losses[k]).toBeLessThan(losses[k - 1]);
  });
});

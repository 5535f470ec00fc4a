import {
  add,
  conv2d,
  convTranspose2d,
  elu,
  Generator,
  gelu,
  matmul,
  mul,
  parameter,
  prelu,
  randn,
  relu,
  sigmoid,
  square,
  sum,
  type Tensor,
  tanh,
  tensor,
} from "@isograd/autograd";
import { diagnose } from "@isograd/diagnostics";
import { crossEntropy, mseLoss } from "@isograd/nn";
import { describe, expect, it } from "vitest";
import type { FlowStep } from "../../src/flow/profile.ts";
import { classes } from "../networks/data.ts";
import { plain } from "../networks/plain.ts";
import { convolutional, recurrent, residual } from "../networks/structured.ts";

const sumOf = ({ between }: FlowStep): number => between.reduce((sum, { log }) => sum + log, 0);

describe.each(["f32", "f64"] as const)("in a plain network of %s", (dtype) => {
  it.each([
    ["relu", relu],
    ["tanh", tanh],
    ["sigmoid", sigmoid],
    ["gelu", gelu],
    ["elu", elu],
  ])("weights, slope and alignment explain each step of %s", (_, activation) => {
    const model = plain({ width: 13, depth: 7, activation, dtype, seed: 5 });
    const { flow } = diagnose(model, classes({ seed: 5, dtype }), crossEntropy, { redraws: 0 });
    expect(flow.steps).toHaveLength(6);
    for (const { total, weights, activation: slope, alignment, between } of flow.steps) {
      expect(between).toEqual([]);
      expect(Math.abs(total - weights - slope - alignment)).toBeLessThan(1e-6);
    }
  });
});

it("the parts are what they are called: weights as they are, slopes where the gradient lives, alignment to the weights", () => {
  // Two examples; the gradient meets the first unit only, where relu' is 1 for one example and 0 for the other.
  const first = parameter([[1, 1]]);
  const second = parameter([[2], [0]]);
  const model = (x: Tensor): Tensor => matmul(relu(matmul(x, first)), second);
  const batch = { inputs: parameter([[1], [-1]]).detach(), targets: parameter([[0], [-2]]).detach() };
  const { flow } = diagnose(model, batch, (y, t) => mseLoss(y, t), { redraws: 0 });
  const [{ total, weights, activation, alignment, weightVariance }] = flow.steps;
  // δ of the output: (2 - 0, 0 + 2); ‖W‖² = 4, fanOut 1; |Wᵀδ|² = 4 · 8; half of it meets slope 1.
  expect(weights).toBeCloseTo(Math.log(4), 6);
  expect(weightVariance).toBeCloseTo(4, 6);
  expect(alignment).toBeCloseTo(0, 6);
  expect(activation).toBeCloseTo(Math.log(0.5), 6);
  expect(total).toBeCloseTo(Math.log(2), 6);
});

it("a shortcut is what joins from another way", () => {
  const inner = parameter([
    [0.001, 0],
    [0, 0.001],
  ]);
  const [stem, head] = [
    parameter([
      [1, 0],
      [0, 1],
    ]),
    parameter([[1], [1]]),
  ];
  const model = (x: Tensor): Tensor => {
    const h = matmul(x, stem);
    return matmul(add(h, matmul(h, inner)), head);
  };
  const batch = {
    inputs: classes({ seed: 1, inputs: 2 }).inputs,
    targets: classes({ seed: 2, inputs: 1 }).inputs,
  };
  const { flow } = diagnose(model, batch, mseLoss, { redraws: 0 });
  expect(flow.layers.map(({ fanIn, fanOut }) => [fanIn, fanOut])).toEqual([
    [2, 2],
    [2, 2],
    [2, 1],
  ]);
  const [top, bottom] = flow.steps;
  expect(top.between).toEqual([]);
  // Through the branch |gradient|² falls by 10⁻⁶; beside it 1 arrives: (1 + 0.001)² in all.
  expect(bottom.weights + bottom.alignment).toBeCloseTo(Math.log(1e-6), 4);
  expect(bottom.between.map(({ kind }) => kind)).toEqual(["residual"]);
  expect(bottom.between[0].log).toBeCloseTo(Math.log(1.001 ** 2 * 1e6), 4);
});

it("a normalisation is counted apart, by its own rule", () => {
  const { model, batch, loss } = residual("parts", 3);
  const { flow } = diagnose(model, batch, loss, { redraws: 0 });
  const parts = flow.steps.flatMap(({ between }) => between);
  expect(parts.filter(({ name }) => name === "normalize")).toHaveLength(3);
  expect(Math.max(...parts.map(({ log }) => Math.abs(log)))).toBeGreaterThan(0.05);
});

it("convolutions are layers with the fans of their kernels; pooling and overlap count as ways between", () => {
  const { model, batch, loss } = convolutional("parts", false);
  const { flow } = diagnose(model, batch, loss, { redraws: 0 });
  expect(flow.layers.map(({ fanIn, fanOut }) => [fanIn, fanOut])).toEqual([
    [9, 6],
    [54, 8],
    [72, 8],
    [128, 4],
  ]);
  // Straight from the flattened image into the last product: no way between.
  expect(flow.steps[0].between).toEqual([]);
  expect(flow.steps[1].between.map(({ kind }) => kind)).toEqual(["overlap"]);
  for (const { weights, weightVariance } of flow.steps)
    expect(Math.exp(weights)).toBeCloseTo(weightVariance, 9);
  const variances = flow.layers.map(({ weightVariance }) => expect.closeTo(weightVariance, 9));
  expect(flow.steps.map(({ weightVariance }) => weightVariance)).toEqual(variances.slice(1).reverse());
});

it("transposed convolutions are layers, each window of their gradient one column; overlap counts as a way between", () => {
  const generator = new Generator(3);
  const first = parameter(randn(generator, [4, 2, 3, 3]));
  const inputs = randn(generator, [5, 2, 9, 9]);
  const stepOf = (kernel: number, stride: number) => {
    const second = parameter(randn(generator, [4, 3, kernel, kernel]));
    const model = (x: Tensor): Tensor =>
      convTranspose2d(conv2d(x, first), second, null, { stride, groups: 2 });
    const { flow } = diagnose(model, { inputs, targets: inputs }, (y) => sum(square(y)), { redraws: 0 });
    expect(flow.layers.map(({ fanIn, fanOut }) => [fanIn, fanOut])).toEqual([
      [18, 4],
      [2, 3 * kernel ** 2],
    ]);
    return flow.steps[0];
  };
  // What the gradient of the images is to that of the windows is known: nothing where each element is in one window.
  expect(Math.abs(sumOf(stepOf(2, 2)))).toBeLessThan(1e-6);
  expect(sumOf(stepOf(3, 1))).toBeGreaterThan(1);
});

it("a layer's numbers are those of its tensors", () => {
  const weight = parameter([
    [3, 0],
    [0, 4],
  ]);
  const model = (x: Tensor): Tensor => mul(matmul(x, weight), 1);
  const batch = { inputs: parameter([[1, 2]]).detach(), targets: parameter([[0, 0]]).detach() };
  const [layer] = diagnose(model, batch, mseLoss, { redraws: 0 }).flow.layers;
  // Output (3, 8) = δ of the mean square over two elements; the gradient of the weights is inputsᵀ δ.
  expect(layer).toMatchObject({ fanIn: 2, fanOut: 2, activation: null, weightNorm: 5, weightVariance: 12.5 });
  expect(layer.gradientNorm).toBeCloseTo(Math.sqrt(73), 5);
  expect(layer.weightGradientNorm).toBeCloseTo(Math.sqrt(5 * 73), 5);
  expect(layer.preActivationMean).toBeCloseTo(5.5, 6);
  expect(layer.preActivationMeanSquare).toBeCloseTo(36.5, 5);
});

it("a layer's activation takes what was added to its product, at what was learnt", () => {
  const [first, bias, second] = [parameter([[1]]), parameter([3]), parameter([[1]])];
  const slope = parameter(0.5);
  const model = (x: Tensor): Tensor => matmul(prelu(add(matmul(x, first), bias), slope), second);
  const batch = { inputs: tensor([[1], [-7]]), targets: tensor([[3], [-3]]) };
  const { layers, steps } = diagnose(model, batch, mseLoss, { redraws: 0 }).flow;
  // Pre-activations 4 and -4; the output, 4 and -2, is 1 off in both examples.
  expect([layers[0].preActivationMean, layers[0].preActivationMeanSquare]).toEqual([0, 16]);
  expect(Math.exp(steps[0].activation)).toBeCloseTo((1 + 0.5 ** 2) / 2, 6);
});

it("weights that are used at each step in time know their largest gradient", () => {
  const { model, batch, loss } = recurrent("shared", 6);
  const { layers } = diagnose(model, batch, loss, { redraws: 0 }).flow;
  const uses = layers.slice(1, -1);
  expect(uses).toHaveLength(5);
  const largest = Math.max(...uses.map(({ gradientNorm }) => gradientNorm));
  for (const { largestGradientNorm } of uses) expect(largestGradientNorm).toBeCloseTo(largest, 9);
});

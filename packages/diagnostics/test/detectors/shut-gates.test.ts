import { add, Generator, linear, parameter, randn, select, sum, type Tensor, tanh } from "@isograd/autograd";
import { diagnose } from "@isograd/diagnostics";
import { Linear, LSTM, mseLoss } from "@isograd/nn";
import { expect, it } from "vitest";
import { shutGates } from "../../src/detectors/shut-gates.ts";
import { trace } from "../../src/trace/trace.ts";

const batchOf = (steps: number) => ({
  inputs: randn(new Generator("inputs"), [16, steps, 2]),
  targets: randn(new Generator("targets"), [16, 1]),
});

function reader(forgetBias: number): (x: Tensor) => Tensor {
  const generator = new Generator("gates");
  const memory = new LSTM({ inputSize: 2, hiddenSize: 8, batchFirst: true, forgetBias, generator });
  const head = new Linear({ inFeatures: 8, outFeatures: 1, generator });
  return (x) => head.call(select(memory.call(x).output, 1, -1));
}

it("a bias that makes an LSTM forget at once is the first cause of what fades through time", () => {
  // With a bias of -1 the gradient fades as well, and nothing is shut.
  const causesOf = (forgetBias: number) =>
    diagnose(reader(forgetBias), batchOf(24), mseLoss, { redraws: 0 }).findings.flatMap(
      ({ detector, causes }) => (detector === "throughTime" ? causes : []),
    );
  const [first, second] = causesOf(-5);
  expect([first.part, second.part]).toEqual(["bias", "weights"]);
  expect(first.explanation).toContain("the biases of 8 of the 32 units of layers.0.forward average -5");
  expect(causesOf(-1).map(({ part }) => part)).toEqual(["weights"]);
});

it("holds units where it lies two below zero, and twice as far as weighted sums reach, all biases together", () => {
  const inputs = add(randn(new Generator("x"), [64, 1]), 0);
  const held = (size: number, ...biases: number[]): number => {
    const weight = parameter([[size], [size]]);
    const terms = biases.map((bias) => parameter([bias, 0]));
    const model = (x: Tensor): Tensor =>
      tanh(
        linear(
          x,
          weight,
          terms.reduce((a, b) => add(a, b)),
        ),
      );
    const { contractions } = trace({ model, batch: { inputs, targets: inputs }, loss: (y) => sum(y) });
    return shutGates("linear 1", contractions).length;
  };
  expect([held(0.1, -1.9), held(0.1, -2.1)]).toEqual([0, 1]);
  expect([held(0.1, -1, -0.9), held(0.1, -1, -1.1)]).toEqual([0, 1]);
  expect([held(2, -2.1), held(2, -8)]).toEqual([0, 1]);
  expect(held(0.1, 5)).toBe(0);
});

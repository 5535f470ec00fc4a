import {
  add,
  defineActivation,
  Generator,
  matmul,
  mul,
  parameter,
  randn,
  sigmoid,
  sin,
  sum,
  type Tensor,
  tanh,
  tensor,
  transpose,
  zeros,
} from "@isograd/autograd";
import { diagnose, type FlowProfile } from "@isograd/diagnostics";
import { crossEntropy } from "@isograd/nn";
import { describe, expect, it } from "vitest";
import { classes } from "../networks/data.ts";
import { type Plain, plain } from "../networks/plain.ts";

/** Behind a loss that asks the same of every number of the output. */
const flowOf = (model: (x: Tensor) => Tensor, inputs: Tensor): FlowProfile =>
  diagnose(model, { inputs, targets: inputs }, (output) => sum(output), { redraws: 0 }).flow;

function flowOfPlain(options: Omit<Plain, "seed" | "width">, examples = 32): FlowProfile {
  const model = plain({ width: 48, seed: "contrast", ...options });
  return diagnose(model, classes({ seed: "contrast", examples }), crossEntropy, { redraws: 0 }).flow;
}

const eye = parameter([
  [1, 0],
  [0, 1],
]);

describe("roughness", () => {
  it.each([1, 2, 3])("is ω² coth ω² for sin ωh where h is from N(0, 1): ω = %d", (omega) => {
    const wave = defineActivation({ name: "wave", f: (x) => sin(mul(omega, x)) });
    const [a, b] = [parameter([[1]]), parameter([[0.1]])];
    const inputs = randn(new Generator("roughness"), [4000, 1], "f64");
    const { roughness } = flowOf((x) => matmul(wave(matmul(x, a)), b), inputs);
    expect(roughness / (omega ** 2 / Math.tanh(omega ** 2))).toBeCloseTo(1, 1);
  });

  it("is that of a linear map, 1, at any weights", () => {
    const generator = new Generator("linear");
    const weights = Array.from({ length: 6 }, () => parameter(mul(randn(generator, [64, 64], "f64"), 3)));
    const [model, inputs] = [
      (x: Tensor) => weights.reduce((h, w) => matmul(h, w), x),
      randn(generator, [64, 64], "f64"),
    ];
    const probe = randn(generator, [64, 64], "f64");
    const { roughness } = diagnose(model, { inputs, targets: probe }, (y, g) => sum(mul(y, g)), {
      redraws: 0,
    }).flow;
    expect(Math.abs(Math.log(roughness))).toBeLessThan(0.2);
  });

  it("grows beyond the edge of chaos", () => {
    expect(flowOfPlain({ depth: 10, activation: tanh, weights: 1 }).roughness).toBeLessThan(3);
    expect(flowOfPlain({ depth: 10, activation: tanh, weights: 9 }).roughness).toBeGreaterThan(100);
  });

  it("is unknown of few examples", () => {
    const of = (examples: number) => flowOfPlain({ depth: 3, activation: tanh }, examples);
    expect([of(8).roughness, of(8).contrast].every(Number.isFinite)).toBe(true);
    expect([of(7).roughness, of(7).contrast]).toEqual([Number.NaN, Number.NaN]);
  });
});

describe("contrast", () => {
  /** Examples that have 10 in common and differ by ±1: 1/101 of the squares. */
  const rows = Array.from({ length: 16 }, (_, k) => [10, k % 2 === 0 ? 1 : -1]);

  it.each([
    [2, 4],
    [0.5, 1],
  ])(
    "is the share that differs in the signal, where the gradient is largest: weights of %f",
    (norm, square) => {
      const last = parameter([[0], [norm]]);
      const { contrast } = flowOf((x) => matmul(matmul(x, eye), last), tensor(rows, { dtype: "f64" }));
      expect(contrast).toBeCloseTo(square / 101, 6);
    },
  );

  it("is the same for columns that weights stand in front of", () => {
    const last = parameter([[0, 2]]);
    const { contrast, roughness } = flowOf(
      (x) => matmul(last, matmul(eye, transpose(x))),
      tensor(rows, { dtype: "f64" }),
    );
    expect(contrast).toBeCloseTo(4 / 101, 6);
    expect(roughness).toBeCloseTo(0.5, 6);
  });

  it("is lost in depth behind sigmoids, and kept behind tanh", () => {
    const [shallow, deep] = [3, 6].map((depth) => flowOfPlain({ depth, activation: sigmoid, weights: 1 }));
    expect(shallow.contrast).toBeGreaterThan(1e-3);
    expect(deep.contrast).toBeLessThan(1e-5);
    expect(flowOfPlain({ depth: 16, activation: tanh, weights: 1 }).contrast).toBeGreaterThan(0.1);
  });

  it("takes no account of a signal of zeros, as where a recurrence begins", () => {
    const weight = parameter([
      [1, 0],
      [0, 1],
    ]);
    const model = (x: Tensor): Tensor => matmul(add(matmul(zeros(x.shape, "f64"), weight), x), weight);
    expect(flowOf(model, tensor(rows, { dtype: "f64" })).contrast).toBeCloseTo(1 / 101, 6);
  });
});

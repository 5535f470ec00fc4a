import {
  add,
  conv2d,
  full,
  indexSelect,
  linear,
  matmul,
  mul,
  parameter,
  relu,
  sum,
  type Tensor,
  tensor,
  transpose,
  zeros,
} from "@isograd/autograd";
import { describe, expect, it } from "vitest";
import { unitCause } from "../../src/detectors/unit-causes.ts";
import type { Cause } from "../../src/finding.ts";
import { trace } from "../../src/trace/trace.ts";

/** Why the first activation of a function lies where it does. */
function causeFor(model: (x: Tensor) => Tensor, inputs: Tensor): Cause {
  const batch = { inputs, targets: tensor(0) };
  return unitCause(trace({ model, batch, loss: (y) => sum(y) }).activations[0]);
}

/** The same for two examples on either side of 0. */
const causeOf = (model: (x: Tensor) => Tensor, inputs: readonly number[] = [1]): Cause =>
  causeFor(model, tensor([[...inputs], inputs.map((x) => -x)]));

const weights = (...rows: number[]): Tensor => parameter(rows.map((value) => [value, value]));

describe("units lie on a flat side for their biases", () => {
  const bias = parameter([-2, -4]);
  it.each([
    ["that are added", (x: Tensor, w: Tensor) => add(matmul(x, w), bias)],
    ["that the product adds", (x: Tensor, w: Tensor) => linear(x, transpose(w), bias)],
  ])("%s, where these average more than the weighted sums vary", (_, layer) => {
    const of = (size: number): Cause => causeOf((x) => relu(layer(x, weights(size))));
    expect(of(2.9)).toMatchObject({ part: "bias" });
    expect(of(2.9).explanation).toContain("the biases average -3 where the weighted sums vary by ±2.9");
    expect(of(3.1)).toMatchObject({ part: "weights" });
    expect(of(3.1).explanation).toContain("a root mean square of 3.1");
  });
});

it("units that are channels have the biases of channels", () => {
  const images = tensor([1, -1, -1, 1], { shape: [1, 1, 2, 2] });
  const [weight, bias] = [parameter(full([2, 1, 1, 1], 2.9)), parameter([-2, -4])];
  const { explanation } = causeFor((x) => relu(conv2d(x, weight, bias)), images);
  expect(explanation).toContain("the biases average -3 where the weighted sums vary by ±2.9");
});

describe("for what comes in", () => {
  it.each([
    ["1, the usual size, where weights are small", [0.5], 1],
    ["their weights, as a product of two inputs sees them", [2, 2], 2 * Math.SQRT2],
  ])("where that is larger than %s", (_, rows, size) => {
    const of = (input: number): string =>
      causeOf(
        (x) => relu(matmul(x, weights(...rows))),
        rows.map(() => input),
      ).part;
    expect([of(size - 0.02), of(size + 0.02)]).toEqual(["weights", "data"]);
  });

  it("from parameters in front of all layers, where these are as large: a table of words", () => {
    const of = (table: number, factor: number): Cause => {
      const words = parameter([[table], [-table]]);
      return causeFor(
        (x) => relu(matmul(mul(indexSelect(words, 0, x), factor), weights(1))),
        tensor(Int32Array.of(0, 1)),
      );
    };
    expect(of(100, 1)).toMatchObject({ part: "weights" });
    expect(of(100, 1).explanation).toContain("what comes into matmul 1 has a root mean square of 100");
    expect(of(1, 100)).toMatchObject({ part: "operation" });
  });

  it("from the layer below, where there is one, or straight from the data", () => {
    const first = parameter([[1]]);
    const cause = causeOf((x) => relu(matmul(mul(matmul(x, first), 100), weights(1))));
    expect(cause.part).toBe("operation");
    expect(cause.explanation).toContain("what comes in from matmul 1 has a root mean square of 100");
    const bare = causeOf((x) => matmul(relu(x), weights(1)));
    expect(bare).toMatchObject({ part: "data" });
    expect(bare.explanation).toBe("the values that relu is applied to lie on the flat side of relu");
  });
});

it("weights that are all zero are said to be", () => {
  const [cause, one] = [parameter(zeros([1, 2])), weights(1)].map((w) => causeOf((x) => relu(matmul(x, w))));
  expect(cause.part).toBe("weights");
  expect(cause.explanation).toContain("all weights of matmul 1 are zero");
  expect(one.explanation).not.toContain("are zero");
});

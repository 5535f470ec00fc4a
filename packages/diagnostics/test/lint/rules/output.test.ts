import { parameter, relu, sigmoid, type Tensor, tensor } from "@isograd/autograd";
import { describe, expect, it } from "vitest";
import { type Head, headOf, lintOutput } from "../../../src/lint/rules/output.ts";
import type { SyntheticPass } from "../../../src/lint/synthetic.ts";
import type { Trace } from "../../../src/trace/trace.ts";

/** The head that these numbers come out of, and what was applied on the way, the last behind all others. */
function headFor(output: Tensor, uses: readonly (readonly [typeof relu, Tensor])[] = []): Head {
  const activations = uses.map(([activation, made]) => ({
    activation,
    inputs: [made],
    output: made,
    place: activation.name,
  }));
  const traced = { activations, contractions: [] };
  return headOf({ output, end: null, traced } as unknown as SyntheticPass, "top");
}

const rows = tensor([
  [0.25, 0.75],
  [0.5, 0.5],
  [1, 0],
]);
const logarithms = tensor([
  [Math.log(0.25), Math.log(0.75)],
  [Math.log(0.5), Math.log(0.5)],
]);
const columns = (values: number[][]): Tensor => tensor(values[0].map((_, k) => values.map((row) => row[k])));
const numbers = tensor([[0.5, 2, -1]]);

describe("what an output can be", () => {
  it("is shares of 1 along an axis, those behind the batch first, or their logarithms", () => {
    const axes = (output: Tensor) => [headFor(output).simplex, headFor(output).logarithms];
    expect(axes(rows)).toEqual([1, null]);
    expect(axes(columns(rows.toArray() as number[][]))).toEqual([0, null]);
    expect(axes(logarithms)).toEqual([null, 1]);
    expect(axes(columns(logarithms.toArray() as number[][]))).toEqual([null, 0]);
    expect(
      axes(
        tensor([
          [0.5, 0.5],
          [0.5, 0.5],
        ]),
      ),
    ).toEqual([1, null]);
    expect(axes(tensor([[1.5, -0.5]]))).toEqual([null, null]);
    expect(axes(tensor([[0.25, 0.75015]]))).toEqual([null, null]);
    expect(axes(tensor([[0.25, 0.75005]]))).toEqual([1, null]);
    // The logarithm of a single number says nothing.
    expect(axes(tensor([[0], [0.5]]))).toEqual([null, null]);
    expect(headFor(rows)).toMatchObject({ range: [0, 1], name: "softmax", place: "top" });
  });

  it("is what the last activation that made these numbers gives", () => {
    const other = tensor([[0.5, 2, -2]]);
    const of = (...uses: [typeof relu, Tensor][]) => headFor(numbers, uses);
    expect(of([sigmoid, numbers], [relu, other])).toMatchObject({ name: "sigmoid", range: [0, 1] });
    expect(of([sigmoid, numbers], [relu, numbers])).toMatchObject({ name: "relu", place: "relu" });
    expect(of([sigmoid, tensor([[0.5, 2, -1, 3]])], [relu, tensor([[0.5, 2]])])).toMatchObject({
      name: "a linear layer",
      range: [Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY],
    });
  });
});

describe("whatever the loss", () => {
  const leaves = (gradient: number[]): Trace =>
    ({ leaves: [{ tensor: parameter([1, 1]), gradient: tensor(gradient) }] }) as unknown as Trace;
  const found = (output: Tensor, gradient = [0, 0]) => lintOutput(headFor(output), leaves(gradient))[0];

  it("an output that is the same for all, without a gradient, is constant", () => {
    expect(found(tensor([[3], [3]]))).toMatchObject({
      detector: "lint.constantOutput",
      measured: { value: 3 },
      places: ["top"],
    });
    expect(found(tensor([[3], [3]])).causes[0].explanation).toBe("no gradient passes the head");
    expect(found(tensor([[1], [1]])).causes[0].explanation).toContain("softmax over a single unit");
    expect(
      found(
        tensor([
          [0.5, 0.5],
          [0.5, 0.5],
        ]),
      ).causes[0].explanation,
    ).toBe("no gradient passes the head");
    expect(found(tensor([[3], [3]]), [0, 0.5])).toBe(undefined);
    expect(found(tensor([[3], [4]]))).toBe(undefined);
    expect(found(tensor([[3]]))).toBe(undefined);
  });

  it("shares over the batch let examples compete", () => {
    const turned = [rows, logarithms].map((each) => columns(each.toArray() as number[][]));
    expect(turned.map((each) => found(each))).toMatchObject([
      {
        detector: "lint.batchSoftmax",
        measured: { statistic: "sum of the output over the batch", value: 1 },
      },
      { detector: "lint.batchSoftmax", measured: { statistic: "sum of the probabilities over the batch" } },
    ]);
    expect(found(rows)).toBe(undefined);
    expect(found(tensor([0.25, 0.75]))).toBe(undefined);
  });
});

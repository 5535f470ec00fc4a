import { describe, expect, it } from "vitest";
import {
  add,
  backward,
  checkOpContract,
  defineElementwise,
  graphNodes,
  gt,
  mul,
  parameter,
  Scalar,
  square,
  sub,
  sum,
  type Tensor,
  tanh,
  tensor,
  vmap,
  where,
} from "../../../src/index.ts";

const curve = defineElementwise("curve", (x: Scalar, y: Scalar, a: Scalar) =>
  where(gt(x, y), mul(a, square(sub(x, y))), mul(a, tanh(mul(y, x)))),
);

const f64 = (data: number[] | number[][]): Tensor => tensor(data, { dtype: "f64" });

describe("defineElementwise", () => {
  it("keeps the contract of operations", () => {
    const samples = [
      [f64([0.3, -1.2, 2]), f64([1.1, -0.4, 0.2]), f64([0.7, 1.3, -0.2])],
      [f64([[0.3], [-1.2]]), f64([1.1, -0.4, 0.2]), f64([0.7])],
    ];
    expect(checkOpContract(curve, samples).violations).toEqual([]);
  });

  it("is one node, and reads numbers in the element type of the tensors", () => {
    const x = parameter([1, 2], { dtype: "f64" });
    const result = curve(x, 0.1, 3);
    expect(result.dtype).toBe("f64");
    expect(result.toArray()).toEqual([3 * (1 - 0.1) ** 2, 3 * (2 - 0.1) ** 2]);
    expect(graphNodes(result).map((node) => node.label)).toEqual(["leaf", "curve"]);
    backward(sum(result));
    expect(x.grad?.toArray()).toEqual([6 * (1 - 0.1), 6 * (2 - 0.1)]);
  });

  it("makes reals of whole numbers, and a tensor of numbers alone", () => {
    expect(curve(tensor([2, 0], { dtype: "i32" }), 1, 1).dtype).toBe("f32");
    expect(curve(2, 1, 5).item()).toBe(5);
  });

  it("is part of other expressions", () => {
    const shifted = defineElementwise("shifted", (x: Scalar) => add(curve(x, 0, 2), 1));
    expect(shifted(f64([3, -1])).toArray()).toEqual([19, 1]);
  });

  it("is mapped over examples", () => {
    const rows = f64([
      [1, 2],
      [3, -4],
    ]);
    expect(vmap((x: Tensor) => curve(x, 0.5, x))(rows).toArray()).toEqual(curve(rows, 0.5, rows).toArray());
  });

  it("refuses other numbers of operands, and what is no expression", () => {
    const one = defineElementwise("one", (x: Scalar) => square(x)) as (...operands: unknown[]) => Tensor;
    expect(() => one(f64([1]), 2)).toThrowErrorMatchingInlineSnapshot(
      `[ArgumentError: one: expected 1 operands, got 2]`,
    );
    const none = defineElementwise("none", ((_: Scalar) => f64([1])) as unknown as (x: Scalar) => Scalar);
    expect(() => none(f64([1]))).toThrowErrorMatchingInlineSnapshot(
      `[ArgumentError: defineElementwise: expected none to return a scalar expression, got Tensor]`,
    );
    expect(() => one(Scalar.input(0), f64([1]))).toThrow(/one: expected 1 operands/);
  });
});

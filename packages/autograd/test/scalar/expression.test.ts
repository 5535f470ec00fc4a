import { describe, expect, it } from "vitest";
import * as row from "../../src/scalar/arithmetic.ts";
import { freeInputs, nodesOf, Scalar, substitute, toScalar } from "../../src/scalar/expression.ts";
import { interpret } from "../../src/scalar/interpret.ts";

const [x, y] = [Scalar.input(0), Scalar.input(1)];

describe("nodes", () => {
  it("are inputs, constants, or primitives applied", () => {
    expect([x.isInput, x.isConstant]).toEqual([true, false]);
    const two = Scalar.constant(2);
    expect([two.isInput, two.isConstant, two.isConstantOf(2), two.isConstantOf(3)]).toEqual([
      false,
      true,
      true,
      false,
    ]);
    expect(Scalar.constant(-0).isConstantOf(0)).toBe(true);
    const product = Scalar.apply(row.mul, [x, 3]);
    expect(product.inputs[1].isConstantOf(3)).toBe(true);
    expect([product.isInput, product.isConstant]).toEqual([false, false]);
    expect(toScalar(x)).toBe(x);
  });

  it("are listed once each, after their inputs", () => {
    const shared = Scalar.apply(row.mul, [x, y]);
    const root = Scalar.apply(row.add, [shared, Scalar.apply(row.neg, [shared])]);
    const order = nodesOf(root);
    expect(order).toHaveLength(5);
    expect(new Set(order).size).toBe(5);
    for (const node of order)
      for (const input of node.inputs) expect(order.indexOf(input)).toBeLessThan(order.indexOf(node));
    expect(order.at(-1)).toBe(root);
  });

  it("may be deep", () => {
    let deep: Scalar = x;
    for (let k = 0; k < 100_000; k++) deep = Scalar.apply(row.add, [deep, 1]);
    expect(nodesOf(deep)).toHaveLength(200_001);
    expect(interpret(deep)(0.5)).toBe(100_000.5);
  });
});

describe("inputs", () => {
  it("are found and replaced", () => {
    const root = Scalar.apply(row.sub, [Scalar.input(3), Scalar.apply(row.mul, [x, x])]);
    expect(freeInputs(root)).toEqual([0, 3]);
    expect(freeInputs(Scalar.constant(1))).toEqual([]);
    const replaced = substitute(root, [Scalar.constant(5), y, y, x]);
    expect(freeInputs(replaced)).toEqual([0]);
    expect(interpret(replaced)(7)).toBe(7 - 25);
  });

  it("keep sharing when replaced", () => {
    const shared = Scalar.apply(row.square, [x]);
    const root = Scalar.apply(row.mul, [shared, shared]);
    expect(nodesOf(substitute(root, [y]))).toHaveLength(3);
  });
});

describe("builders", () => {
  const value = (s: Scalar) => (s.isConstant ? s.value : null);
  it("fold neutral and constant operands away", () => {
    expect(row.sumOf(x, 0)).toBe(x);
    expect(row.sumOf(0, x)).toBe(x);
    expect(value(row.sumOf(2, 3))).toBe(5);
    expect(row.differenceOf(x, 0)).toBe(x);
    expect(row.productOf(x, 1)).toBe(x);
    expect(row.productOf(1, x)).toBe(x);
    expect(value(row.productOf(x, 0))).toBe(0);
    expect(value(row.productOf(2, 3))).toBe(6);
    expect(row.productOf(x, -1).primitive).toBe(row.neg);
    expect(row.quotientOf(x, 1)).toBe(x);
    expect(row.negativeOf(row.negativeOf(x))).toBe(x);
    expect(value(row.negativeOf(2))).toBe(-2);
    expect(row.squareOf(x).primitive).toBe(row.square);
  });
});

import { expect, it } from "vitest";
import { all, any, countNonzero, parameter, tensor, zeros } from "../../../src/index.ts";

const x = tensor([
  [0, 1, Number.NaN],
  [0, 2, 0],
]);

it("asks whether some or all elements are not zero, and how many; NaN is not zero", () => {
  expect([any(x).item(), all(x).item(), countNonzero(x).item()]).toEqual([1, 0, 3]);
  expect(any(x, { axis: 0 }).toArray()).toEqual([0, 1, 1]);
  expect(all(x, { axis: 0, keepDims: true }).toArray()).toEqual([[0, 1, 0]]);
  expect(countNonzero(x, { axis: 1 }).toArray()).toEqual([2, 1]);
  expect([any(x).dtype, all(x).dtype, countNonzero(x).dtype]).toEqual(["bool", "bool", "i32"]);
});

it("finds nothing in nothing, and takes what is tracked", () => {
  expect([any(zeros([0])).item(), all(zeros([0])).item(), countNonzero(zeros([0])).item()]).toEqual([
    0, 1, 0,
  ]);
  expect(any(parameter([0, 1])).requiresGrad).toBe(false);
});

import { describe, expect, it } from "vitest";
import {
  backward,
  eq,
  logsumexp,
  max,
  mean,
  min,
  norm,
  parameter,
  prod,
  std,
  sum,
  sumTo,
  tensor,
  variance,
  vectorNorm,
  zeros,
} from "../../../src/index.ts";

const x = tensor([
  [1, 2, 3],
  [4, 5, 6],
]);

describe("axes", () => {
  it.each([
    [undefined, false, [], 21],
    [0, false, [3], [5, 7, 9]],
    [-1, true, [2, 1], [[6], [15]]],
    [[0, 1], true, [1, 1], [[21]]],
    [[1, 0], false, [], 21],
    [
      [],
      false,
      [2, 3],
      [
        [1, 2, 3],
        [4, 5, 6],
      ],
    ],
  ] as const)("sum over %j, keepDims %s", (axis, keepDims, shape, result) => {
    const y = sum(x, { axis, keepDims });
    expect([y.shape, y.toArray()]).toEqual([shape, result]);
  });

  it("serve every reduction alike", () => {
    for (const f of [sum, mean, max, min, prod, logsumexp, norm, vectorNorm, variance, std]) {
      expect(f(x).shape).toEqual([]);
      expect(f(x, { axis: 1 }).shape).toEqual([2]);
      expect(f(x, { axis: [0], keepDims: true }).shape).toEqual([1, 3]);
      expect(() => f(x, { axis: 2 })).toThrow("axis of a tensor of rank 2");
      expect(() => f(x, { axis: [0, -2] })).toThrow("each axis once");
    }
  });

  it("of a scalar are those of a vector of one element", () => {
    for (const axis of [0, -1, [0]]) {
      expect(sum(tensor(3), { axis }).item()).toBe(3);
      expect(max(tensor(3), { axis, keepDims: true }).shape).toEqual([]);
    }
    expect(() => sum(tensor(3), { axis: 1 })).toThrow("axis of a tensor of rank 1");
  });
});

describe("of nothing", () => {
  const empty = zeros([2, 0]);

  it("is the neutral element, NaN for a mean", () => {
    expect([sum(empty).item(), prod(empty).item(), norm(empty).item()]).toEqual([0, 1, 0]);
    expect(mean(empty).item()).toBeNaN();
    expect(logsumexp(zeros([0, 2]), { axis: 1 }).shape).toEqual([0]);
    expect(logsumexp(empty).item()).toBe(-Infinity);
    expect(prod(empty, { axis: 0 }).shape).toEqual([0]);
    expect(prod(empty, { axis: 1 }).toArray()).toEqual([1, 1]);
  });

  it("has gradients of the right shape", () => {
    for (const f of [sum, prod, norm, logsumexp]) {
      const leaf = parameter(empty);
      backward(f(leaf));
      expect(leaf.grad?.shape).toEqual([2, 0]);
    }
  });
});

it("averages whole numbers and truth values as reals", () => {
  expect(mean(x).item()).toBe(3.5);
  expect(mean(tensor([1, 2], { dtype: "i32" }))).toMatchObject({ dtype: "f32" });
  expect(mean(tensor([true, false])).item()).toBe(0.5);
});

it("sums to a shape that broadcasts to it", () => {
  expect(sumTo(x, [3]).toArray()).toEqual([5, 7, 9]);
  expect(sumTo(x, [2, 1]).toArray()).toEqual([[6], [15]]);
  expect(sumTo(x, []).item()).toBe(21);
  expect(sumTo(x, [1, 1]).toArray()).toEqual([[21]]);
  expect(sumTo(x, [2, 3])).toBe(x);
  expect(eq(sumTo(zeros([0, 3]), [3]), 0).toArray()).toEqual([1, 1, 1]);
});

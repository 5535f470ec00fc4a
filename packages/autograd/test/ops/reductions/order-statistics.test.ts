import { describe, expect, it } from "vitest";
import { kthvalue, mode, tensor, topk, zeros } from "../../../src/index.ts";
import { gradientOf } from "./gradient-of.ts";

const { NaN: nan } = Number;
const x = tensor([3, nan, 1, 2]);

describe("the largest few", () => {
  it("come in order with their positions, NaN as the largest: PyTorch's", () => {
    const most = topk(x, 2);
    expect([most.values.toArray(), most.indices.toArray()]).toEqual([
      [nan, 3],
      [1, 0],
    ]);
    const least = topk(x, 2, 0, { largest: false });
    expect([least.values.toArray(), least.indices.toArray()]).toEqual([
      [1, 2],
      [2, 3],
    ]);
    expect(gradientOf((v) => topk(v, 2).values, [3, 5, 1, 4])).toEqual([0, 1, 0, 1]);
  });

  it("may be none, all, or one of a scalar", () => {
    expect(topk(zeros([2, 3]), 0).values.shape).toEqual([2, 0]);
    expect(topk(zeros([2, 3]), 2, 0).values.shape).toEqual([2, 3]);
    expect(topk(tensor(4), 1).values.toArray()).toBe(4);
    expect(() => topk(x, 5)).toThrowErrorMatchingInlineSnapshot(
      `[ArgumentError: topk: expected an integer from 0 to 4, got 5]`,
    );
    expect(() => topk(x, 1.5)).toThrow("expected an integer from 0 to 4, got 1.5");
  });
});

describe("the k-th smallest", () => {
  it("is counted from 1", () => {
    const { values, indices } = kthvalue(x, 3);
    expect([values.item(), indices.item()]).toEqual([3, 0]);
    expect(
      kthvalue(
        tensor([
          [3, 1],
          [2, 5],
        ]),
        2,
        0,
        { keepDims: true },
      ).values.toArray(),
    ).toEqual([[3, 5]]);
    expect(kthvalue(tensor(4), 1).values.toArray()).toBe(4);
    expect(() => kthvalue(x, 0)).toThrowErrorMatchingInlineSnapshot(
      `[ArgumentError: kthvalue: expected an integer from 1 to 4, got 0]`,
    );
  });
});

describe("the most frequent value", () => {
  it("is the smallest of several, at its last position: PyTorch's", () => {
    const { values, indices } = mode(tensor([3, 1, 3, 1, 2]));
    expect([values.item(), indices.item()]).toEqual([1, 3]);
    expect(gradientOf((v) => mode(v, 0, { keepDims: true }).values, [3, 1, 3, 1, 2])).toEqual([
      0, 0, 0, 1, 0,
    ]);
    expect(mode(tensor(4)).values.toArray()).toBe(4);
  });

  it("needs an element", () => {
    expect(() => mode(zeros([2, 0]))).toThrowErrorMatchingInlineSnapshot(
      `[ShapeError: mode: expected at least one element along axis 1, got [2, 0]]`,
    );
  });
});

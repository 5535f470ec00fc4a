import { describe, expect, it } from "vitest";
import { argsort, msort, mul, sort, tensor, zeros } from "../../../src/index.ts";
import { gradientOf } from "./gradient-of.ts";

const { NaN: nan, POSITIVE_INFINITY: inf } = Number;
const x = tensor([2, nan, 1, 2, -inf]);

describe("sorting", () => {
  it("leaves equal elements as they stand, and takes NaN for the largest: PyTorch's", () => {
    const { values, indices } = sort(x);
    expect([values.toArray(), indices.toArray()]).toEqual([
      [-inf, 1, 2, 2, nan],
      [4, 2, 0, 3, 1],
    ]);
    const falling = sort(x, 0, { descending: true });
    expect([falling.values.toArray(), falling.indices.toArray()]).toEqual([
      [nan, 2, 2, 1, -inf],
      [1, 0, 3, 2, 4],
    ]);
    expect(argsort(x, 0, { descending: true }).toArray()).toEqual([1, 0, 3, 2, 4]);
  });

  it("takes each element's gradient back to where it came from", () => {
    const weights = tensor([1, 10, 100], { dtype: "f64" });
    expect(gradientOf((v) => mul(sort(v).values, weights), [3, 1, 2])).toEqual([100, 1, 10]);
    expect(gradientOf((v) => mul(sort(v, -1, { descending: true }).values, weights), [3, 1, 2])).toEqual([
      1, 100, 10,
    ]);
  });

  it("goes along any axis, takes a scalar, nothing, and whole numbers", () => {
    const rows = tensor(
      [
        [3, 1],
        [2, 5],
      ],
      { dtype: "i32" },
    );
    expect(msort(rows).toArray()).toEqual([
      [2, 1],
      [3, 5],
    ]);
    expect(sort(rows, 1).values).toMatchObject({ dtype: "i32" });
    expect(sort(tensor(3), 0).values.toArray()).toBe(3);
    expect(sort(zeros([2, 0])).indices.shape).toEqual([2, 0]);
    expect(() => sort(rows, 2)).toThrow("sort: expected an axis of a tensor of rank 2, got 2");
  });
});

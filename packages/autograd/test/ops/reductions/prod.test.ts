import { describe, expect, it } from "vitest";
import { prod, tensor } from "../../../src/index.ts";
import { gradientOf, secondGradientOf } from "./gradient-of.ts";

const product = (v: Parameters<typeof prod>[0]): ReturnType<typeof prod> => prod(v);

describe("products", () => {
  it("have exact derivatives where elements are zero", () => {
    expect(gradientOf(product, [0, 2, 3])).toEqual([6, 0, 0]);
    expect(gradientOf(product, [0, 0, 3])).toEqual([0, 0, 0]);
    expect(gradientOf(product, [1, 2, 3, 4, 5])).toEqual([120, 60, 40, 30, 24]);
    expect(
      gradientOf(
        (v) => prod(v, { axis: 1 }),
        [
          [2, 0],
          [3, 4],
        ],
      ),
    ).toEqual([
      [0, 2],
      [4, 3],
    ]);
    expect(secondGradientOf(product, [0, 0, 3])).toEqual([3, 3, 0]);
    expect(secondGradientOf(product, [0, 2, 3])).toEqual([5, 3, 2]);
  });

  it("do not overflow on the way if the product in order does not", () => {
    expect(prod(tensor([1e200, 1e-200, 2], { dtype: "f64" })).item()).toBe(2);
    expect(prod(tensor([1e200, 1e-200, 1e200, 1e-200], { dtype: "f64" })).item()).toBe(1);
    expect(prod(tensor([7])).item()).toBe(7);
    expect(prod(tensor(7)).item()).toBe(7);
  });

  it("of whole numbers and truth values are whole numbers", () => {
    expect(prod(tensor([3, 4], { dtype: "i32" }))).toMatchObject({ dtype: "i32" });
    expect(prod(tensor([true, true]))).toMatchObject({ dtype: "i32" });
  });
});

import { describe, expect, it } from "vitest";
import { allocate, type Dtype, dtypeOf, isFloating, promote, toFloating } from "../src/dtype.ts";
import { add, cast, div, eq, lt, mul, pow, sin, sum, tensor } from "../src/index.ts";

const dtypes: readonly Dtype[] = ["bool", "i32", "f32", "f64"];

it("has an array type each way", () => {
  for (const dtype of dtypes) {
    expect(dtypeOf(allocate(dtype, 3))).toBe(dtype);
    expect(allocate(dtype, 3)).toHaveLength(3);
  }
});

it("promotes to the type that holds both, whatever the order", () => {
  dtypes.forEach((a, i) => {
    dtypes.forEach((b, j) => {
      expect(promote(a, b)).toBe(dtypes[Math.max(i, j)]);
    });
  });
  expect(dtypes.map(toFloating)).toEqual(["f32", "f32", "f32", "f64"]);
  expect(dtypes.map(isFloating)).toEqual([false, false, true, true]);
});

describe("operations", () => {
  const of = (dtype: Dtype) => tensor([0, 1, 2], { dtype });

  it.each([
    ["i32", "i32", "i32"],
    ["bool", "i32", "i32"],
    ["i32", "f32", "f32"],
    ["f32", "f64", "f64"],
    ["bool", "f64", "f64"],
  ] as const)("add %s and %s to %s", (a, b, result) => {
    expect(add(of(a), of(b)).dtype).toBe(result);
    expect(add(of(b), of(a)).dtype).toBe(result);
  });

  it("give reals where only reals make sense", () => {
    expect(
      [div(of("i32"), of("i32")), sin(of("i32")), pow(of("i32"), of("i32"))].map(({ dtype }) => dtype),
    ).toEqual(["f32", "f32", "f32"]);
    expect(div(tensor([1], { dtype: "i32" }), tensor([2], { dtype: "i32" })).toArray()).toEqual([0.5]);
    expect([lt(of("f64"), of("i32")), eq(of("f32"), 1)].map(({ dtype }) => dtype)).toEqual(["bool", "bool"]);
    expect(sum(of("bool")).dtype).toBe("i32");
    expect(sum(of("bool")).item()).toBe(2);
  });

  it("give numbers the type of the tensor beside them, where it can hold them", () => {
    expect(mul(of("f64"), 0.1).toArray()).toEqual([0, 0.1, 0.2]);
    expect(mul(of("f32"), 0.1).dtype).toBe("f32");
    expect(mul(2, of("i32")).dtype).toBe("i32");
    expect(mul(of("i32"), 0.5).dtype).toBe("f32");
  });

  it("wrap whole numbers around in 32 bits and cut fractions off", () => {
    expect(add(tensor([2147483647], { dtype: "i32" }), 1).toArray()).toEqual([-2147483648]);
    expect(cast(tensor([-1.9, 1.9]), "i32").toArray()).toEqual([-1, 1]);
    expect(cast(tensor([0, -0.5, 256, Number.NaN]), "bool").toArray()).toEqual([0, 1, 1, 1]);
    expect(cast(tensor([0.1], { dtype: "f64" }), "f32").toArray()).toEqual([Math.fround(0.1)]);
  });
});

import { expect, it } from "vitest";
import { addcdiv, addcmul, lerp, type Tensor, tensor } from "../../../src/index.ts";

const f64 = (values: Parameters<typeof tensor>[0]): Tensor => tensor(values, { dtype: "f64" });

it("lerp is exact at both ends, and goes beyond", () => {
  const [a, b] = [f64([0.1, 1e20]), f64([0.3, 1])];
  expect(lerp(a, b, 0).toArray()).toEqual([0.1, 1e20]);
  expect(lerp(a, b, 1).toArray()).toEqual([0.3, 1]);
  expect(lerp(f64([1]), 3, f64([[-1], [2]])).toArray()).toEqual([[-1], [5]]);
  expect(lerp(1, 3, f64(0.25)).dtype).toBe("f64");
});

it("addcmul and addcdiv scale what they add", () => {
  expect(addcmul(f64([1, 2]), f64([[3], [4]]), 10).toArray()).toEqual([
    [31, 32],
    [41, 42],
  ]);
  expect(addcmul(f64(1), 2, 3, -2).item()).toBe(-11);
  expect(addcdiv(f64(1), 2, 4, -2).item()).toBe(0);
  expect(addcdiv(f64(1), 1, 0).item()).toBe(Number.POSITIVE_INFINITY);
  expect(addcmul(tensor([1], { dtype: "i32" }), 2, 3).dtype).toBe("i32");
});

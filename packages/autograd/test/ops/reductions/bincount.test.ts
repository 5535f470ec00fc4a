import { expect, it } from "vitest";
import { bincount, tensor, vmap, zeros } from "../../../src/index.ts";

const x = tensor([1, 3, 1], { dtype: "i32" });

it("counts whole numbers: PyTorch's", () => {
  expect(bincount(x)).toMatchObject({ dtype: "i32" });
  expect(bincount(x).toArray()).toEqual([0, 2, 0, 1]);
  expect(bincount(x, { minLength: 6 }).toArray()).toEqual([0, 2, 0, 1, 0, 0]);
  expect(bincount(tensor([], { dtype: "i32" })).shape).toEqual([0]);
  expect(bincount(x, { weights: tensor([0.5, 2, 3]) }).toArray()).toEqual([0, 3.5, 0, 2]);
});

it("says what it needs", () => {
  expect(() => bincount(tensor([-1], { dtype: "i32" }))).toThrowErrorMatchingInlineSnapshot(
    `[ArgumentError: bincount: expected numbers that are not negative, got -1]`,
  );
  expect(() => bincount(x, { weights: zeros([2]) })).toThrowErrorMatchingInlineSnapshot(
    `[ShapeError: bincount: expected [n] and weights [n], got [3] and [2]]`,
  );
  expect(() => bincount(tensor([1]))).toThrow("bincount: expected i32, got f32");
  expect(() => vmap(bincount)(tensor([[1, 2]], { dtype: "i32" }))).toThrow("cannot be read");
});

import { expect, it } from "vitest";
import { bucketize, searchsorted, type Tensor, tensor, vmap, zeros } from "../../../src/index.ts";

const sorted = tensor([1, 3, 3, 5]);

it("finds where values belong, before or behind equal ones: PyTorch's", () => {
  expect(searchsorted(sorted, tensor([0, 3, 6])).toArray()).toEqual([0, 1, 4]);
  expect(searchsorted(sorted, tensor([0, 3, 6]), { right: true }).toArray()).toEqual([0, 3, 4]);
  expect(searchsorted(sorted, tensor([[3], [9]])).toArray()).toEqual([[1], [4]]);
  expect(searchsorted(sorted, tensor(4)).toArray()).toBe(3);
  expect(searchsorted(zeros([0]), tensor([1])).toArray()).toEqual([0]);
});

it("searches each row for its own values, under vmap too", () => {
  const rows = tensor([
    [0, 1, 2],
    [10, 20, 30],
  ]);
  const values = tensor([[1.5], [15]]);
  expect(searchsorted(rows, values).toArray()).toEqual([[2], [1]]);
  expect(vmap((row: Tensor, value: Tensor) => searchsorted(row, value))(rows, values).toArray()).toEqual([
    [2],
    [1],
  ]);
  expect(() => searchsorted(rows, tensor([[1], [1], [1]]))).toThrowErrorMatchingInlineSnapshot(
    `[ShapeError: searchsorted: expected shapes that broadcast (equal extents, or 1, from the last axis), got [2, 3] and [3, 1]]`,
  );
});

it("numbers buckets", () => {
  expect(bucketize(tensor([[3, 9]]), tensor([1, 3, 5]), { right: true }).toArray()).toEqual([[2, 3]]);
  expect(bucketize(tensor(3), tensor([1, 3, 5]))).toMatchObject({ dtype: "i32", shape: [] });
  expect(() => bucketize(tensor([1]), tensor([[1]]))).toThrowErrorMatchingInlineSnapshot(
    `[ShapeError: bucketize: expected boundaries [n], got [1, 1]]`,
  );
});

import { expect, it } from "vitest";
import {
  backward,
  combinations,
  index,
  maskedScatter,
  maskedSelect,
  nonzero,
  parameter,
  repeatInterleave,
  sum,
  takeAlongDim,
  tensor,
  unbind,
  vmap,
  zeros,
} from "../../../src/index.ts";

const i32 = (values: Parameters<typeof tensor>[0]) => tensor(values, { dtype: "i32" });
const bool = (values: Parameters<typeof tensor>[0]) => tensor(values, { dtype: "bool" });

it("finds what is not zero, NaN included", () => {
  const x = tensor([
    [0, 2, Number.NaN],
    [-1, 0, 0],
  ]);
  expect(nonzero(x).toArray()).toEqual([
    [0, 1],
    [0, 2],
    [1, 0],
  ]);
  expect(index(x, unbind(nonzero(x), 1)).toArray()).toEqual([2, Number.NaN, -1]);
  expect(nonzero(tensor(3)).shape).toEqual([1, 0]);
  expect(nonzero(tensor(0)).shape).toEqual([0, 0]);
  expect(nonzero(zeros([0, 2])).shape).toEqual([0, 2]);
});

it("selects by a mask that broadcasts", () => {
  const x = parameter([[1], [2]]);
  const selected = maskedSelect(x, bool([1, 0, 1]));
  expect(selected.toArray()).toEqual([1, 1, 2, 2]);
  backward(sum(selected));
  expect(x.grad?.toArray()).toEqual([[2], [2]]);
  expect(maskedSelect(tensor(4), bool(1)).toArray()).toEqual([4]);
  expect(() => maskedSelect(x, tensor([1]))).toThrowErrorMatchingInlineSnapshot(
    `[DtypeError: maskedSelect: expected a mask of bool, got f32]`,
  );
  expect(() => vmap((mask: typeof x) => maskedSelect(tensor([1, 2]), mask))(bool([[1, 0]]))).toThrow(
    "cannot be read",
  );
});

it("scatters by a mask, element after element of the source", () => {
  const source = parameter([7, 8, 9]);
  const written = maskedScatter(tensor([[1], [2]]), bool([0, 1]), source);
  expect(written.toArray()).toEqual([
    [1, 7],
    [2, 8],
  ]);
  backward(sum(written));
  expect(source.grad?.toArray()).toEqual([1, 1, 0]);
  expect(() => maskedScatter(zeros([3]), bool([1, 1, 1]), tensor([1]))).toThrowErrorMatchingInlineSnapshot(
    `[ShapeError: maskedScatter: expected 3 elements or more, got [1]]`,
  );
  expect(() => maskedScatter(zeros([1], "f64"), bool([1]), tensor([1]))).toThrowErrorMatchingInlineSnapshot(
    `[DtypeError: maskedScatter: expected one element type, got f64 and f32]`,
  );
});

it("repeats slices in place", () => {
  const x = tensor([
    [1, 2],
    [3, 4],
  ]);
  expect(repeatInterleave(x, 2).toArray()).toEqual([1, 1, 2, 2, 3, 3, 4, 4]);
  expect(repeatInterleave(x, i32([2, 0]), 1).toArray()).toEqual([
    [1, 1],
    [3, 3],
  ]);
  expect(repeatInterleave(x, i32([2]), 0).shape).toEqual([4, 2]);
  expect(repeatInterleave(x, 0, 0).shape).toEqual([0, 2]);
  expect(() => repeatInterleave(x, i32([1, 2, 3]), 0)).toThrowErrorMatchingInlineSnapshot(
    `[ShapeError: repeatInterleave: expected one repeat, or 2, got [2, 2] and [3]]`,
  );
  expect(() => repeatInterleave(x, i32([1, -1]), 0)).toThrowErrorMatchingInlineSnapshot(
    `[ArgumentError: repeatInterleave: expected repeats that are not negative, got -1]`,
  );
  expect(() => repeatInterleave(x, 1.5)).toThrowErrorMatchingInlineSnapshot(
    `[ArgumentError: repeatInterleave: expected repeats that are not negative, got 1.5]`,
  );
  expect(() => repeatInterleave(x, tensor([1, 1]), 0)).toThrowErrorMatchingInlineSnapshot(
    `[DtypeError: repeatInterleave: expected repeats of i32, got f32]`,
  );
});

it("takes along an axis that the others broadcast with", () => {
  expect(takeAlongDim(tensor([[1, 2, 3]]), i32([[2], [0]]), 1).toArray()).toEqual([[3], [1]]);
  expect(takeAlongDim(tensor([[1, 2]]), i32([[1], [0]])).toArray()).toEqual([2, 1]);
  expect(() =>
    takeAlongDim(
      zeros([2, 3]),
      i32([
        [0, 0],
        [0, 0],
        [0, 0],
      ]),
      1,
    ),
  ).toThrowErrorMatchingInlineSnapshot(
    `[ShapeError: takeAlongDim: expected shapes that broadcast (equal extents, or 1, from the last axis), got [2, 3] and [3, 2]]`,
  );
  expect(() => takeAlongDim(zeros([2, 3]), i32([0]), 1)).toThrowErrorMatchingInlineSnapshot(
    `[ShapeError: takeAlongDim: expected an index of the same rank, got [2, 3] and [1]]`,
  );
});

it("chooses combinations in their order", () => {
  const x = tensor([1, 2, 3]);
  expect(combinations(x).toArray()).toEqual([
    [1, 2],
    [1, 3],
    [2, 3],
  ]);
  expect(combinations(x, 4).shape).toEqual([0, 4]);
  expect(combinations(x, 0).shape).toEqual([0]);
  expect(combinations(tensor([1, 2]), 2, { withReplacement: true }).toArray()).toEqual([
    [1, 1],
    [1, 2],
    [2, 2],
  ]);
  expect(() => combinations(tensor(1))).toThrowErrorMatchingInlineSnapshot(
    `[ShapeError: combinations: expected a vector, got []]`,
  );
  expect(() => combinations(x, -1)).toThrowErrorMatchingInlineSnapshot(
    `[ArgumentError: combinations: expected a count that is not negative, got -1]`,
  );
});

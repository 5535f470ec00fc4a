import { describe, expect, it } from "vitest";
import {
  arange,
  blockDiag,
  diag,
  diagEmbed,
  diagflat,
  diagonal,
  reshape,
  tensor,
  tril,
  triu,
  zeros,
} from "../../../src/index.ts";

const grid = reshape(arange(0, 12), [3, 4]);

describe("diagonals", () => {
  it("are views", () => {
    expect(diagonal(grid).toArray()).toEqual([0, 5, 10]);
    expect(diagonal(grid).data).toBe(grid.data);
    expect(diagonal(grid, 2).toArray()).toEqual([2, 7]);
    expect(diagonal(grid, -2).toArray()).toEqual([8]);
    expect(diagonal(grid, 1, 1, 0).toArray()).toEqual([4, 9]);
    expect(diagonal(grid, 4).shape).toEqual([0]);
    expect(diagonal(grid, -9).shape).toEqual([0]);
    expect(diagonal(reshape(grid, [2, 3, 2]), 0, 0, 2).toArray()).toEqual([
      [0, 7],
      [2, 9],
      [4, 11],
    ]);
    expect(() => diagonal(grid, 0, 0, -2)).toThrowErrorMatchingInlineSnapshot(
      `[ArgumentError: diagonal: expected two different axes, got [0, -2]]`,
    );
    expect(() => diagonal(grid, 0.5)).toThrowErrorMatchingInlineSnapshot(
      `[ArgumentError: diagonal: expected a whole offset, got 0.5]`,
    );
  });

  it("are written into zeros", () => {
    expect(diag(tensor([1, 2]), -1).toArray()).toEqual([
      [0, 0, 0],
      [1, 0, 0],
      [0, 2, 0],
    ]);
    expect(diagflat(tensor([[1], [2]]), 0).toArray()).toEqual([
      [1, 0],
      [0, 2],
    ]);
    expect(diagEmbed(zeros([2, 3]), 1, 0, 1).shape).toEqual([4, 4, 2]);
    expect(diagEmbed(zeros([0])).shape).toEqual([0, 0]);
    expect(() => diag(zeros([1, 1, 1]))).toThrowErrorMatchingInlineSnapshot(
      `[ShapeError: diag: expected a vector or a matrix, got [1, 1, 1]]`,
    );
    expect(() => diagEmbed(tensor(1))).toThrowErrorMatchingInlineSnapshot(
      `[ShapeError: diagEmbed: expected at least one axis, got []]`,
    );
  });

  it("undo each other", () => {
    for (const offset of [-2, 0, 3])
      expect(diagonal(diagEmbed(grid, offset), offset, -2, -1).toArray()).toEqual(grid.toArray());
  });

  it("of blocks", () => {
    expect(blockDiag([tensor([[1], [2]]), tensor([3, 4]), tensor(5)]).toArray()).toEqual([
      [1, 0, 0, 0],
      [2, 0, 0, 0],
      [0, 3, 4, 0],
      [0, 0, 0, 5],
    ]);
    expect(() => blockDiag([zeros([1, 1, 1])])).toThrowErrorMatchingInlineSnapshot(
      `[ShapeError: blockDiag: expected matrices, got [1, 1, 1]]`,
    );
  });
});

describe("triangles", () => {
  it("keep one side of a diagonal, and nothing of the other, not even NaN", () => {
    const x = tensor([
      [1, Number.NaN],
      [3, 4],
    ]);
    expect(tril(x).toArray()).toEqual([
      [1, 0],
      [3, 4],
    ]);
    expect(triu(x, -1).toArray()).toEqual(x.toArray());
    expect(triu(grid, 2).toArray()).toEqual([
      [0, 0, 2, 3],
      [0, 0, 0, 7],
      [0, 0, 0, 0],
    ]);
    expect(tril(zeros([2, 0, 3])).shape).toEqual([2, 0, 3]);
    expect(triu(reshape(arange(0, 4, 1, "i32"), [2, 2]))).toMatchObject({ dtype: "i32" });
    expect(() => tril(tensor([1]))).toThrowErrorMatchingInlineSnapshot(
      `[ShapeError: tril: expected [..., rows, columns], got [1]]`,
    );
    expect(() => triu(grid, 0.5)).toThrowErrorMatchingInlineSnapshot(
      `[ArgumentError: triu: expected a whole diagonal, got 0.5]`,
    );
  });
});

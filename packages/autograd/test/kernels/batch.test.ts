import { describe, expect, it } from "vitest";
import { type Batch, foldIntoRows, visitBatch } from "../../src/kernels/batch.ts";

const data = new Float32Array(0);

/** A batch of left matrices [rows, 5] and right matrices [5, 7]. */
function batchOf(
  extents: number[],
  rows: number,
  leftStrides: number[],
  rightStrides: number[],
  rowStride = 5,
): Batch {
  const left = { data, offset: 1000, rowStride, columnStride: 1, batchStrides: leftStrides };
  const right = { data, offset: 2000, rowStride: 7, columnStride: 1, batchStrides: rightStrides };
  return { extents, rows, left, right };
}

describe("foldIntoRows", () => {
  const folded = (...batch: Parameters<typeof batchOf>) => {
    const { extents, rows, left } = foldIntoRows(batchOf(...batch));
    return { extents, rows, rowStride: left.rowStride };
  };

  it("makes one tall matrix of those that follow each other, if the right one is shared", () => {
    expect(folded([2, 3], 4, [60, 20], [0, 0])).toEqual({ extents: [], rows: 24, rowStride: 5 });
    expect(folded([2, 3], 4, [60, 20], [35, 0])).toEqual({ extents: [2], rows: 12, rowStride: 5 });
  });

  it("stops where the right matrix changes, or the rows do not go on", () => {
    expect(folded([2, 3], 4, [60, 20], [0, 35])).toEqual({ extents: [2, 3], rows: 4, rowStride: 5 });
    expect(folded([2, 3], 4, [60, 21], [0, 0])).toEqual({ extents: [2, 3], rows: 4, rowStride: 5 });
    expect(folded([2, 3], 4, [61, 20], [0, 0])).toEqual({ extents: [2], rows: 12, rowStride: 5 });
    expect(folded([3], 4, [0], [0])).toEqual({ extents: [3], rows: 4, rowStride: 5 });
  });

  it("takes rows for a matrix from matrices of one row", () => {
    expect(folded([2, 3], 1, [300, 100], [0, 0], 999)).toEqual({ extents: [], rows: 6, rowStride: 100 });
  });

  it("looks through axes of one member, and leaves an empty batch empty", () => {
    expect(folded([2, 1], 4, [20, 999], [0, 999])).toEqual({ extents: [], rows: 8, rowStride: 5 });
    expect(folded([0], 4, [20], [0])).toEqual({ extents: [], rows: 0, rowStride: 5 });
    expect(folded([0], 4, [20], [35])).toEqual({ extents: [0], rows: 4, rowStride: 5 });
  });
});

describe("visitBatch", () => {
  const visited = (...batch: Parameters<typeof batchOf>) => {
    const out: number[][] = [];
    visitBatch(batchOf(...batch), (...positions) => void out.push(positions));
    return out;
  };

  it("goes through all members in row-major order", () => {
    expect(visited([2, 3], 4, [100, 10], [0, -1])).toEqual([
      [0, 1000, 2000],
      [1, 1010, 1999],
      [2, 1020, 1998],
      [3, 1100, 2000],
      [4, 1110, 1999],
      [5, 1120, 1998],
    ]);
  });

  it("visits a batch without axes once, and an empty one never", () => {
    expect(visited([], 4, [], [])).toEqual([[0, 1000, 2000]]);
    expect(visited([3, 0], 4, [100, 10], [0, 0])).toEqual([]);
  });
});

import { expect, it } from "vitest";
import { multiplyAlong, sparseMatrix, transposeSparse } from "../../src/kernels/sparse-along.ts";
import { dense } from "../../src/kernels/strided.ts";

const matrix = sparseMatrix(3, [
  [
    [0, 2],
    [2, -1],
  ],
  [],
  [[1, 3]],
  [
    [2, 1],
    [2, 4],
  ],
]);

it("multiplies along an inner and along the last axis", () => {
  const along = (x: number[], shape: number[], axis: number, size: number): number[] => {
    const out = new Float64Array(size);
    multiplyAlong(dense(Float64Array.from(x), shape), axis, matrix, out);
    return [...out];
  };
  expect(along([1, 2, 3], [3], 0, 4)).toEqual([-1, 0, 6, 15]);
  expect(along([1, 10, 2, 20, 3, 30], [1, 3, 2], 1, 8)).toEqual([-1, -10, 0, 0, 6, 60, 15, 150]);
  expect(along([1, 2, 3, 10, 20, 30], [2, 3], 1, 8)).toEqual([-1, 0, 6, 15, -10, 0, 60, 150]);
});

it("exchanges rows and columns", () => {
  expect(transposeSparse(matrix)).toEqual(
    sparseMatrix(4, [
      [[0, 2]],
      [[2, 3]],
      [
        [0, -1],
        [3, 1],
        [3, 4],
      ],
    ]),
  );
  expect(transposeSparse(transposeSparse(matrix))).toEqual(matrix);
});

it("takes axes without elements, and matrices without rows", () => {
  const out = new Float64Array(2);
  multiplyAlong(dense(new Float64Array(0), [2, 0]), 1, sparseMatrix(0, [[]]), out);
  expect([...out]).toEqual([0, 0]);
  expect(() =>
    multiplyAlong(dense(new Float64Array(6), [2, 3]), 1, sparseMatrix(3, []), new Float64Array(0)),
  ).not.toThrow();
});

import fc from "fast-check";
import { expect, it } from "vitest";
import { multiplyAlong, sparseMatrix, transposeSparse } from "../../src/kernels/sparse-along.ts";
import { dense } from "../../src/kernels/strided.ts";
import { Arena } from "../../src/kernels/wasm/arena.ts";
import { integersFrom } from "./matrices.ts";
import { host } from "./wasm/assembler/run-term.ts";

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
    const out = new Float64Array(size).fill(7);
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
  const out = new Float64Array(2).fill(7);
  multiplyAlong(dense(new Float64Array(0), [2, 0]), 1, sparseMatrix(0, [[]]), out);
  expect([...out]).toEqual([0, 0]);
  expect(() =>
    multiplyAlong(dense(new Float64Array(6), [2, 3]), 1, sparseMatrix(3, []), new Float64Array(0)),
  ).not.toThrow();
});

it.each([
  ["f32", Float32Array],
  ["f64", Float64Array],
] as const)("gives the same to the bit by kernels and by plain loops, for %s", (_, Data) => {
  const arena = new Arena(host);
  const width = 5;
  const entry = fc.tuple(fc.nat(width - 1), fc.constantFrom(1, 0.3, -2.7, 0));
  const matrices = fc.array(fc.array(entry, { maxLength: 4 }), { minLength: 1, maxLength: 9 });
  fc.assert(
    fc.property(
      matrices,
      fc.constantFrom(1, 2, 3, 8, 9, 31),
      fc.nat(6),
      fc.nat(),
      (rows, inner, more, seed) => {
        const sparse = sparseMatrix(width, rows);
        fc.pre(sparse.columns.length > 0);
        const planes = Math.ceil(1024 / (sparse.columns.length * inner)) + more;
        const next = integersFrom(seed, 1000);
        const data = new Data(planes * width * inner).map(() => next() / 7);
        data[seed % data.length] = Number.NaN;
        data[(seed + 7) % data.length] = -0;
        const x = dense(data, [planes, width, inner]);
        const [fast, plain] = [
          new Data(planes * rows.length * inner),
          new Data(planes * rows.length * inner),
        ];
        multiplyAlong(x, 1, sparse, fast, () => arena);
        multiplyAlong(x, 1, sparse, plain, () => null);
        expect(fast).toEqual(plain);
      },
    ),
  );
});

import { describe, expect, it } from "vitest";
import { ReferenceProduct } from "../../../src/kernels/reference/gemm.ts";
import { IntegerProduct } from "../../../src/kernels/reference/integer-gemm.ts";
import { firstDifference, integersFrom, type Layout, layouts, matrixOf, productOf } from "../matrices.ts";

describe("ReferenceProduct", () => {
  it.each(layouts)("%s", ([left, right]) => {
    const next = integersFrom(1, 9);
    for (const [rows, columns, depth] of [
      [1, 1, 1],
      [2, 2, 3],
      [3, 4, 5],
      [4, 3, 2],
      [5, 5, 0],
      [0, 3, 4],
      [7, 9, 11],
    ]) {
      const a = matrixOf(Float64Array, rows, depth, next, { layout: left as Layout, offset: 2, gap: 1 });
      const b = matrixOf(Float64Array, depth, columns, next, { layout: right as Layout, offset: 1 });
      const out = new Float64Array(rows * columns + 2).fill(5);
      new ReferenceProduct({ rows, columns, depth }, a, b, out, false).compute(2, 1, 1);
      expect([...out]).toEqual([5, ...productOf(rows, columns, depth, a, b), 5]);
      new ReferenceProduct({ rows, columns, depth }, a, b, out, true).compute(2, 1, 1);
      expect([...out]).toEqual([5, ...productOf(rows, columns, depth, a, b).map((value) => 2 * value), 5]);
    }
  });

  it("rounds once", () => {
    const a = { data: Float32Array.of(1, 2 ** -13, 2 ** -13), offset: 0, rowStride: 3, columnStride: 1 };
    const b = { data: Float32Array.of(1, 2 ** -11, 2 ** -11), offset: 0, rowStride: 1, columnStride: 1 };
    const out = new Float32Array(1);
    new ReferenceProduct({ rows: 1, columns: 1, depth: 3 }, a, b, out, false).compute(0, 0, 0);
    expect(out[0]).toBe(1 + 2 ** -23); // rounded after each step it would stay 1
  });
});

describe("IntegerProduct", () => {
  it("is exact modulo 2^32", () => {
    const next = integersFrom(3, 2 ** 31 - 1);
    const [rows, columns, depth] = [3, 5, 4];
    const a = matrixOf(Int32Array, rows, depth, next, { gap: 1 });
    const b = matrixOf(Int32Array, depth, columns, next, { layout: "T" });
    const out = new Int32Array(rows * columns).fill(7);
    const expected = Array.from(out, (_, at) => {
      let sum = 7n;
      for (let l = 0; l < depth; l++) {
        const x = a.data[Math.floor(at / columns) * a.rowStride + l];
        sum += BigInt(x) * BigInt(b.data[l + (at % columns) * b.columnStride]);
      }
      return Number(BigInt.asIntN(32, sum));
    });
    new IntegerProduct({ rows, columns, depth }, a, b, out, true).compute(0, 0, 0);
    expect(firstDifference(out, expected)).toBe(-1);
  });
});

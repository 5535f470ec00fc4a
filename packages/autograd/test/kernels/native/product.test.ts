import { describe, expect, it } from "vitest";
import type { Matrix } from "../../../src/kernels/matrix.ts";
import { type CblasGemm, NativeProduct, nativeProducts } from "../../../src/kernels/native/product.ts";
import { cblasGemm } from "./cblas.ts";

type Arguments = Parameters<CblasGemm>;

const numbers = new Float32Array(400).map((_, at) => at);
const matrix = (rowStride: number, columnStride: number, offset = 0): Matrix<Float32Array> => ({
  data: numbers,
  offset,
  rowStride,
  columnStride,
});

/** The calls that two products [4, 6] · [6, 5] make, of matrices that begin at 1 and 2, and again there. */
function callsFor(left: Matrix<Float32Array>, right: Matrix<Float32Array>): Arguments[] {
  const calls: Arguments[] = [];
  const record: CblasGemm = (...values) => {
    calls.push(values);
    cblasGemm(...values);
  };
  const size = { rows: 4, columns: 5, depth: 6 };
  const product = new NativeProduct(record, size, left, right, new Float32Array(20), false);
  product.compute(1, 2, 0);
  product.compute(1, 2, 0);
  product.release();
  return calls;
}

describe("NativeProduct", () => {
  it("hands over what stands as rows, or as columns, in place", () => {
    for (const [left, right, ofA, inA, ofB, inB] of [
      [matrix(6, 1), matrix(5, 1), 111, 6, 111, 5],
      [matrix(9, 1), matrix(1, 7), 111, 9, 112, 7],
      [matrix(1, 4), matrix(5, 1), 112, 4, 111, 5],
      [matrix(1, 8), matrix(1, 6), 112, 8, 112, 6],
    ] as const) {
      const [[, transpositionOfA, transpositionOfB, , , , , a, distanceInA, b, distanceInB]] = callsFor(
        left,
        right,
      );
      expect([transpositionOfA, distanceInA, transpositionOfB, distanceInB]).toEqual([ofA, inA, ofB, inB]);
      expect([a.buffer, a.byteOffset, b.buffer, b.byteOffset]).toEqual([
        numbers.buffer,
        4,
        numbers.buffer,
        8,
      ]);
    }
  });

  it("copies what does not, once for each matrix", () => {
    for (const left of [
      matrix(12, 2),
      matrix(0, 1),
      matrix(1, 0),
      matrix(0, 0),
      matrix(6, 3),
      matrix(3, 1),
    ]) {
      const [first, second] = callsFor(left, matrix(5, 1));
      expect(first[7].buffer).not.toBe(numbers.buffer);
      expect(first[8]).toBe(6);
      expect(second[7]).toBe(first[7]);
    }
  });

  it("never lets native code go beyond an array", () => {
    const product = (left: Matrix<Float32Array>, out = new Float32Array(20)) =>
      new NativeProduct(cblasGemm, { rows: 4, columns: 5, depth: 6 }, left, matrix(5, 1), out, false);
    expect(() => product(matrix(6, 1)).compute(377, 0, 0)).toThrowErrorMatchingInlineSnapshot(
      `[RangeError: expected 24 numbers from 377 on, got an array of 400]`,
    );
    expect(() => product(matrix(6, 1)).compute(376, 0, 0)).not.toThrow();
    expect(() => product(matrix(1, 100)).compute(0, 0, 0)).toThrow(RangeError);
    expect(() => product(matrix(6, 1)).compute(-1, 0, 0)).toThrow(RangeError);
    expect(() => product(matrix(6, 1)).compute(0, 0, 1)).toThrow(RangeError);
  });
});

describe("nativeProducts", () => {
  const isTakenOn = (rows: number, columns: number, depth: number) => {
    const maker = nativeProducts({ f32: cblasGemm, f64: cblasGemm });
    return maker({ rows, columns, depth }, matrix(1, 1), matrix(1, 1), numbers, false) !== null;
  };

  it("leaves to others what is small, empty, or too long for 32 bits", () => {
    expect(isTakenOn(8, 16, 8)).toBe(true);
    expect(isTakenOn(8, 16, 7)).toBe(false);
    expect(isTakenOn(1000, 1000, 0)).toBe(false);
    expect(isTakenOn(0, 1000, 1000)).toBe(false);
    expect(isTakenOn(1, 1, 2 ** 31)).toBe(false);
  });

  it("calls the function of the element type", () => {
    const called: string[] = [];
    const maker = nativeProducts({ f32: () => called.push("f32"), f64: () => called.push("f64") }, 1);
    for (const View of [Float32Array, Float64Array]) {
      const one = { data: new View(1), offset: 0, rowStride: 1, columnStride: 1 };
      maker({ rows: 1, columns: 1, depth: 1 }, one, one, new View(1), false)?.compute(0, 0, 0);
    }
    expect(called).toEqual(["f32", "f64"]);
  });
});

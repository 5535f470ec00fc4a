import fc from "fast-check";
import { expect, it } from "vitest";
import type { Matrix } from "../../src/kernels/gemm.ts";
import type { MatrixMultiplier } from "../../src/kernels/matrix-multiplier.ts";
import { firstDifference, integersFrom, type Layout, layouts, matrixOf, productOf } from "./matrices.ts";

type Floats = Float32Array | Float64Array;

/** The element types of real numbers, and half the distance from 1 to the next number. */
export const floats = [
  ["f32", Float32Array as new (length: number) => Floats, 2 ** -24],
  ["f64", Float64Array as new (length: number) => Floats, 2 ** -53],
] as const;

/** What holds for products of real numbers, whoever computes them. */
export function gemmLaws(
  multiplier: Pick<MatrixMultiplier, "gemm" | "batchedGemm">,
  View: new (length: number) => Floats,
  u: number,
): void {
  it.each(layouts)("%s writes the product where it belongs, and nothing else", ([left, right]) => {
    const next = integersFrom(1, 9);
    for (const [m, n, k] of [
      [1, 1, 1],
      [3, 5, 2],
      [8, 8, 8],
      [9, 17, 10],
      [16, 1, 40],
      [31, 33, 35],
    ]) {
      const a = matrixOf(View, m, k, next, { layout: left as Layout, offset: 4, gap: 2 });
      const b = matrixOf(View, k, n, next, { layout: right as Layout, offset: 3, gap: 1 });
      const out = new View(m * n + 7).fill(77);
      multiplier.gemm(m, n, k, a, b, out, 5);
      const product = productOf(m, n, k, a, b);
      expect([...out]).toEqual([...new Array(5).fill(77), ...product, 77, 77]);
      multiplier.gemm(m, n, k, a, b, out, 5, true);
      expect([...out]).toEqual([...new Array(5).fill(77), ...product.map((value) => 2 * value), 77, 77]);
    }
  });

  it("does not read what it overwrites", () => {
    const next = integersFrom(4, 9);
    for (const [m, n, k] of [
      [12, 11, 10],
      [1, 40, 30],
      [40, 1, 30],
    ]) {
      const [a, b] = [matrixOf(View, m, k, next), matrixOf(View, k, n, next)];
      const out = new View(m * n).fill(Number.NaN);
      multiplier.gemm(m, n, k, a, b, out, 0);
      expect(firstDifference(out, productOf(m, n, k, a, b))).toBe(-1);
    }
  });

  it("reads backwards, and every other number", () => {
    const next = integersFrom(3, 9);
    const [m, n, k] = [12, 11, 10];
    const data = new View(4 * m * n * k).map(next);
    for (const rowStride of [2 * k, -2 * k, 1, -1]) {
      for (const columnStride of [2, -1, 3 * m]) {
        const a = { data, offset: 1000, rowStride, columnStride };
        const b = { data, offset: 2000, rowStride: columnStride, columnStride: rowStride };
        const out = new View(m * n);
        multiplier.gemm(m, n, k, a, b, out, 0);
        expect(firstDifference(out, productOf(m, n, k, a, b))).toBe(-1);
      }
    }
  });

  it("begins every row with a bias, whatever the result held", () => {
    const next = integersFrom(6, 9);
    for (const [m, n, k] of [
      [3, 2, 2],
      [13, 11, 10],
      [9, 40, 300],
      [6, 120, 600],
      [5, 3, 0],
    ]) {
      const [a, b] = [matrixOf(View, m, k, next), matrixOf(View, k, n, next)];
      const data = new View(3 * n + 2).map(() => next() || 1);
      for (const stride of [1, 3, 0]) {
        const out = new View(m * n + 1).fill(Number.NaN);
        multiplier.gemm(m, n, k, a, b, out, 1, false, { data, offset: 2, stride });
        const expected = productOf(m, n, k, a, b).map((value, at) => value + data[2 + (at % n) * stride]);
        expect(firstDifference(out.subarray(1), expected)).toBe(-1);
      }
    }
  });

  it("takes a stride of 0 for a row, or a column, that stands for all", () => {
    const next = integersFrom(2, 9);
    const [m, n, k] = [12, 9, 10];
    const row = { ...matrixOf(View, 1, k, next), rowStride: 0 };
    const column = { ...matrixOf(View, k, 1, next), columnStride: 0 };
    const number = { ...matrixOf(View, 1, 1, next), rowStride: 0, columnStride: 0 };
    const full = matrixOf(View, k, n, next);
    for (const [a, b] of [
      [row, full],
      [row, column],
      [number, full],
      [number, number],
    ]) {
      const out = new View(m * n);
      multiplier.gemm(m, n, k, a, b, out, 0);
      expect(firstDifference(out, productOf(m, n, k, a, b))).toBe(-1);
    }
  });

  it("gives zeros where the depth is 0, and nothing where a side is", () => {
    const empty = { data: new View(0), offset: 0, rowStride: 0, columnStride: 1 };
    const out = new View(400).fill(3);
    multiplier.gemm(20, 20, 0, empty, empty, out, 0, true);
    expect(out.every((value) => value === 3)).toBe(true);
    multiplier.gemm(20, 20, 0, empty, empty, out, 0);
    expect(out.every((value) => value === 0)).toBe(true);
    multiplier.gemm(
      0,
      20,
      30,
      empty,
      matrixOf(View, 30, 20, () => 1),
      out.fill(3),
      0,
    );
    multiplier.gemm(
      20,
      0,
      30,
      matrixOf(View, 20, 30, () => 1),
      empty,
      out,
      0,
    );
    expect(out.every((value) => value === 3)).toBe(true);
  });

  it("spreads NaN and Infinity over their row or column, also when multiplied by 0", () => {
    const [m, n, k] = [13, 11, 9];
    for (const special of [Number.NaN, Infinity, -Infinity]) {
      for (const zeroed of [false, true]) {
        const a = matrixOf(View, m, k, () => 1);
        const b = matrixOf(View, k, n, () => (zeroed ? 0 : 2));
        a.data[6 * a.rowStride + 4] = special;
        b.data[7 * b.rowStride + 10] = special;
        const out = new View(m * n);
        multiplier.gemm(m, n, k, a, b, out, 0);
        const expected = productOf(m, n, k, a, b);
        expect(firstDifference(out, expected)).toBe(-1);
        expect(expected.filter((value) => !Number.isFinite(value))).toHaveLength(m + n - 1);
      }
    }
    const a = matrixOf(View, m, k, integersFrom(1, 2));
    a.data[0] = Infinity;
    a.data[1] = -Infinity;
    const out = new View(m * n);
    multiplier.gemm(
      m,
      n,
      k,
      a,
      matrixOf(View, k, n, () => 1),
      out,
      0,
    );
    expect([...out.subarray(0, n)].every(Number.isNaN)).toBe(true);
  });

  it("errs by no more than it says", () => {
    const magnitude = View === Float32Array ? 2 ** 20 : 2 ** 40; // sums of products are exact in f64, or as a bigint
    let largest = 0;
    let largestWithoutOne = 0;
    const size = fc.integer({ min: 1, max: 40 });
    fc.assert(
      fc.property(
        size,
        size,
        fc.integer({ min: 1, max: 600 }),
        fc.nat(),
        fc.constantFrom(...layouts),
        (m, n, k, seed, layout) => {
          const next = integersFrom(seed, magnitude);
          const a = matrixOf(View, m, k, next, { layout: layout[0] as Layout });
          const b = matrixOf(View, k, n, next, { layout: layout[1] as Layout });
          const out = new View(m * n);
          multiplier.gemm(m, n, k, a, b, out, 0);
          const gamma = (k * u) / (1 - k * u);
          for (const at of [0, Math.floor((m * n) / 2), m * n - 1]) {
            const { exact, absolute, last } = exactElement(a, b, Math.floor(at / n), at % n, k);
            const ratio = Number(abs(BigInt(out[at]) - exact)) / (gamma * Number(absolute));
            expect(ratio).toBeLessThanOrEqual(1);
            largest = Math.max(largest, ratio);
            const withoutOne = Number(abs(BigInt(out[at]) - exact + last)) / (gamma * Number(absolute));
            largestWithoutOne = Math.max(largestWithoutOne, withoutOne);
          }
        },
      ),
      { numRuns: 40 },
    );
    expect(largest).toBeGreaterThan(0); // the numbers are such that rounding does happen,
    expect(largestWithoutOne).toBeGreaterThan(1); // and that a missing term would show
  });

  it("multiplies batches, with operands of their own or shared", () => {
    const next = integersFrom(5, 9);
    const [m, n, k] = [9, 13, 10];
    const data = new View(4000);
    for (let at = 0; at < data.length; at++) data[at] = next();
    const strides = [
      [210, 70],
      [210, 0],
      [0, 63],
      [0, 0],
      [63 * 3, 63],
    ];
    for (const leftStrides of strides) {
      for (const rightStrides of strides) {
        const a = { data, offset: 1, rowStride: k, columnStride: 1, batchStrides: leftStrides };
        const b = { data, offset: 2, rowStride: 1, columnStride: k, batchStrides: rightStrides };
        const out = new View(2 * 3 * m * n + 1).fill(1);
        for (const times of [1, 2]) {
          multiplier.batchedGemm([2, 3], m, n, k, a, b, out, 1, times === 2);
          for (let member = 0; member < 6; member++) {
            const start = (batchStrides: number[]) =>
              Math.floor(member / 3) * batchStrides[0] + (member % 3) * batchStrides[1];
            const left = { ...a, offset: 1 + start(leftStrides) };
            const right = { ...b, offset: 2 + start(rightStrides) };
            const expected = productOf(m, n, k, left, right).map((value) => times * value);
            const from = 1 + member * m * n;
            expect(firstDifference(out.subarray(from, from + m * n), expected)).toBe(-1);
          }
        }
        expect(out[0]).toBe(1);
        multiplier.batchedGemm([2, 3], m, n, k, a, b, out, 1, false, { data, offset: 7, stride: 1 });
        for (let member = 0; member < 6; member++) {
          const start = (batchStrides: number[]) =>
            Math.floor(member / 3) * batchStrides[0] + (member % 3) * batchStrides[1];
          const left = { ...a, offset: 1 + start(leftStrides) };
          const right = { ...b, offset: 2 + start(rightStrides) };
          const expected = productOf(m, n, k, left, right).map((value, at) => value + data[7 + (at % n)]);
          const from = 1 + member * m * n;
          expect(firstDifference(out.subarray(from, from + m * n), expected)).toBe(-1);
        }
      }
    }
  });
}

const abs = (value: bigint): bigint => (value < 0n ? -value : value);

/** An element of the product of whole numbers, the same of their absolute values, and its last term. */
function exactElement(a: Matrix, b: Matrix, row: number, column: number, depth: number) {
  let [exact, absolute, last] = [0n, 0n, 0n];
  for (let l = 0; l < depth; l++) {
    const x = BigInt(a.data[a.offset + row * a.rowStride + l * a.columnStride]);
    last = x * BigInt(b.data[b.offset + l * b.rowStride + column * b.columnStride]);
    exact += last;
    absolute += abs(last);
  }
  return { exact, absolute, last };
}

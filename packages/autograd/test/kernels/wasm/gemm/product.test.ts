import { describe, expect, it } from "vitest";
import type { Matrix } from "../../../../src/kernels/matrix.ts";
import { blockLimit, PackedProduct } from "../../../../src/kernels/wasm/gemm/product.ts";
import { firstDifference, integersFrom, type Layout, layouts, matrixOf, productOf } from "../../matrices.ts";
import { arrayOf, kernelsOf, tiles } from "./tiles.ts";

describe.each(tiles.slice(0, 4))("PackedProduct %s", (_, tile) => {
  const kernels = kernelsOf(tile);
  const { arena } = kernels;
  const View = arrayOf(tile);
  type Numbers = Float32Array | Float64Array;

  function multiplied(m: number, n: number, k: number, a: Matrix<Numbers>, b: Matrix<Numbers>): Numbers {
    const out = new View(m * n);
    const product = new PackedProduct(kernels, { rows: m, columns: n, depth: k }, a, b, out, false);
    product.compute(a.offset, b.offset, 0);
    product.release();
    expect(arena.mark()).toBe(0);
    return out;
  }

  const check = (m: number, n: number, k: number, a: Matrix<Numbers>, b: Matrix<Numbers>) => {
    const difference = firstDifference(multiplied(m, n, k, a, b), productOf(m, n, k, a, b));
    expect([m, n, k, difference]).toEqual([m, n, k, -1]);
  };

  it.each(layouts)("%s of all small sizes", ([left, right]) => {
    const sizes = [1, 2, 3, 4, 5, 6, 7, 8, 9, 13, 16, 17];
    const next = integersFrom(1, 9);
    for (const m of sizes) {
      for (const n of sizes) {
        for (const k of sizes) {
          const a = matrixOf(View, m, k, next, { layout: left as Layout, offset: m % 3, gap: n % 2 });
          check(
            m,
            n,
            k,
            a,
            matrixOf(View, k, n, next, { layout: right as Layout, offset: k % 5, gap: m % 2 }),
          );
        }
      }
    }
  });

  it.each(layouts)("%s of sizes beyond the tiles and blocks", ([left, right]) => {
    const next = integersFrom(2, 9);
    for (const [m, n, k] of [
      [31, 37, 41],
      [64, 64, 128],
      [127, 30, 61],
      [53, 139, 67],
      [7, 11, 523],
      [259, 5, 301],
      [70, 90, 700],
    ]) {
      const a = matrixOf(View, m, k, next, { layout: left as Layout, gap: 3 });
      check(m, n, k, a, matrixOf(View, k, n, next, { layout: right as Layout }));
    }
  });

  it("cuts large products into blocks", () => {
    const next = integersFrom(3, 9);
    for (const [m, n, k] of [
      [blockLimit + 9, 9, 5],
      [5, blockLimit + 9, 7],
      [7, 9, 2 * blockLimit + 1],
      [3, blockLimit + 1, blockLimit + 1],
    ]) {
      for (const [left, right] of layouts) {
        const a = matrixOf(View, m, k, next, { layout: left as Layout });
        check(m, n, k, a, matrixOf(View, k, n, next, { layout: right as Layout, offset: 1 }));
      }
    }
    expect(arena.memory.buffer.byteLength).toBeLessThan(64 * 2 ** 20);
  });

  it("reads any strides", () => {
    const data = new View(400);
    for (let k = 0; k < data.length; k++) data[k] = (k % 23) - 11;
    const strides = [0, 1, 2, 11, -1, -2, -11];
    for (const rowStride of strides) {
      for (const columnStride of strides) {
        const x = { data, offset: 200, rowStride, columnStride };
        const y = { data, offset: 190, rowStride: columnStride, columnStride: rowStride };
        check(9, 10, 7, x, y);
        check(40, 2, 3, { ...x, rowStride: Math.sign(rowStride) }, y);
      }
    }
  });

  it.each([
    [33, 29, 700, false],
    [33, 29, 70, true],
    [3, blockLimit + 6, 5, false],
    [3, blockLimit + 6, 5, true],
  ])("works on the arena in place, also when that has to grow: %i x %i x %i", (m, n, k, accumulate) => {
    const next = integersFrom(4, 9);
    const own = kernelsOf(tile);
    const memory = () => (tile.lanes.width === 4 ? own.arena.float32 : own.arena.float64);
    const room = (count: number) => own.arena.allocate(count * tile.lanes.width) / tile.lanes.width;
    const source = { a: matrixOf(View, m, k, next), b: matrixOf(View, k, n, next, { layout: "T" }) };
    room(1);
    const [atA, atB, atOut] = [room(m * k), room(k * n), room(m * n)];
    own.arena.allocate(own.arena.memory.buffer.byteLength - own.arena.mark());
    const whole = memory();
    whole.set(source.a.data.subarray(0, m * k), atA);
    whole.set(source.b.data.subarray(0, k * n), atB);
    whole.fill(100, atOut, atOut + m * n);

    const a = { ...source.a, data: whole.subarray(atA, atA + m * k) };
    const b = { ...source.b, data: whole, offset: atB };
    const out = whole.subarray(atOut, atOut + m * n);
    const product = new PackedProduct(own, { rows: m, columns: n, depth: k }, a, b, out, accumulate);
    expect(whole.length).toBe(0); // the views are gone, the numbers are not
    product.compute(a.offset, b.offset, 0);
    product.release();
    const expected = productOf(m, n, k, source.a, source.b).map((value) => value + (accumulate ? 100 : 0));
    expect(firstDifference(memory().subarray(atOut, atOut + m * n), expected)).toBe(-1);
  });

  it("begins every row with a bias, also where the product is cut", () => {
    const next = integersFrom(6, 9);
    for (const [m, n, k] of [
      [5, 7, 3],
      [3, blockLimit + 6, 5],
      [5, 9, blockLimit + 3],
    ]) {
      const [a, b] = [matrixOf(View, m, k, next), matrixOf(View, k, n, next)];
      const row = { data: new View(2 * n + 1).map(() => next() || 1), offset: 1, stride: 2 };
      const out = new View(m * n).fill(Number.NaN);
      const size = { rows: m, columns: n, depth: k };
      const product = new PackedProduct(kernels, size, a, b, out, false, row);
      product.compute(a.offset, b.offset, 0);
      product.release();
      const expected = productOf(m, n, k, a, b).map((value, at) => value + row.data[1 + 2 * (at % n)]);
      expect([m, n, k, firstDifference(out, expected)]).toEqual([m, n, k, -1]);
    }
  });

  it("uses a packed operand again, and notices when it is another one", () => {
    const next = integersFrom(5, 9);
    const [m, n, k] = [5, 6, 7];
    const a = matrixOf(View, 3 * m, k, next);
    const b = matrixOf(View, k, 2 * n, next, { layout: "T" });
    const out = new View(4 * m * n);
    const product = new PackedProduct(kernels, { rows: m, columns: n, depth: k }, a, b, out, false);
    const starts = [
      [0, 0],
      [0, n * k],
      [m * k, n * k],
      [2 * m * k, 0],
    ] as const;
    starts.forEach(([x, y], index) => {
      product.compute(x, y, index * m * n);
    });
    product.release();
    starts.forEach(([x, y], index) => {
      const expected = productOf(m, n, k, { ...a, offset: x }, { ...b, offset: y });
      expect(firstDifference(out.subarray(index * m * n, (index + 1) * m * n), expected)).toBe(-1);
    });
  });
});

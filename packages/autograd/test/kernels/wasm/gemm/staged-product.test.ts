import { describe, expect, it } from "vitest";
import { multiplyStaged } from "../../../../src/kernels/wasm/gemm/staged-product.ts";
import { firstDifference, integersFrom, matrixOf, productOf } from "../../matrices.ts";
import { arrayOf, kernelsOf, tiles } from "./tiles.ts";

describe.each(tiles.slice(0, 4))("multiplyStaged %s", (_, tile) => {
  const kernels = kernelsOf(tile);
  const View = arrayOf(tile);
  const alone = { batchStrides: [] as number[] };

  it("takes matrices as they lie: with gaps, backwards, one row for all", () => {
    const next = integersFrom(1, 9);
    const data = new View(4000).map(next);
    const [m, n, k] = [7, 11, 10];
    for (const [rowStride, columnStride] of [
      [k, 1],
      [3 * k, 1],
      [1, 2 * k],
      [-k, -1],
      [0, 2],
      [4, -7],
      [0, 0],
    ]) {
      const x = { data, offset: 2000, rowStride, columnStride, ...alone };
      const y = { data, offset: 1500, rowStride: columnStride, columnStride: rowStride, ...alone };
      const out = new View(m * n + 2).fill(5);
      const size = { rows: m, columns: n, depth: k };
      expect(multiplyStaged(kernels, size, [], x, y, out, 1, false, null)).toBe(true);
      expect([...out]).toEqual([5, ...productOf(m, n, k, x, y), 5]);
      expect(kernels.arena.mark()).toBe(0);
    }
  });

  it("multiplies the heads of several examples, which lie side by side in rows", () => {
    const [examples, tokens, heads, width] = [3, 5, 4, 6];
    const next = integersFrom(2, 9);
    const data = new View(2 * examples * tokens * heads * width).map(next);
    const batchStrides = [tokens * heads * width, width];
    const query = { data, offset: 0, rowStride: heads * width, columnStride: 1, batchStrides };
    const key = {
      ...query,
      offset: examples * tokens * heads * width,
      rowStride: 1,
      columnStride: heads * width,
    };
    const out = new View(examples * heads * tokens * tokens);
    const size = { rows: tokens, columns: tokens, depth: width };
    const check = (times: number) => {
      for (let member = 0; member < examples * heads; member++) {
        const shift = Math.floor(member / heads) * batchStrides[0] + (member % heads) * batchStrides[1];
        const expected = productOf(
          tokens,
          tokens,
          width,
          { ...query, offset: query.offset + shift },
          { ...key, offset: key.offset + shift },
        );
        const from = member * tokens * tokens;
        expect(
          firstDifference(
            out.subarray(from, from + tokens * tokens),
            expected.map((value) => times * value),
          ),
        ).toBe(-1);
      }
    };
    expect(multiplyStaged(kernels, size, [examples, heads], query, key, out, 0, false, null)).toBe(true);
    check(1);
    expect(multiplyStaged(kernels, size, [examples, heads], query, key, out, 0, true, null)).toBe(true);
    check(2);
  });

  it("works on the arena in place, also when that has to grow", () => {
    const next = integersFrom(3, 9);
    const own = kernelsOf(tile);
    const memory = () => (tile.lanes.width === 4 ? own.arena.float32 : own.arena.float64);
    const [m, n, k] = [33, 29, 70];
    const source = { a: matrixOf(View, m, k, next), b: matrixOf(View, k, n, next) };
    const [atA, atB, atOut] = [m * k, k * n, m * n].map(
      (count) => own.arena.allocate(count * tile.lanes.width) / tile.lanes.width,
    );
    own.arena.allocate(own.arena.memory.buffer.byteLength - own.arena.mark());
    const whole = memory();
    whole.set(source.a.data.subarray(0, m * k), atA);
    whole.set(source.b.data.subarray(0, k * n), atB);
    whole.fill(100, atOut, atOut + m * n);
    const a = { ...source.a, data: whole.subarray(atA, atA + m * k), ...alone };
    const b = { ...source.b, data: whole, offset: atB, ...alone };
    const out = whole.subarray(atOut, atOut + m * n);
    expect(multiplyStaged(own, { rows: m, columns: n, depth: k }, [], a, b, out, 0, true, null)).toBe(true);
    const expected = productOf(m, n, k, source.a, source.b).map((value) => value + 100);
    expect(firstDifference(memory().subarray(atOut, atOut + m * n), expected)).toBe(-1);
  });

  it("leaves alone what is too large, too scattered, or nothing", () => {
    const data = new View(100_000);
    const x = { data, offset: 0, rowStride: 10_000, columnStride: 1, ...alone };
    const y = { data, offset: 0, rowStride: 1, columnStride: 10, ...alone };
    const out = new View(100).fill(3);
    const tried = (rows: number, columns: number, depth: number) =>
      multiplyStaged(kernels, { rows, columns, depth }, [], x, y, out, 0, false, null);
    expect(tried(10, 10, 10)).toBe(false); // ten rows of ten in a hundred thousand numbers
    expect(tried(0, 10, 10)).toBe(false);
    expect(tried(10, 10, 0)).toBe(false);
    expect(tried(1, 1, 2 ** 20 + 1)).toBe(false);
    expect(out.every((value) => value === 3)).toBe(true);
  });
});

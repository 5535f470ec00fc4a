import { describe, expect, it } from "vitest";
import { blockDepth, blockRowsOf, columnsOf } from "../../../../src/kernels/wasm/gemm/tile.ts";
import { firstDifference, integersFrom, matrixOf, productOf } from "../../matrices.ts";
import { arrayOf, kernelsOf, tiles } from "./tiles.ts";

describe.each(tiles)("multiply %s", (_, tile) => {
  const { arena, packLeft, packRight, multiply } = kernelsOf(tile);
  const View = arrayOf(tile);
  const { width } = tile.lanes;

  /** Multiplies with the result at the very end of the memory, so that a write behind it traps. */
  function run(
    m: number,
    n: number,
    k: number,
    initial?: number,
    rowOfItsOwn = false,
  ): { out: ArrayLike<number>; before: number } {
    const next = integersFrom(m * 10_000 + n * 100 + k, 9);
    const [a, b] = [matrixOf(View, m, k, next), matrixOf(View, k, n, next)];
    arena.allocate((2 * (m + n + 20) * (k + 20) + 2 * m * n) * width);
    arena.release(0);
    const numbers = width === 4 ? arena.float32 : arena.float64;
    numbers.fill(Number.NaN);
    let top = 0;
    const room = (count: number) => {
      top += count * width;
      return top - count * width;
    };
    const [stagedA, stagedB] = [room(m * k), room(k * n)];
    numbers.set(a.data.subarray(0, m * k), stagedA / width);
    numbers.set(b.data.subarray(0, k * n), stagedB / width);
    const packedA = room((m + tile.rows) * k);
    const packedB = room((n + columnsOf(tile)) * k);
    const scratch = room((tile.rows + 1) * columnsOf(tile));
    const begin = room(n + columnsOf(tile));
    packLeft(stagedA, k * width, width, m, k, packedA);
    packRight(stagedB, width, n * width, n, k, packedB);
    const c = numbers.length - m * n;
    let [seed, stride] = [-1, 0];
    if (rowOfItsOwn) [seed, stride] = [begin, 0];
    else if (initial !== undefined) [seed, stride] = [c * width, n * width];
    if (initial !== undefined) numbers.fill(initial, seed / width, seed / width + (rowOfItsOwn ? n : m * n));
    multiply(packedA, packedB, c * width, m, n, k, seed, stride, scratch);
    const expected = productOf(m, n, k, a, b).map((value) => value + (initial ?? 0));
    expect([m, n, k, firstDifference(numbers.subarray(c), expected)]).toEqual([m, n, k, -1]);
    return { out: numbers.subarray(c), before: numbers[c - 1] };
  }

  it("fills tiles, and edges of every width", () => {
    for (let m = 1; m <= 2 * tile.rows + 1; m++) {
      for (let n = 1; n <= 2 * columnsOf(tile) + 1; n++) {
        for (const k of [1, 2, 3, 8]) expect(run(m, n, k).before).toBeNaN();
      }
    }
  });

  it("adds to what is there", () => {
    expect(run(tile.rows, columnsOf(tile), 5, 1000).before).toBeNaN();
    expect(run(tile.rows + 1, columnsOf(tile) + 3, 4, -7).before).toBeNaN();
  });

  it("begins every row with another", () => {
    for (const n of [1, columnsOf(tile), columnsOf(tile) + 3, 2 * columnsOf(tile) - 1])
      expect(run(2 * tile.rows + 1, n, 6, 30, true).before).toBeNaN();
    run(3, 9, blockDepth + 2, -20, true);
  });

  it("goes over the limits of its blocks", () => {
    run(5, 9, blockDepth);
    run(5, 9, 2 * blockDepth + 1);
    run(blockRowsOf(tile) + 3, 9, 3);
    run(2 * blockRowsOf(tile), 3, blockDepth + 2, 100);
  });
});

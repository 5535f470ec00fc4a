import { sparse } from "@isograd/nn";
import { describe, expect, it } from "vitest";
import { draw, moments } from "./draws.ts";

describe("sparse", () => {
  it("makes the same share of each column zero, rounded up, elsewhere in each", () => {
    const [rows, columns] = [7, 300];
    const values = draw(sparse({ sparsity: 0.3, std: 2 }), { shape: [rows, columns] }).values();
    const zeroRows = Array.from({ length: columns }, (_, j) =>
      Array.from({ length: rows }, (_, i) => i).filter((i) => values[i * columns + j] === 0),
    );
    expect(new Set(zeroRows.map(({ length }) => length))).toEqual(new Set([3]));
    // Each of 35 sets of three rows is as likely.
    expect(new Set(zeroRows.map((chosen) => chosen.join())).size).toBe(35);
    const others = values.filter((value) => value !== 0);
    expect(Math.abs(moments(others).deviation / 2 - 1)).toBeLessThan(5 / Math.sqrt(2 * others.length));
  });

  it("takes a matrix, and a share", () => {
    expect(
      draw(sparse({ sparsity: 1 }), { shape: [3, 2] })
        .values()
        .every((value) => value === 0),
    ).toBe(true);
    expect(() => draw(sparse({ sparsity: 0.5 }), { shape: [3, 2, 1] })).toThrowErrorMatchingInlineSnapshot(
      `[ShapeError: sparse: expected a weight [out, in], got [3, 2, 1]]`,
    );
    expect(() => sparse({ sparsity: 1.5 })).toThrowErrorMatchingInlineSnapshot(
      `[ArgumentError: sparse: expected a sparsity from 0 to 1, got 1.5]`,
    );
  });
});

import { matmul, slice, transpose } from "@isograd/autograd";
import { heNormal, orthogonal, stacked, zeros } from "@isograd/nn";
import { describe, expect, it } from "vitest";
import { draw, moments } from "./draws.ts";

describe("stacked", () => {
  it("makes each part orthogonal by itself, and each another", () => {
    const weight = draw(stacked(3, orthogonal()), { shape: [12, 4] });
    const parts = [0, 4, 8].map((start) => slice(weight, 0, { start, end: start + 4 }));
    for (const part of parts) {
      const product = matmul(part, transpose(part)).values();
      for (const [k, value] of product.entries()) expect(value).toBeCloseTo(k % 5 === 0 ? 1 : 0, 12);
    }
    expect(parts[0].toArray()).not.toEqual(parts[1].toArray());
  });

  it("counts the outputs of one part", () => {
    const he = heNormal({ gain: 1, mode: "fanOut" });
    const { deviation } = moments(draw(stacked(4, he), { shape: [200, 300] }).values());
    expect(Math.abs(deviation * Math.sqrt(50) - 1)).toBeLessThan(5 / Math.sqrt(2 * 60_000));
    const named = moments(draw(stacked(4, he), { shape: [40_000], fanIn: 1, fanOut: 400 }).values());
    expect(Math.abs(named.deviation * Math.sqrt(100) - 1)).toBeLessThan(5 / Math.sqrt(2 * 40_000));
    expect(draw(stacked(4, zeros), { shape: [8] }).toArray()).toEqual(Array(8).fill(0));
  });

  it("refuses what it cannot part", () => {
    expect(() => draw(stacked(3, zeros), { shape: [4, 2] })).toThrowErrorMatchingInlineSnapshot(
      `[ShapeError: stacked: expected a first axis that 3 parts divide, got [4, 2]]`,
    );
    expect(() => stacked(0, zeros)).toThrowErrorMatchingInlineSnapshot(
      `[ArgumentError: stacked: expected parts to be a positive integer, got 0]`,
    );
  });
});

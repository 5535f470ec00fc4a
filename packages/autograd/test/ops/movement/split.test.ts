import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  arange,
  chunk,
  concat,
  dsplit,
  hsplit,
  reshape,
  split,
  tensorSplit,
  unbind,
  vsplit,
  zeros,
} from "../../../src/index.ts";

const extents = (parts: readonly { readonly shape: readonly number[] }[], axis = 0): number[] =>
  parts.map(({ shape }) => shape[axis]);

describe("splitting", () => {
  it("goes by size, by sizes, by number or by cuts, as PyTorch does", () => {
    expect(extents(split(arange(0, 5), 2))).toEqual([2, 2, 1]);
    expect(extents(split(zeros([2, 5]), [1, 0, 4], -1), 1)).toEqual([1, 0, 4]);
    expect(extents(chunk(arange(0, 5), 4))).toEqual([2, 2, 1]);
    expect(extents(tensorSplit(arange(0, 5), 3))).toEqual([2, 2, 1]);
    expect(extents(tensorSplit(arange(0, 2), 3))).toEqual([1, 1, 0]);
    const cut = tensorSplit(arange(0, 5), [3, 1, -1, 9]).map((part) => part.toArray());
    expect(cut).toEqual([[0, 1, 2], [], [1, 2, 3], [4], []]);
  });

  it("makes parts of what is empty", () => {
    expect(extents(split(zeros([0]), 2))).toEqual([0]);
    expect(extents(chunk(zeros([0]), 2))).toEqual([0, 0]);
    expect(unbind(zeros([0, 2]))).toEqual([]);
    expect(unbind(zeros([2, 0]), 0).map(({ shape }) => shape)).toEqual([[0], [0]]);
  });

  it("loses nothing", () => {
    fc.assert(
      fc.property(fc.nat({ max: 9 }), fc.integer({ min: 1, max: 5 }), (extent, parts) => {
        const x = arange(0, extent);
        for (const pieces of [split(x, parts), chunk(x, parts), tensorSplit(x, parts)])
          expect(concat(pieces).toArray()).toEqual(x.toArray());
      }),
    );
  });

  it("is a view", () => {
    const x = reshape(arange(0, 8), [2, 2, 2]);
    for (const part of [
      ...split(x, 1),
      ...chunk(x, 2, 1),
      ...hsplit(x, 2),
      ...dsplit(x, [1]),
      ...unbind(x, 1),
    ])
      expect(part.data).toBe(x.data);
    expect(vsplit(x, 2)[1].toArray()).toEqual([
      [
        [4, 5],
        [6, 7],
      ],
    ]);
  });

  it("refuses what does not divide, and sizes that do not add up", () => {
    expect(() => hsplit(zeros([2, 3]), 2)).toThrowErrorMatchingInlineSnapshot(
      `[ShapeError: hsplit: expected an extent at axis 1 that 2 divides, got [2, 3]]`,
    );
    expect(() => vsplit(zeros([4]), 2)).toThrowErrorMatchingInlineSnapshot(
      `[ShapeError: vsplit: expected at least 2 axes, got [4]]`,
    );
    expect(() => dsplit(zeros([4, 4]), 2)).toThrowErrorMatchingInlineSnapshot(
      `[ShapeError: dsplit: expected at least 3 axes, got [4, 4]]`,
    );
    expect(() => split(zeros([4]), [1, 2])).toThrowErrorMatchingInlineSnapshot(
      `[ShapeError: split: expected sizes that add up to the extent of axis 0, got [4] and [1, 2]]`,
    );
    expect(() => split(zeros([4]), [5, -1])).toThrowErrorMatchingInlineSnapshot(
      `[ArgumentError: split: expected sizes that are integers and not negative, got [5, -1]]`,
    );
    expect(() => split(zeros([4]), 0)).toThrowErrorMatchingInlineSnapshot(
      `[ArgumentError: split: expected a positive integer, or sizes, got 0]`,
    );
    expect(() => chunk(zeros([4]), 1.5)).toThrowErrorMatchingInlineSnapshot(
      `[ArgumentError: chunk: expected a positive number of parts, got 1.5]`,
    );
    expect(() => tensorSplit(zeros([4]), -1)).toThrowErrorMatchingInlineSnapshot(
      `[ArgumentError: tensorSplit: expected a positive number of parts, got -1]`,
    );
  });
});

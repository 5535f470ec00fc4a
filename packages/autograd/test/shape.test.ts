import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  broadcastShapes,
  checkShape,
  normalizeAxes,
  normalizeAxis,
  reduceShape,
  sameShape,
  sizeOf,
  stridesOf,
} from "../src/shape.ts";

const shapes = fc.array(fc.integer({ min: 0, max: 4 }), { maxLength: 5 });

describe("size and strides", () => {
  it("of a scalar, a matrix, and nothing", () => {
    expect([sizeOf([]), sizeOf([2, 3]), sizeOf([2, 0, 3])]).toEqual([1, 6, 0]);
    expect([stridesOf([]), stridesOf([4]), stridesOf([2, 3, 4]), stridesOf([2, 0, 3])]).toEqual([
      [],
      [1],
      [12, 4, 1],
      [0, 3, 1],
    ]);
  });

  it("count row-major: the last position lies at size - 1", () => {
    fc.assert(
      fc.property(shapes, (shape) => {
        const last = stridesOf(shape).reduce((sum, stride, axis) => sum + stride * (shape[axis] - 1), 0);
        if (sizeOf(shape) > 0) expect(last).toBe(sizeOf(shape) - 1);
      }),
    );
  });

  it("compare by extents", () => {
    expect(sameShape([2, 3], [2, 3])).toBe(true);
    for (const other of [[2], [2, 3, 1], [3, 2], [2, 4]]) expect(sameShape([2, 3], other)).toBe(false);
  });

  it("refuse what is no shape", () => {
    expect(checkShape("f", [0, 2])).toEqual([0, 2]);
    for (const bad of [[-1], [1.5], [Number.NaN], [Number.POSITIVE_INFINITY]])
      expect(() => checkShape("f", bad)).toThrow("f: expected extents");
  });
});

describe("broadcasting", () => {
  it.each([
    [
      [[2, 3], [3]],
      [2, 3],
    ],
    [
      [
        [2, 1],
        [1, 3],
      ],
      [2, 3],
    ],
    [[[], [2]], [2]],
    [[[1], []], [1]],
    [[[0], [1]], [0]],
    [
      [[5, 1, 2], [4, 1], [1]],
      [5, 4, 2],
    ],
  ])("%j gives %j", (operands, result) => {
    expect(broadcastShapes("f", operands)).toEqual(result);
    expect(broadcastShapes("f", [...operands].reverse())).toEqual(result);
  });

  it.each([[[[2], [3]]], [[[2, 3], [2]]], [[[0], [2]]]])("refuses %j", (operands) => {
    expect(() => broadcastShapes("f", operands)).toThrow(
      /^f: expected shapes that broadcast .* got \[.*\] and \[.*\]$/,
    );
  });

  it("is associative and idempotent", () => {
    const stretch = (shape: number[]) =>
      fc.tuple(...shape.map((extent) => fc.constantFrom(1, extent))).map((each) => [...each]);
    fc.assert(
      fc.property(
        shapes.chain((shape) => fc.tuple(stretch(shape), stretch(shape), stretch(shape))),
        ([a, b, c]) => {
          const all = broadcastShapes("f", [a, b, c]);
          expect(broadcastShapes("f", [a, broadcastShapes("f", [b, c])])).toEqual(all);
          expect(broadcastShapes("f", [all, a, b])).toEqual(all);
        },
      ),
    );
  });
});

describe("axes", () => {
  it("count from the end where negative", () => {
    expect([normalizeAxis("f", 0, 3), normalizeAxis("f", -1, 3), normalizeAxis("f", -3, 3)]).toEqual([
      0, 2, 0,
    ]);
    for (const bad of [3, -4, 0.5, Number.NaN])
      expect(() => normalizeAxis("f", bad, 3)).toThrow("f: expected an axis of a tensor of rank 3");
    expect(() => normalizeAxis("f", 0, 0)).toThrow("rank 0");
  });

  it("come sorted and once", () => {
    expect(normalizeAxes("f", undefined, 3)).toEqual([0, 1, 2]);
    expect(normalizeAxes("f", -1, 3)).toEqual([2]);
    expect(normalizeAxes("f", [2, -3], 3)).toEqual([0, 2]);
    expect(normalizeAxes("f", [], 3)).toEqual([]);
    expect(() => normalizeAxes("f", [0, -3], 3)).toThrow("each axis once");
  });

  it("go, or stay with extent 1", () => {
    expect(reduceShape([2, 3, 4], [0, 2], false)).toEqual([3]);
    expect(reduceShape([2, 3, 4], [0, 2], true)).toEqual([1, 3, 1]);
    expect(reduceShape([2], [], false)).toEqual([2]);
  });
});

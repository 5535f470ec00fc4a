import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  alias,
  arange,
  backward,
  concat,
  contiguous,
  expand,
  flatten,
  flip,
  movedim,
  mul,
  pad,
  parameter,
  permute,
  reshape,
  select,
  slice,
  split,
  squeeze,
  stack,
  stopGradient,
  sum,
  type Tensor,
  tensor,
  transpose,
  unflatten,
  unsqueeze,
  zeros,
} from "../../../src/index.ts";

const grid = (...shape: number[]): Tensor =>
  reshape(
    arange(
      0,
      shape.reduce((a, b) => a * b, 1),
    ),
    shape,
  );

describe("reshape", () => {
  it("keeps row-major order, of views too, and shares dense storage", () => {
    const x = grid(2, 3);
    expect(reshape(x, [3, 2]).data).toBe(x.data);
    expect(reshape(permute(x, [1, 0]), [6]).toArray()).toEqual([0, 3, 1, 4, 2, 5]);
    expect(reshape(slice(x, 0, { start: 1 }), [-1]).toArray()).toEqual([3, 4, 5]);
    expect(reshape(x, [2, 3])).toBe(x);
  });

  it("works one extent out", () => {
    expect(reshape(grid(2, 6), [-1, 4]).shape).toEqual([3, 4]);
    expect(reshape(zeros([0, 3]), [-1, 3]).shape).toEqual([0, 3]);
    expect(reshape(zeros([0, 3]), [3, 0]).shape).toEqual([3, 0]);
    expect(() => reshape(zeros([0, 3]), [0, -1])).toThrow("reshape");
  });
});

describe("axes", () => {
  it("turn", () => {
    const x = grid(2, 3, 4);
    expect(permute(x, [2, 0, -2]).shape).toEqual([4, 2, 3]);
    expect(transpose(x).shape).toEqual([2, 4, 3]);
    expect(transpose(x, 0, -1).shape).toEqual([4, 3, 2]);
    expect(() => transpose(tensor(1))).toThrow("rank 0");
    fc.assert(
      fc.property(fc.shuffledSubarray([0, 1, 2], { minLength: 3 }), (order) => {
        const back = order.map((_, axis) => order.indexOf(axis));
        expect(permute(permute(x, order), back).toArray()).toEqual(x.toArray());
      }),
    );
  });

  it("come and go", () => {
    expect(unsqueeze(grid(2), -1).shape).toEqual([2, 1]);
    expect(unsqueeze(tensor(1), 0).shape).toEqual([1]);
    expect(squeeze(zeros([1, 2, 1])).shape).toEqual([2]);
    expect(squeeze(zeros([1, 2, 1]), -1).shape).toEqual([1, 2]);
    expect(squeeze(zeros([1, 2, 1]), [0, -1]).shape).toEqual([2]);
    expect(() => squeeze(zeros([1, 2]), 1)).toThrowErrorMatchingInlineSnapshot(
      `[ShapeError: squeeze: expected extent 1 at axis 1, got [1, 2]]`,
    );
    expect(unflatten(grid(2, 6), 1, [3, -1]).shape).toEqual([2, 3, 2]);
    expect(() => unflatten(grid(6), 0, [4, -1])).toThrowErrorMatchingInlineSnapshot(
      `[ShapeError: unflatten: expected extents that multiply to that of axis 0, at most one -1, got [6] and [4, -1]]`,
    );
    expect(flatten(grid(2, 3, 4), 1).shape).toEqual([2, 12]);
    expect(flatten(tensor(3)).shape).toEqual([1]);
    expect(flatten(grid(2, 3), 0, 0).shape).toEqual([2, 3]);
  });

  it("move to other places", () => {
    expect(movedim(zeros([1, 2, 3]), 0, -1).shape).toEqual([2, 3, 1]);
    expect(movedim(zeros([1, 2, 3, 4]), [0, 1], [2, 0]).shape).toEqual([2, 3, 1, 4]);
    expect(() => movedim(zeros([1, 2]), [0, 1], [0, 0])).toThrowErrorMatchingInlineSnapshot(
      `[ArgumentError: movedim: expected 2 different axes to move to, got [0, 0]]`,
    );
    expect(() => movedim(zeros([1, 2]), [0, 0], [0, 1])).toThrow("permute: expected each axis");
  });

  it("of extent 1 come and go without a copy, of views too", () => {
    const column = slice(grid(3, 4), 1, { start: 1, end: 2 });
    const vector = squeeze(column, 1);
    expect([vector.data === column.data, vector.toArray()]).toEqual([true, [1, 5, 9]]);
    expect(unsqueeze(vector, 0)).toMatchObject({ shape: [1, 3], data: column.data });
    expect(reshape(flip(grid(3), [0]), [1, 3, 1]).toArray()).toEqual([[[2], [1], [0]]]);
    expect(reshape(slice(grid(2, 4), 1, { step: 2 }), [4]).toArray()).toEqual([0, 2, 4, 6]);
  });

  it("stretch without a copy", () => {
    const x = grid(2, 1);
    const wide = expand(x, [3, 2, 4]);
    expect([wide.data === x.data, wide.strides]).toEqual([true, [0, 1, 0]]);
    expect(sum(wide).item()).toBe(12);
    expect(() => expand(grid(2), [3])).toThrow("broadcast");
    expect(() => expand(grid(2, 3), [3])).toThrow("expand: expected a shape that the first stretches to");
  });
});

describe("slices", () => {
  const bound = fc.option(fc.integer({ min: -8, max: 8 }), { nil: undefined });

  it("cut as Python cuts", () => {
    fc.assert(
      fc.property(
        fc.nat({ max: 6 }),
        bound,
        bound,
        fc.integer({ min: -3, max: 3 }).filter((s) => s !== 0),
        (extent, start, end, step) => {
          // Python's rule, spelled out: clip to the ends, then walk.
          const lower = step > 0 ? 0 : -1;
          const upper = step > 0 ? extent : extent - 1;
          const clip = (at: number): number => Math.min(Math.max(at < 0 ? at + extent : at, lower), upper);
          const [first, last] = [
            start === undefined ? (step > 0 ? lower : upper) : clip(start),
            end === undefined ? (step > 0 ? upper : lower) : clip(end),
          ];
          const expected: number[] = [];
          for (let at = first; step > 0 ? at < last : at > last; at += step) expected.push(at);
          expect(slice(arange(0, extent), 0, { start, end, step }).toArray()).toEqual(expected);
        },
      ),
    );
  });

  it("are views", () => {
    const x = grid(4, 3);
    const view = slice(slice(x, 0, { step: -2 }), 1, { start: 1 });
    expect(view.data).toBe(x.data);
    expect(view.toArray()).toEqual([
      [10, 11],
      [4, 5],
    ]);
    expect(flip(x, [0, 1]).values()[0]).toBe(11);
    expect(flip(x, []).toArray()).toEqual(x.toArray());
  });

  it("select one, counting from the end too", () => {
    expect(select(grid(2, 3), 1, -1).toArray()).toEqual([2, 5]);
    expect(select(grid(2, 3), 0, 1).toArray()).toEqual([3, 4, 5]);
    expect(() => select(grid(2), 0, -3)).toThrow("select");
    expect(() => select(grid(2), 0, 0.5)).toThrow("select");
  });
});

describe("joining", () => {
  it("sets tensors one after the other, and side by side", () => {
    expect(concat([grid(1, 2), grid(2, 2)]).toArray()).toEqual([
      [0, 1],
      [0, 1],
      [2, 3],
    ]);
    expect(concat([grid(2, 1), transpose(grid(3, 2))], -1).toArray()).toEqual([
      [0, 0, 2, 4],
      [1, 1, 3, 5],
    ]);
    expect(concat([zeros([0]), grid(2)]).toArray()).toEqual([0, 1]);
    expect(concat([grid(3)]).toArray()).toEqual([0, 1, 2]);
    expect(stack([grid(2), grid(2)]).toArray()).toEqual([
      [0, 1],
      [0, 1],
    ]);
    expect(stack([grid(2), grid(2)], -1).toArray()).toEqual([
      [0, 0],
      [1, 1],
    ]);
    expect(stack([tensor(1), tensor(2)]).toArray()).toEqual([1, 2]);
  });

  it("is undone by splitting", () => {
    const parts = split(grid(4, 2), 2);
    expect(concat(parts).toArray()).toEqual(grid(4, 2).toArray());
  });

  it("gives each part its own gradient, as often as it occurs", () => {
    const [a, b] = [parameter([1, 2]), parameter([3])];
    backward(sum(mul(concat([a, b, a]), tensor([1, 10, 100, 1000, 10000]))));
    expect([a.grad?.toArray(), b.grad?.toArray()]).toEqual([[1001, 10010], [100]]);
  });
});

describe("padding", () => {
  it("goes around, with any value", () => {
    expect(
      pad(
        grid(1, 2),
        [
          [1, 0],
          [0, 2],
        ],
        -1,
      ).toArray(),
    ).toEqual([
      [-1, -1, -1, -1],
      [0, 1, -1, -1],
    ]);
    expect(pad(tensor(5), []).item()).toBe(5);
    const x = grid(2);
    expect(pad(x, [[0, 0]])).toBe(x);
    expect(pad(zeros([0]), [[1, 1]], 7).toArray()).toEqual([7, 7]);
    expect(pad(grid(4), [[-1, -2]]).toArray()).toEqual([1]);
    expect(pad(grid(3), [[-3, 1]], 9).toArray()).toEqual([9]);
    expect(() => pad(grid(3), [[-4, 2]], 9)).toThrow("cut off no more");
    expect(() => pad(grid(3), [[-2, -2]])).toThrowErrorMatchingInlineSnapshot(
      `[ArgumentError: pad: expected to cut off no more than [3] holds, got [[-2, -2]]]`,
    );
    expect(() => pad(grid(3), [[0.5, 0]])).toThrowErrorMatchingInlineSnapshot(
      `[ArgumentError: pad: expected 1 pairs of integers, got [[0.5, 0]]]`,
    );
  });
});

describe("copies and constants", () => {
  it("are made where asked for", () => {
    const view = transpose(grid(2, 3));
    expect(contiguous(view)).toMatchObject({ strides: [2, 1], offset: 0 });
    const w = parameter([1]);
    expect(alias(w).node).not.toBe(w.node);
    expect(alias(w).data).toBe(w.data);
    expect(stopGradient(w).requiresGrad).toBe(false);
  });
});

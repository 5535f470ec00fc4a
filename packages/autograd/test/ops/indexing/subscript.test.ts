import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  arange,
  backward,
  gt,
  type IndexItem,
  index,
  indexPut,
  parameter,
  range,
  reshape,
  sum,
  type Tensor,
  tensor,
  vmap,
  zeros,
} from "../../../src/index.ts";

const i32 = (values: Parameters<typeof tensor>[0]) => tensor(values, { dtype: "i32" });
const bool = (values: boolean[]) => tensor(values);
const x = reshape(arange(0, 24), [2, 3, 4]);

describe("index", () => {
  it("reads positions, ranges, new axes and the rest, as a view", () => {
    const part = index(x, [-1, range(1), null, "..."]);
    expect(part.data).toBe(x.data);
    expect(part.toArray()).toEqual([[[16, 17, 18, 19]], [[20, 21, 22, 23]]]);
    expect(index(x, ["...", 0]).toArray()).toEqual([
      [0, 4, 8],
      [12, 16, 20],
    ]);
    expect(index(x, [0, 0, range(undefined, undefined, -2)]).toArray()).toEqual([3, 1]);
    expect(index(x, [])).toBe(x);
    expect(index(tensor(5), ["...", null]).toArray()).toEqual([5]);
  });

  it("picks with indices that broadcast together", () => {
    expect(
      index(x, [
        [1, 0],
        [0, 2],
        [3, -1],
      ]).toArray(),
    ).toEqual([15, 11]);
    expect(index(x, [0, i32([[0], [2]]), i32([1, 1])]).toArray()).toEqual([
      [1, 1],
      [9, 9],
    ]);
    expect(index(x, [[]]).shape).toEqual([0, 3, 4]);
    expect(index(zeros([0, 2]), [[], 1]).shape).toEqual([0]);
  });

  it("puts the axes of indices where these stood if they are neighbours, else in front", () => {
    expect(index(x, [range(), [0, 1, 2, 0, 1], range()]).shape).toEqual([2, 5, 4]);
    expect(index(x, [[0, 1, 0, 1, 0], range(), [0, 1, 2, 3, 0]]).shape).toEqual([5, 3]);
    expect(index(x, [[0, 1], null, [0, 1]]).shape).toEqual([2, 1, 4]);
    // A position is no index: PyTorch takes it first.
    expect(index(x, [0, range(), [0, 1]]).shape).toEqual([3, 2]);
    expect(index(x, [i32(0), range(), [0, 1]]).shape).toEqual([3, 2]);
  });

  it("picks where masks are true, over as many axes as they have", () => {
    expect(index(x, [gt(x, 21.5)]).toArray()).toEqual([22, 23]);
    expect(index(x, [range(), bool([true, false, true]), 0]).toArray()).toEqual([
      [0, 8],
      [12, 20],
    ]);
    expect(index(x, [bool([false, true]), range(), [0, 1]]).shape).toEqual([1 * 2, 3]);
    expect(index(x, [tensor(true)]).shape).toEqual([1, 2, 3, 4]);
    expect(index(x, [tensor(false)]).shape).toEqual([0, 2, 3, 4]);
  });

  it("agrees with a loop over coordinates", () => {
    const position = fc.integer({ min: -2, max: 1 });
    const items = fc.array(
      fc.oneof(
        position,
        fc.array(position, { minLength: 2, maxLength: 2 }),
        fc.constant(null),
        fc.record({ start: fc.integer({ min: -3, max: 3 }), step: fc.constantFrom(-2, -1, 1, 2) }),
      ),
      { maxLength: 5 },
    );
    fc.assert(
      fc.property(items, (drawn) => {
        fc.pre(drawn.filter((item) => item !== null).length <= 3);
        const found = index(reshape(arange(0, 8), [2, 2, 2]), drawn);
        const expected = looped(drawn);
        expect([found.shape, Array.from(found.values())]).toEqual([expected.shape, expected.values]);
      }),
    );
  });

  it("sums the gradient of what is picked twice", () => {
    const w = parameter([1, 2, 3]);
    backward(sum(index(w, [[0, -1, 2]])));
    expect(w.grad?.toArray()).toEqual([1, 0, 2]);
  });

  it("maps over indices, one an example", () => {
    const rows = vmap((row: Tensor, at: Tensor) => index(row, [at]))(
      reshape(x, [6, 4]),
      i32([0, 1, 2, 3, -1, -2]),
    );
    expect(rows.toArray()).toEqual([0, 5, 10, 15, 19, 22]);
  });

  it("refuses what does not fit", () => {
    expect(() => index(x, [2])).toThrowErrorMatchingInlineSnapshot(
      `[ArgumentError: select: expected a position of an axis of extent 2, got 2]`,
    );
    expect(() => index(x, [[0, 2]])).toThrowErrorMatchingInlineSnapshot(
      `[ArgumentError: index: expected positions from -2 to 1, got 2]`,
    );
    expect(() => index(x, [i32([-3])])).toThrowErrorMatchingInlineSnapshot(
      `[ArgumentError: index: expected positions from -2 to 1, got -3]`,
    );
    expect(() => index(x, [[0.5]])).toThrowErrorMatchingInlineSnapshot(
      `[ArgumentError: index: expected positions that are integers, got 0.5]`,
    );
    expect(() => index(x, [0, 0, 0, 0])).toThrowErrorMatchingInlineSnapshot(
      `[ArgumentError: index: expected items for at most 3 axes of [2,3,4], got 4]`,
    );
    expect(() => index(x, ["...", "..."])).toThrowErrorMatchingInlineSnapshot(
      `[ArgumentError: index: expected at most one "...", got 2]`,
    );
    expect(() =>
      index(x, [
        [0, 1],
        [0, 1, 2],
      ]),
    ).toThrowErrorMatchingInlineSnapshot(
      `[ShapeError: index: expected shapes that broadcast (equal extents, or 1, from the last axis), got [2] and [3]]`,
    );
    expect(() => index(x, [bool([true])])).toThrowErrorMatchingInlineSnapshot(
      `[ShapeError: index: expected a mask of the shape that it covers, got [2] and [1]]`,
    );
    expect(() => index(x, [tensor([0, 1])])).toThrowErrorMatchingInlineSnapshot(
      `[DtypeError: index: expected an index of i32, got f32]`,
    );
  });
});

/** A loop over the elements of a result: where each comes from in [2, 2, 2], filled with 0 to 7. */
function looped(items: readonly IndexItem[]): { shape: number[]; values: number[] } {
  // One entry for each axis of the result: what each of its positions adds to the place; the indices have one together.
  const steps = [4, 2, 1];
  const axes: number[][] = [];
  const picked = [0, 0];
  const stood: number[] = [];
  let [start, axis] = [0, 0];
  for (const item of items) {
    const step = steps[axis];
    if (item === null) axes.push([0]);
    else if (typeof item === "number") start += step * ((item + 2) % 2);
    else if (Array.isArray(item)) {
      item.forEach((each: number, k: number) => {
        picked[k] += step * ((each + 2) % 2);
      });
      if (stood.at(-1) !== axes.length) stood.push(axes.length);
    } else
      axes.push(
        [0, 1]
          .filter((k) => inRange(item as Slice, k))
          .sort((a, b) => ((item as Slice).step > 0 ? a - b : b - a))
          .map((k) => step * k),
      );
    if (item !== null) axis++;
  }
  for (; axis < 3; axis++) axes.push([0, steps[axis]]);
  if (stood.length > 0) axes.splice(stood.length === 1 ? stood[0] : 0, 0, picked);
  const places = axes.reduce((sums, adds) => sums.flatMap((sum) => adds.map((add) => sum + add)), [start]);
  return { shape: axes.map(({ length }) => length), values: places };
}

type Slice = { readonly start: number; readonly step: number };

/** Whether Python's `start::step` meets a position of an axis of extent 2. */
function inRange({ start, step }: Slice, k: number): boolean {
  const first = start < 0 ? start + 2 : start;
  const clipped = step > 0 ? Math.max(0, first) : Math.min(1, first);
  return step > 0 ? k >= clipped && (k - clipped) % step === 0 : k <= clipped && (clipped - k) % -step === 0;
}

describe("indexPut", () => {
  const zero = zeros([2, 3]);

  it("writes what index reads", () => {
    expect(indexPut(zero, [range(), -1], tensor([1, 2])).toArray()).toEqual([
      [0, 0, 1],
      [0, 0, 2],
    ]);
    expect(
      indexPut(
        zero,
        [
          [0, 1],
          [0, 2],
        ],
        5,
      ).toArray(),
    ).toEqual([
      [5, 0, 0],
      [0, 0, 5],
    ]);
    expect(indexPut(zero, [gt(zero, -1)], tensor(7)).toArray()).toEqual([
      [7, 7, 7],
      [7, 7, 7],
    ]);
    expect(zero.values().every((value) => value === 0)).toBe(true);
  });

  it("lets the last of several stay, or adds them", () => {
    const values = parameter([1, 2, 3]);
    expect(indexPut(zeros([2]), [[1, 1, 0]], values).toArray()).toEqual([3, 2]);
    const added = indexPut(zeros([2]), [[1, 1, 0]], values, { accumulate: true });
    expect(added.toArray()).toEqual([3, 3]);
    backward(added, { cotangent: tensor([10, 20]) });
    expect(values.grad?.toArray()).toEqual([20, 20, 10]);
  });

  it("refuses values that do not fit", () => {
    expect(() => indexPut(zero, [0], tensor([1, 2]))).toThrowErrorMatchingInlineSnapshot(
      `[ShapeError: expand: expected shapes that broadcast (equal extents, or 1, from the last axis), got [2] and [3]]`,
    );
    expect(() => indexPut(zero, [0], tensor(1, { dtype: "f64" }))).toThrowErrorMatchingInlineSnapshot(
      `[DtypeError: indexPut: expected one element type, got f32 and f64]`,
    );
  });
});

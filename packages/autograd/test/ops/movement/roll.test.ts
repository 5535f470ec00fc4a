import fc from "fast-check";
import { expect, it } from "vitest";
import { arange, flatten, reshape, roll, rot90, tensor, tile, zeros } from "../../../src/index.ts";

it("rolls along axes, or all elements in a row", () => {
  const x = reshape(arange(0, 6), [2, 3]);
  expect(roll(x, 1, 1).toArray()).toEqual([
    [2, 0, 1],
    [5, 3, 4],
  ]);
  expect(roll(x, [-1, 4], [0, -1]).toArray()).toEqual([
    [5, 3, 4],
    [2, 0, 1],
  ]);
  expect(roll(x, 2).toArray()).toEqual([
    [4, 5, 0],
    [1, 2, 3],
  ]);
  expect(roll(zeros([0, 2]), 3, 0).shape).toEqual([0, 2]);
  fc.assert(
    fc.property(fc.integer({ min: -20, max: 20 }), fc.integer({ min: 1, max: 7 }), (shift, extent) => {
      const rolled = roll(arange(0, extent), shift, 0).values();
      for (let k = 0; k < extent; k++) expect(rolled[(((k + shift) % extent) + extent) % extent]).toBe(k);
    }),
  );
  expect(() => roll(x, [1, 2])).toThrowErrorMatchingInlineSnapshot(
    `[ArgumentError: roll: expected one integer for each of 0 axes, got [1, 2]]`,
  );
  expect(() => roll(x, 0.5, 0)).toThrowErrorMatchingInlineSnapshot(
    `[ArgumentError: roll: expected one integer for each of 1 axes, got 0.5]`,
  );
});

it("turns a plane by quarters", () => {
  const x = tensor([
    [1, 2],
    [3, 4],
    [5, 6],
  ]);
  expect(rot90(x).toArray()).toEqual([
    [2, 4, 6],
    [1, 3, 5],
  ]);
  expect(rot90(x, -1).toArray()).toEqual([
    [5, 3, 1],
    [6, 4, 2],
  ]);
  expect(rot90(x, 2).toArray()).toEqual([
    [6, 5],
    [4, 3],
    [2, 1],
  ]);
  expect(rot90(x, 1, [1, 0]).toArray()).toEqual(rot90(x, 3).toArray());
  expect(rot90(x, 5).data).toBe(x.data);
  expect(() => rot90(x, 1, [0, -2])).toThrowErrorMatchingInlineSnapshot(
    `[ArgumentError: rot90: expected two different axes, got [0, -2]]`,
  );
  expect(() => rot90(x, 1.5)).toThrowErrorMatchingInlineSnapshot(
    `[ArgumentError: rot90: expected whole quarter turns, got 1.5]`,
  );
});

it("repeats the whole", () => {
  expect(tile(tensor([1, 2]), [2, 2]).toArray()).toEqual([
    [1, 2, 1, 2],
    [1, 2, 1, 2],
  ]);
  expect(flatten(tile(tensor([[1], [2]]), [2])).toArray()).toEqual([1, 1, 2, 2]);
  expect(tile(tensor([1]), [0, 3]).shape).toEqual([0, 3]);
  expect(() => tile(tensor([1]), [-1])).toThrowErrorMatchingInlineSnapshot(
    `[ShapeError: tile: expected extents that are integers and not negative, got [-1]]`,
  );
});

import { expect, it } from "vitest";
import {
  arange,
  backward,
  cartesianProd,
  columnStack,
  dstack,
  hstack,
  meshgrid,
  parameter,
  pixelShuffle,
  pixelUnshuffle,
  reshape,
  sum,
  tensor,
  vander,
  vstack,
  zeros,
} from "../../../src/index.ts";

const [a, b] = [tensor([1, 2]), tensor([3, 4])];

it("spans a grid, indexed as matrices or as pictures are", () => {
  const [rows, columns] = meshgrid([tensor([1, 2]), tensor([3, 4, 5])]);
  expect(rows.toArray()).toEqual([
    [1, 1, 1],
    [2, 2, 2],
  ]);
  expect(columns.strides).toEqual([0, 1]);
  expect(meshgrid([tensor([1, 2]), tensor([3, 4, 5])], "xy")[0].toArray()).toEqual([
    [1, 2],
    [1, 2],
    [1, 2],
  ]);
  expect(meshgrid([tensor(1), zeros([0])]).map(({ shape }) => shape)).toEqual([
    [1, 0],
    [1, 0],
  ]);
  expect(cartesianProd([a, b]).toArray()).toEqual([
    [1, 3],
    [1, 4],
    [2, 3],
    [2, 4],
  ]);
  expect(cartesianProd([a])).toBe(a);
  expect(() => meshgrid([zeros([1, 1])])).toThrowErrorMatchingInlineSnapshot(
    `[ShapeError: meshgrid: expected vectors, got [1, 1]]`,
  );
});

it("stacks in every direction", () => {
  expect(hstack([a, tensor(5)]).toArray()).toEqual([1, 2, 5]);
  expect(hstack([reshape(a, [2, 1]), reshape(b, [2, 1])]).toArray()).toEqual([
    [1, 3],
    [2, 4],
  ]);
  expect(vstack([a, b]).toArray()).toEqual([
    [1, 2],
    [3, 4],
  ]);
  expect(dstack([a, b]).toArray()).toEqual([
    [
      [1, 3],
      [2, 4],
    ],
  ]);
  expect(columnStack([a, b]).toArray()).toEqual([
    [1, 3],
    [2, 4],
  ]);
  expect(() => hstack([])).toThrow("concat: expected at least one tensor");
});

it("moves channels into pixels and back", () => {
  const x = reshape(arange(0, 8), [4, 1, 2]);
  expect(pixelShuffle(x, 2).toArray()).toEqual([
    [
      [0, 2, 1, 3],
      [4, 6, 5, 7],
    ],
  ]);
  expect(pixelUnshuffle(pixelShuffle(x, 2), 2).toArray()).toEqual(x.toArray());
  expect(pixelShuffle(zeros([0, 4, 3, 3]), 2).shape).toEqual([0, 1, 6, 6]);
  expect(() => pixelShuffle(zeros([3, 1, 1]), 2)).toThrowErrorMatchingInlineSnapshot(
    `[ShapeError: pixelShuffle: expected channels that 4 divides, got [3, 1, 1]]`,
  );
  expect(() => pixelUnshuffle(zeros([1, 3, 2]), 2)).toThrowErrorMatchingInlineSnapshot(
    `[ShapeError: pixelUnshuffle: expected a height and a width that 2 divides, got [1, 3, 2]]`,
  );
  expect(() => pixelShuffle(zeros([4, 1]), 2)).toThrowErrorMatchingInlineSnapshot(
    `[ShapeError: pixelShuffle: expected [..., channels, height, width], got [4, 1]]`,
  );
});

it("lists powers, whose slopes are exact at zero", () => {
  const x = parameter([0, 2], { dtype: "f64" });
  const powers = vander(x, 4);
  expect(powers.toArray()).toEqual([
    [1, 0, 0, 0],
    [1, 2, 4, 8],
  ]);
  backward(sum(powers));
  expect(x.grad?.toArray()).toEqual([1, 17]);
  expect(() => vander(tensor(1))).toThrowErrorMatchingInlineSnapshot(
    `[ShapeError: vander: expected [..., n], got []]`,
  );
  expect(() => vander(x, 0)).toThrowErrorMatchingInlineSnapshot(
    `[ArgumentError: vander: expected a positive number of columns, got 0]`,
  );
});

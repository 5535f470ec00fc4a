import { describe, expect, it } from "vitest";
import { argmax, argmin, maxAlong, minAlong, tensor, zeros } from "../../../src/index.ts";
import { gradientOf } from "./gradient-of.ts";

const { NaN: nan } = Number;
const x = tensor([
  [1, 3, 3],
  [2, 0, nan],
]);

describe("positions", () => {
  it("are those of the first of equals, of NaN if there is one", () => {
    expect(argmax(x).toArray()).toEqual([1, 2]);
    expect(
      argmin(
        tensor([
          [1, 3],
          [1, 0],
        ]),
        0,
      ).toArray(),
    ).toEqual([0, 1]);
    expect(argmax(x).dtype).toBe("i32");
  });

  it("keep the axis where asked to, and take a scalar for a vector", () => {
    expect(argmax(x, 0, { keepDims: true }).shape).toEqual([1, 3]);
    expect(argmin(x, 1, { keepDims: true }).shape).toEqual([2, 1]);
    expect([argmax(tensor(3)).toArray(), argmin(tensor(3), 0, { keepDims: true }).toArray()]).toEqual([0, 0]);
    expect(() => argmax(tensor(3), 1)).toThrow("argmax: expected an axis of a tensor of rank 1, got 1");
  });
});

describe("extrema with their positions", () => {
  it("are values and indices of one shape", () => {
    const { values, indices } = maxAlong(x);
    expect([values.toArray(), indices.toArray()]).toEqual([
      [3, nan],
      [1, 2],
    ]);
    const least = minAlong(x, 0, { keepDims: true });
    expect([least.values.toArray(), least.indices.toArray()]).toEqual([[[1, 0, nan]], [[0, 1, 1]]]);
  });

  it("send the gradient to one element, where max and min share it", () => {
    expect(gradientOf((v) => maxAlong(v).values, [2, 3, 3])).toEqual([0, 1, 0]);
    expect(gradientOf((v) => minAlong(v).values, [2, 2, 3])).toEqual([1, 0, 0]);
  });

  it("need an element", () => {
    for (const f of [argmax, argmin, maxAlong, minAlong])
      expect(() => f(zeros([2, 0]), 1)).toThrow("expected at least one element along axis 1");
    expect(() => maxAlong(zeros([0]))).toThrowErrorMatchingInlineSnapshot(
      `[ShapeError: argmax: expected at least one element along axis 0, got [0]]`,
    );
    expect(argmax(zeros([0, 2]), 1).shape).toEqual([0]);
  });
});

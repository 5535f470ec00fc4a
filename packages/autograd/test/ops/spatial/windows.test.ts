import { describe, expect, it } from "vitest";
import { backward, mul, parameter, sum, type Tensor, tensor, windows, zeros } from "../../../src/index.ts";
import { overlapAdd, perAxis } from "../../../src/ops/spatial/windows.ts";
import { samplesOf } from "../../laws/samples.ts";

const { numbers } = samplesOf("ops/spatial/windows");

describe("windows", () => {
  it("are views that slide", () => {
    const x = tensor([0, 1, 2, 3, 4, 5]);
    expect(windows(x, [0], [2], { stride: 2 }).toArray()).toEqual([
      [0, 1],
      [2, 3],
      [4, 5],
    ]);
    expect(windows(x, [-1], [2], { stride: 3, dilation: 2 }).toArray()).toEqual([
      [0, 2],
      [3, 5],
    ]);
    expect(windows(x, [0], [6]).data).toBe(x.data);
  });

  it("put their own axes behind, in the order asked for", () => {
    expect(windows(zeros([2, 5, 7, 3]), [2, 1], [3, 2]).shape).toEqual([2, 4, 5, 3, 3, 2]);
  });

  it("count an element in the gradient as often as it is seen", () => {
    const x = parameter([1, 1, 1, 1]);
    backward(sum(windows(x, [0], [2])));
    expect(x.grad?.toArray()).toEqual([1, 2, 2, 1]);
  });

  it("must fit into their axes", () => {
    expect(() => windows(zeros([3]), [0], [4])).toThrowErrorMatchingInlineSnapshot(
      `[ShapeError: windows: expected windows that fit into their axes, got [3] and [4]]`,
    );
  });
});

describe("overlapAdd", () => {
  it("is the adjoint of windows", () => {
    const options = { stride: [2, 1], dilation: [1, 2] };
    const x = numbers([2, 5, 6]);
    const seen = windows(x, [1, 2], [2, 3], options);
    const weights = numbers(seen.shape);
    const product = (a: Tensor, b: Tensor): number => sum(mul(a, b)).item();
    const back = overlapAdd(weights, x.shape, [1, 2], [2, 3], options);
    expect(product(x, back)).toBeCloseTo(product(seen, weights), 12);
  });
});

describe("perAxis", () => {
  it("repeats one number", () => {
    expect(perAxis("test", "size", 2, 3)).toEqual([2, 2, 2]);
    expect(perAxis("test", "size", [2], 3)).toEqual([2, 2, 2]);
    expect(perAxis("test", "padding", [0, 1], 2, 0)).toEqual([0, 1]);
  });

  it("says what it expects", () => {
    expect(() => perAxis("test", "size", 0, 2)).toThrowErrorMatchingInlineSnapshot(
      `[ArgumentError: test: expected a size that is a positive integer, or 2 of them, got 0]`,
    );
    expect(() => perAxis("test", "padding", [1, 2, 3], 2, 0)).toThrowErrorMatchingInlineSnapshot(
      `[ArgumentError: test: expected a padding that is an integer and not negative, or 2 of them, got [1, 2, 3]]`,
    );
    expect(() => perAxis("test", "size", 1.5, 1)).toThrow("expected a size");
  });
});

import { arange, ones, reshape } from "@isograd/autograd";
import { CircularPad1d, ConstantPad1d, ReflectionPad2d, ReplicationPad1d, ZeroPad2d } from "@isograd/nn";
import { describe, expect, it } from "vitest";

const sequence = reshape(arange(1, 4, 1, "f64"), [1, 3]);

describe("padding layers", () => {
  it("surround a sequence", () => {
    const padding = [[2, 1]] as const;
    expect(new ConstantPad1d({ padding, value: 9 }).call(sequence).toArray()).toEqual([[9, 9, 1, 2, 3, 9]]);
    expect(new ReplicationPad1d({ padding }).call(sequence).toArray()).toEqual([[1, 1, 1, 2, 3, 3]]);
    expect(new CircularPad1d({ padding }).call(sequence).toArray()).toEqual([[2, 3, 1, 2, 3, 1]]);
  });

  it("take pairs in the order of the axes, with a batch and without", () => {
    const layer = new ZeroPad2d({
      padding: [
        [1, 0],
        [0, 2],
      ],
    });
    expect(layer.call(ones([2, 1, 3, 4])).shape).toEqual([2, 1, 4, 6]);
    expect(layer.call(ones([1, 1, 1])).toArray()).toEqual([
      [
        [0, 0, 0],
        [1, 0, 0],
      ],
    ]);
  });

  it("say what does not fit", () => {
    expect(() => new ZeroPad2d({ padding: [1, 1, 2, 2] as never })).toThrowErrorMatchingInlineSnapshot(
      `[ArgumentError: ZeroPad2d: expected one integer, or 2 pairs of them, as padding, got [1, 1, 2, 2]]`,
    );
    expect(() => new ZeroPad2d({ padding: 1.5 })).toThrowErrorMatchingInlineSnapshot(
      `[ArgumentError: ZeroPad2d: expected one integer, or 2 pairs of them, as padding, got 1.5]`,
    );
    expect(() => new ConstantPad1d({ padding: 1 } as never)).toThrowErrorMatchingInlineSnapshot(
      `[ArgumentError: ConstantPad1d: expected a number as value, got undefined]`,
    );
    expect(() => new ReflectionPad2d({ padding: 1 }).call(ones([3, 3]))).toThrowErrorMatchingInlineSnapshot(
      `[ShapeError: ReflectionPad2d: expected [batch, channels, ...2 spatial axes], or the same without batch, got [3, 3]]`,
    );
    expect(() =>
      new ReflectionPad2d({ padding: 3 }).call(ones([1, 3, 3])),
    ).toThrowErrorMatchingInlineSnapshot(
      `[ShapeError: reflectionPad: expected widths less than the extent, not [3, 3] at axis 1, got [1, 3, 3]]`,
    );
  });
});

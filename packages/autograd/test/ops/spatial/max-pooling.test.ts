import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  backward,
  max,
  maxPool1d,
  maxPool1dWithIndices,
  maxPool2d,
  maxPool3d,
  parameter,
  permute,
  sum,
  tensor,
  windows,
  zeros,
} from "../../../src/index.ts";
import { samplesOf } from "../../laws/samples.ts";

const { numbers } = samplesOf("ops/spatial/max-pooling");

describe("max pooling", () => {
  it("is the maximum of each window", () => {
    const x = numbers([2, 4, 5, 3]);
    const options = { stride: [1, 2, 1], dilation: [2, 1, 1] };
    const expected = max(windows(x, [1, 2, 3], [2, 3, 2], options), { axis: [-3, -2, -1] });
    expect(maxPool3d(x, [2, 3, 2], options).toArray()).toEqual(expected.toArray());
  });

  it("agrees with a loop over windows, for all options", () => {
    const options = fc.record({
      size: fc.integer({ min: 1, max: 3 }),
      stride: fc.integer({ min: 1, max: 3 }),
      dilation: fc.integer({ min: 1, max: 2 }),
      padding: fc.nat(1),
      ceilMode: fc.boolean(),
    });
    fc.assert(
      fc.property(options, fc.integer({ min: 5, max: 9 }), ({ size, ...rest }, extent) => {
        const { stride, dilation, padding, ceilMode } = rest;
        fc.pre(padding <= size / 2);
        const x = numbers([1, extent]);
        const reach = dilation * (size - 1) + 1;
        const expected: number[] = [];
        // A window begins inside the input or the padding before it, and ends inside the padding behind it, or beyond if the ceiling says so.
        for (let start = -padding; start < extent; start += stride) {
          const end = start + reach;
          if (end > extent + padding && !(ceilMode && end - stride < extent + padding)) break;
          const seen = Array.from({ length: size }, (_, k) => x.values()[start + k * dilation] ?? -Infinity);
          expected.push(Math.max(...seen));
        }
        expect(maxPool1d(x, size, rest).toArray()).toEqual([expected]);
      }),
    );
  });

  it("sends the gradient to the first of equals, and lets padding lose", () => {
    const x = parameter(tensor([[[-1, -1]], [[-1, -2]]]));
    expect(maxPool1d(x, 2, { padding: 1 }).toArray()).toEqual([[[-1, -1]], [[-1, -2]]]);
    backward(sum(maxPool1d(x, 2)));
    expect(x.grad?.toArray()).toEqual([[[1, 0]], [[1, 0]]]);
  });

  it("says where the maxima stand, without the padding", () => {
    const [values, indices] = maxPool1dWithIndices(tensor([[3, 1, 2, 5]]), 3, {
      stride: 2,
      padding: 1,
      ceilMode: true,
    });
    expect([values.toArray(), indices.toArray(), indices.dtype]).toEqual([[[3, 5, 5]], [[0, 3, 3]], "i32"]);
  });

  it("keeps NaN, and finds −∞ where there is nothing larger", () => {
    const x = tensor([
      [
        [1, Number.NaN, 3],
        [-Infinity, -Infinity, 4],
      ],
    ]);
    expect(maxPool1d(x, 2, { stride: 1 }).toArray()).toEqual([
      [
        [Number.NaN, Number.NaN],
        [-Infinity, 4],
      ],
    ]);
  });

  it("takes views, empty batches and whole numbers", () => {
    const x = numbers([3, 4, 2]);
    const turned = permute(x, [2, 0, 1]);
    expect(maxPool2d(turned, 2).toArray()).toEqual(
      maxPool2d(tensor(turned.toArray(), { dtype: "f64" }), 2).toArray(),
    );
    expect(maxPool2d(zeros([0, 2, 4, 4]), 2).shape).toEqual([0, 2, 2, 2]);
    const whole = maxPool1d(tensor([[1, 3, 2]], { dtype: "i32" }), 3);
    expect([whole.dtype, whole.toArray()]).toEqual(["i32", [[3]]]);
  });

  it("says what does not fit", () => {
    const x = zeros([1, 1, 3, 3]);
    expect(() => maxPool2d(zeros([3, 3]), 2)).toThrowErrorMatchingInlineSnapshot(
      `[ShapeError: maxPool2d: expected [batch, channels, height, width], or the same without batch, got [3, 3]]`,
    );
    expect(() => maxPool2d(x, 4)).toThrowErrorMatchingInlineSnapshot(
      `[ShapeError: maxPool2d: expected windows that see an element each, got [1, 1, 3, 3] and [4, 4]]`,
    );
    expect(() => maxPool2d(x, 3, { padding: 2 })).toThrowErrorMatchingInlineSnapshot(
      `[ArgumentError: maxPool2d: expected a padding of at most half a window, got [2, 2]]`,
    );
    expect(() => maxPool2d(x, [2, 0])).toThrowErrorMatchingInlineSnapshot(
      `[ArgumentError: maxPool2d: expected a size that is a positive integer, or 2 of them, got [2, 0]]`,
    );
    // Both elements that this window would see lie in the padding.
    expect(() => maxPool1d(zeros([1, 1, 1]), 2, { padding: 1, dilation: 2 })).toThrow("see an element each");
  });
});

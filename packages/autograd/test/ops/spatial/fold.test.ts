import { describe, expect, it } from "vitest";
import { col2im, conv2d, im2col, matmul, mul, ones, reshape, sum, zeros } from "../../../src/index.ts";
import { samplesOf } from "../../laws/samples.ts";

const { numbers } = samplesOf("ops/spatial/fold");

describe("im2col and col2im", () => {
  it("turn a convolution into a product", () => {
    const [x, w] = [numbers([2, 3, 4, 5]), numbers([4, 3, 2, 3])];
    const options = { stride: [1, 2], padding: 1 };
    const product = matmul(reshape(w, [4, 18]), im2col(x, [2, 3], options));
    const expected = conv2d(x, w, null, options).values();
    product.values().forEach((value, k) => {
      expect(value).toBeCloseTo(expected[k], 12);
    });
  });

  it("are each other's adjoint", () => {
    const options = { dilation: [2, 1], padding: [1, 0], stride: [2, 3] };
    const x = numbers([2, 5, 4]);
    const columns = im2col(x, 2, options);
    const weights = numbers(columns.shape);
    const back = col2im(weights, [5, 4], 2, options);
    expect(sum(mul(back, x)).item()).toBeCloseTo(sum(mul(columns, weights)).item(), 12);
  });

  it("count how many windows see an element", () => {
    expect(col2im(im2col(ones([1, 3, 3]), 2), 3, 2).toArray()).toEqual([
      [
        [1, 2, 1],
        [2, 4, 2],
        [1, 2, 1],
      ],
    ]);
  });

  it("say what does not fit", () => {
    expect(() => im2col(zeros([3, 3]), 2)).toThrowErrorMatchingInlineSnapshot(
      `[ShapeError: im2col: expected [batch, channels, height, width], got [3, 3]]`,
    );
    expect(() => im2col(zeros([1, 3, 3]), 4)).toThrowErrorMatchingInlineSnapshot(
      `[ShapeError: im2col: expected windows that fit into the padded image, got [1, 1, 3, 3] and [4, 4]]`,
    );
    expect(() => col2im(zeros([4, 3]), 3, 2)).toThrowErrorMatchingInlineSnapshot(
      `[ShapeError: col2im: expected [batch, a multiple of 4, 2 · 2] for the image, got [1, 4, 3] and [3, 3]]`,
    );
    expect(() => col2im(zeros([3, 4]), 3, 2)).toThrow("a multiple of 4");
  });
});

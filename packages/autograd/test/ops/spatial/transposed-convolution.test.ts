import { expect, it } from "vitest";
import {
  conv2d,
  convTranspose1d,
  convTranspose2d,
  gradients,
  mul,
  parameter,
  sum,
  transpose,
  zeros,
} from "../../../src/index.ts";
import { numbers } from "../../laws/samples.ts";

it("is the gradient of a convolution in its first operand", () => {
  const options = { stride: [2, 1], padding: [1, 0], dilation: [1, 2], groups: 2 };
  const [x, w] = [parameter(numbers([2, 4, 6, 5])), numbers([6, 2, 3, 2])];
  const y = conv2d(x, w, null, options);
  const cotangent = numbers(y.shape);
  const [gradient] = gradients(sum(mul(y, cotangent)), [x]);
  // The last row of six is seen by no window of three in steps of two.
  const back = convTranspose2d(cotangent, w, null, { ...options, outputPadding: [1, 0] });
  expect(back.shape).toEqual(x.shape);
  back.values().forEach((value, k) => {
    expect(value).toBeCloseTo(gradient.values()[k], 12);
  });
});

it("takes sequences without a batch, empty batches and views", () => {
  expect(convTranspose1d(zeros([2, 4]), zeros([2, 3, 2])).shape).toEqual([3, 5]);
  expect(convTranspose1d(zeros([0, 2, 4]), zeros([2, 3, 2])).shape).toEqual([0, 3, 5]);
  expect(convTranspose1d(transpose(zeros([2, 4])), zeros([4, 1, 1])).shape).toEqual([1, 2]);
});

it("says what does not fit", () => {
  const [x, w] = [zeros([1, 4, 3, 3]), zeros([4, 2, 2, 2])];
  expect(() => convTranspose2d(x, zeros([3, 2, 2, 2]))).toThrowErrorMatchingInlineSnapshot(
    `[ShapeError: convTranspose2d: expected [batch, channels, ...2 axes] and [channels, filters / 1, ...2 axes], channels a multiple of 1, got [1, 4, 3, 3] and [3, 2, 2, 2]]`,
  );
  expect(() => convTranspose2d(x, w, null, { groups: 3 })).toThrow("a multiple of 3");
  expect(() => convTranspose2d(x, w, zeros([3]))).toThrowErrorMatchingInlineSnapshot(
    `[ShapeError: convTranspose2d: expected a bias of 2 elements, got [3]]`,
  );
  expect(() => convTranspose2d(x, w, null, { padding: 2 })).toThrowErrorMatchingInlineSnapshot(
    `[ShapeError: convTranspose2d: expected more than the padding [2,2] cuts, got [1, 4, 3, 3] and [4, 2, 2, 2]]`,
  );
  expect(() => convTranspose2d(x, w, null, { outputPadding: [0, 1] })).toThrowErrorMatchingInlineSnapshot(
    `[ArgumentError: convTranspose2d: expected an output padding less than stride or dilation, got [0, 1]]`,
  );
});

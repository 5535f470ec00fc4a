import fc from "fast-check";
import { expect, it } from "vitest";
import {
  conv2d,
  convTranspose1d,
  convTranspose2d,
  gradients,
  mul,
  ones,
  parameter,
  sum,
  tensor,
  transpose,
  zeros,
} from "../../../src/index.ts";
import { samplesOf } from "../../laws/samples.ts";

const { numbers } = samplesOf("ops/spatial/transposed-convolution");

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

it("is the adjoint of a convolution, for all options", () => {
  const axis = fc.record({
    kernel: fc.integer({ min: 1, max: 3 }),
    stride: fc.integer({ min: 1, max: 3 }),
    dilation: fc.integer({ min: 1, max: 2 }),
    padding: fc.integer({ min: 0, max: 2 }),
    places: fc.integer({ min: 2, max: 3 }),
    rest: fc.nat(2),
  });
  fc.assert(
    fc.property(fc.tuple(axis, axis), fc.constantFrom(1, 2), (each, groups) => {
      const all = (name: keyof (typeof each)[number]): number[] => each.map((one) => one[name]);
      // The remainder that a stride leaves is the output padding.
      const outputPadding = each.map(({ rest, stride }) => rest % stride);
      const extents = each.map(
        ({ places, stride, dilation, kernel, padding }, k) =>
          (places - 1) * stride + dilation * (kernel - 1) + 1 - 2 * padding + outputPadding[k],
      );
      fc.pre(extents.every((extent) => extent > 0));
      const options = { stride: all("stride"), padding: all("padding"), dilation: all("dilation"), groups };
      const [x, w] = [numbers([1, 2, ...extents]), numbers([2, 2 / groups, ...all("kernel")])];
      const y = conv2d(x, w, null, options);
      const cotangent = numbers(y.shape);
      const back = convTranspose2d(cotangent, w, null, { ...options, outputPadding });
      expect(back.shape).toEqual(x.shape);
      expect(sum(mul(back, x)).item()).toBeCloseTo(sum(mul(y, cotangent)).item(), 10);
    }),
  );
});

it("gives the bias alone where the padding cuts all that windows reach", () => {
  const y = convTranspose1d(ones([1, 1, 1]), ones([1, 1, 1]), tensor([7]), {
    stride: 3,
    dilation: 6,
    padding: 2,
    outputPadding: 5,
  });
  expect(y.toArray()).toEqual([[[7, 7]]]);
});

it("takes sequences without a batch, empty batches and views", () => {
  expect(convTranspose1d(zeros([2, 4]), zeros([2, 3, 2])).shape).toEqual([3, 5]);
  expect(convTranspose1d(zeros([0, 2, 4]), zeros([2, 3, 2])).shape).toEqual([0, 3, 5]);
  expect(convTranspose1d(transpose(zeros([2, 4])), zeros([4, 1, 1])).shape).toEqual([1, 2]);
});

it("says what does not fit", () => {
  const [x, w] = [zeros([1, 4, 3, 3]), zeros([4, 2, 2, 2])];
  expect(() => convTranspose2d(x, zeros([3, 2, 2, 2]))).toThrowErrorMatchingInlineSnapshot(
    `[ShapeError: convTranspose2d: expected [batch, channels, height, width] and [channels, filters / 1, height, width], channels a multiple of 1, got [1, 4, 3, 3] and [3, 2, 2, 2]]`,
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

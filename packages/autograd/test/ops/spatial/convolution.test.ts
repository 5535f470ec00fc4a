import { describe, expect, it } from "vitest";
import {
  conv1d,
  conv2d,
  conv3d,
  gradients,
  matmul,
  mul,
  pad,
  parameter,
  permute,
  reshape,
  select,
  sum,
  type Tensor,
  tensor,
  vmap,
  windows,
  zeros,
} from "../../../src/index.ts";
import { samplesOf } from "../../laws/samples.ts";

const { numbers } = samplesOf("ops/spatial/convolution");

describe("conv2d", () => {
  it("agrees with seven loops", () => {
    const [x, w] = [numbers([2, 4, 5, 4]), numbers([6, 2, 2, 3])];
    const [stride, padding, dilation, groups] = [[2, 1], [1, 2], [2, 1], 2];
    const y = conv2d(x, w, null, { stride, padding, dilation, groups });
    const at = (t: Tensor, ...place: number[]): number =>
      place.some((p, axis) => p < 0 || p >= t.shape[axis])
        ? 0
        : t.data[place.reduce((sum, p, axis) => sum + p * t.strides[axis], t.offset)];
    for (let n = 0; n < y.shape[0]; n++)
      for (let f = 0; f < y.shape[1]; f++)
        for (let i = 0; i < y.shape[2]; i++)
          for (let j = 0; j < y.shape[3]; j++) {
            let total = 0;
            for (let c = 0; c < 2; c++)
              for (let p = 0; p < 2; p++)
                for (let q = 0; q < 3; q++) {
                  const channel = Math.floor(f / 3) * 2 + c;
                  const [row, column] = [
                    i * stride[0] + p * dilation[0] - padding[0],
                    j * stride[1] + q * dilation[1] - padding[1],
                  ];
                  total += at(w, f, c, p, q) * at(x, n, channel, row, column);
                }
            expect(at(y, n, f, i, j)).toBeCloseTo(total, 12);
          }
  });

  it("takes empty batches, and images without a batch", () => {
    expect(conv2d(zeros([0, 1, 3, 3]), zeros([2, 1, 2, 2])).shape).toEqual([0, 2, 2, 2]);
    expect(conv2d(zeros([1, 3, 3]), zeros([2, 1, 2, 2])).shape).toEqual([2, 2, 2]);
  });

  it("computes with whole numbers, and in the later of mixed element types", () => {
    const [x, w] = [tensor([[[1, 2, 3]]], { dtype: "i32" }), tensor([[[1, 10]]], { dtype: "i32" })];
    const whole = conv1d(x, w);
    expect([whole.dtype, whole.toArray()]).toEqual(["i32", [[[21, 32]]]]);
    const mixed = conv1d(x, tensor([[[0.5, 1]]], { dtype: "f64" }), tensor([0.25]));
    expect([mixed.dtype, mixed.toArray()]).toEqual(["f64", [[[2.75, 4.25]]]]);
    const truth = tensor([[[1, 1, 1]]], { dtype: "bool" });
    expect([conv1d(truth, truth).dtype, conv1d(truth, truth).item()]).toEqual(["i32", 3]);
  });

  it('keeps the extents with padding "same", the odd zero behind', () => {
    const [x, w] = [tensor([[[1, 2, 3]]]), tensor([[[1, 10]]])];
    expect(conv1d(x, w, null, { padding: "same" }).toArray()).toEqual([[[21, 32, 3]]]);
    expect(conv1d(x, w, null, { padding: "valid" }).toArray()).toEqual([[[21, 32]]]);
  });

  it("says what does not fit", () => {
    const [x, w] = [zeros([1, 4, 3, 3]), zeros([2, 4, 2, 2])];
    expect(() => conv2d(x, zeros([2, 3, 2, 2]))).toThrowErrorMatchingInlineSnapshot(
      `[ShapeError: conv2d: expected [batch, channels, height, width] and [filters, channels / 1, height, width], got [1, 4, 3, 3] and [2, 3, 2, 2]]`,
    );
    expect(() => conv2d(x, zeros([3, 2, 2, 2]), null, { groups: 2 })).toThrow("conv2d: expected [batch");
    expect(() => conv2d(zeros([3, 3]), w)).toThrow("conv2d: expected [batch");
    expect(() => conv2d(x, zeros([2, 4, 4, 1]))).toThrowErrorMatchingInlineSnapshot(
      `[ShapeError: conv2d: expected a kernel that fits into the padded input, got [1, 4, 3, 3] and [2, 4, 4, 1]]`,
    );
    expect(() => conv2d(x, w, zeros([3]))).toThrowErrorMatchingInlineSnapshot(
      `[ShapeError: conv2d: expected a bias of 2 elements, got [3]]`,
    );
    expect(() => conv2d(x, w, null, { padding: -1 })).toThrowErrorMatchingInlineSnapshot(
      `[ArgumentError: conv2d: expected a padding that is an integer and not negative, or 2 of them, got -1]`,
    );
    expect(() => conv2d(x, w, null, { padding: "same", stride: 2 })).toThrowErrorMatchingInlineSnapshot(
      `[ArgumentError: conv2d: expected a stride of 1 for padding "same", got [2, 2]]`,
    );
    expect(() => conv2d(x, w, null, { groups: 0 })).toThrowErrorMatchingInlineSnapshot(
      `[ArgumentError: conv2d: expected a number of groups that is a positive integer, got 0]`,
    );
  });
});

it("gives the same along one, two and three axes where the others have extent 1", () => {
  const [x, w, b] = [numbers([2, 2, 5]), numbers([3, 2, 2]), numbers([3])];
  const line = conv1d(x, w, b, { stride: 2, padding: 1 });
  const image = conv2d(reshape(x, [2, 2, 1, 5]), reshape(w, [3, 2, 1, 2]), b, {
    stride: [1, 2],
    padding: [0, 1],
  });
  const volume = conv3d(reshape(x, [2, 2, 1, 5, 1]), reshape(w, [3, 2, 1, 2, 1]), b, {
    stride: [1, 2, 1],
    padding: [0, 1, 0],
  });
  expect(reshape(image, line.shape).toArray()).toEqual(line.toArray());
  expect(reshape(volume, line.shape).toArray()).toEqual(line.toArray());
});

describe("a convolution that kernels compute", () => {
  const options = { stride: [2, 1], padding: [1, 2], dilation: [1, 2] };

  /** The same as a view of the windows and one matrix product. */
  function throughWindows(x: Tensor, weight: Tensor, groups: number): Tensor {
    const { stride, padding, dilation } = options;
    const [filters, channels, height, width] = weight.shape;
    const around = padding.map((zeros) => [zeros, zeros] as const);
    const seen = windows(pad(x, [[0, 0], [0, 0], ...around]), [2, 3], [height, width], { stride, dilation });
    const [batch, , rows, columns] = seen.shape;
    const matrix = reshape(permute(seen, [1, 4, 5, 0, 2, 3]), [groups, channels * height * width, -1]);
    const found = matmul(reshape(weight, [groups, filters / groups, -1]), matrix);
    return permute(reshape(found, [filters, batch, rows, columns]), [1, 0, 2, 3]);
  }

  it.each([1, 2, 6])(
    "has the value and the gradients of both orders of its windows, in %i groups",
    (groups) => {
      const [x, w] = [parameter(numbers([3, 6, 9, 11])), parameter(numbers([6, 6 / groups, 3, 2]))];
      const shape = conv2d(x, w, null, { ...options, groups }).shape;
      const [g, u, v] = [parameter(numbers(shape)), numbers(x.shape), numbers(w.shape)];
      const results = (f: (x: Tensor, w: Tensor) => Tensor): Tensor[] => {
        const y = f(x, w);
        const first = gradients(y, [x, w], { cotangent: g, createGraph: true });
        const curvature = sum(mul(first[0], u));
        const other = sum(mul(first[1], v));
        return [
          y,
          ...first,
          ...gradients(curvature, [w, g], { retainGraph: true }),
          ...gradients(other, [x, g]),
        ];
      };
      const expected = results((x, w) => throughWindows(x, w, groups));
      results((x, w) => conv2d(x, w, null, { ...options, groups })).forEach((result, k) => {
        expect(result.shape).toEqual(expected[k].shape);
        const values = expected[k].values();
        result.values().forEach((value, i) => {
          expect(value).toBeCloseTo(values[i], 10);
        });
      });
    },
  );

  it("is mapped at once, whatever holds the examples", () => {
    const [x, w, b] = [numbers([4, 2, 4, 9, 8]), numbers([4, 4, 2, 3, 2]), numbers([4, 4])];
    const one = (x: Tensor, w: Tensor, b: Tensor): Tensor => conv2d(x, w, b, { groups: 2, padding: 1 });
    for (const mapped of [
      [true, false, false],
      [false, true, false],
      [false, false, true],
      [true, true, true],
    ]) {
      const inputs = [x, w, b].map((t, k) => (mapped[k] ? t : select(t, 0, 0)));
      const axes = mapped.map((each) => (each ? 0 : null));
      const all = vmap(one, { inAxes: axes })(...(inputs as [Tensor, Tensor, Tensor]));
      for (let k = 0; k < 4; k++) {
        const [xk, wk, bk] = [x, w, b].map((t, input) => select(t, 0, mapped[input] ? k : 0));
        const expected = one(xk, wk, bk).values();
        select(all, 0, k)
          .values()
          .forEach((value, i) => {
            expect(value).toBeCloseTo(expected[i], 12);
          });
      }
    }
  });
});

import { describe, expect, it } from "vitest";
import {
  argmax,
  argmin,
  backward,
  eq,
  gradients,
  logSoftmax,
  logsumexp,
  max,
  mean,
  min,
  norm,
  parameter,
  prod,
  softmax,
  sum,
  sumTo,
  type Tensor,
  tensor,
  variance,
  zeros,
} from "../../../src/index.ts";

const { NaN: nan, POSITIVE_INFINITY: inf } = Number;
const x = tensor([
  [1, 2, 3],
  [4, 5, 6],
]);
const gradientOf = (f: (x: Tensor) => Tensor, values: Parameters<typeof tensor>[0]): unknown => {
  const leaf = parameter(tensor(values, { dtype: "f64" }));
  return gradients(sum(f(leaf)), [leaf])[0].toArray();
};

describe("axes", () => {
  it.each([
    [undefined, false, [], 21],
    [0, false, [3], [5, 7, 9]],
    [-1, true, [2, 1], [[6], [15]]],
    [[0, 1], true, [1, 1], [[21]]],
    [[1, 0], false, [], 21],
    [
      [],
      false,
      [2, 3],
      [
        [1, 2, 3],
        [4, 5, 6],
      ],
    ],
  ] as const)("sum over %j, keepDims %s", (axis, keepDims, shape, result) => {
    const y = sum(x, { axis, keepDims });
    expect([y.shape, y.toArray()]).toEqual([shape, result]);
  });

  it("serve every reduction alike", () => {
    for (const f of [sum, mean, max, min, prod, logsumexp, norm, variance]) {
      expect(f(x).shape).toEqual([]);
      expect(f(x, { axis: 1 }).shape).toEqual([2]);
      expect(f(x, { axis: [0], keepDims: true }).shape).toEqual([1, 3]);
      expect(() => f(x, { axis: 2 })).toThrow("axis of a tensor of rank 2");
    }
    expect(argmax(x, 0).shape).toEqual([3]);
  });
});

describe("of nothing", () => {
  const empty = zeros([2, 0]);
  it("is the neutral element, NaN for a mean, an error for an extremum", () => {
    expect([sum(empty).item(), prod(empty).item(), norm(empty).item()]).toEqual([0, 1, 0]);
    expect(mean(empty).item()).toBeNaN();
    expect(logsumexp(zeros([0, 2]), { axis: 1 }).shape).toEqual([0]);
    for (const f of [max, min, argmax, argmin])
      expect(() => (f as typeof max)(empty)).toThrow("expected at least one element");
    expect(max(zeros([0, 2]), { axis: 1 }).shape).toEqual([0]);
    expect(prod(empty, { axis: 0 }).shape).toEqual([0]);
    expect(prod(empty, { axis: 1 }).toArray()).toEqual([1, 1]);
  });

  it("has gradients of the right shape", () => {
    for (const f of [sum, prod, norm]) {
      const leaf = parameter(empty);
      backward(f(leaf));
      expect(leaf.grad?.shape).toEqual([2, 0]);
    }
  });
});

describe("extrema", () => {
  it("keep NaN, and give ties even shares", () => {
    expect(max(tensor([1, nan, 3])).item()).toBeNaN();
    expect(min(tensor([nan, 1])).item()).toBeNaN();
    expect(max(tensor([-inf, -inf])).item()).toBe(-inf);
    expect(gradientOf((v) => max(v), [2, 2, 1])).toEqual([0.5, 0.5, 0]);
    expect(
      gradientOf(
        (v) => min(v, { axis: 0 }),
        [
          [1, 5],
          [1, 3],
          [2, 3],
        ],
      ),
    ).toEqual([
      [0.5, 0],
      [0.5, 0.5],
      [0, 0.5],
    ]);
    expect(gradientOf((v) => max(v), [-inf, -inf])).toEqual([0.5, 0.5]);
  });

  it("take whole numbers and truth values", () => {
    expect(max(tensor([1, 3, 2], { dtype: "i32" }))).toMatchObject({ dtype: "i32" });
    expect(max(tensor([false, true])).item()).toBe(1);
  });

  it("have positions: the first of equals, of NaN if there is one", () => {
    expect(
      argmax(
        tensor([
          [1, 3, 3],
          [2, 0, nan],
        ]),
      ).toArray(),
    ).toEqual([1, 2]);
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
});

describe("products", () => {
  it("have exact derivatives where elements are zero", () => {
    expect(gradientOf((v) => prod(v), [0, 2, 3])).toEqual([6, 0, 0]);
    expect(gradientOf((v) => prod(v), [0, 0, 3])).toEqual([0, 0, 0]);
    expect(gradientOf((v) => prod(v), [1, 2, 3, 4, 5])).toEqual([120, 60, 40, 30, 24]);
    expect(
      gradientOf(
        (v) => prod(v, { axis: 1 }),
        [
          [2, 0],
          [3, 4],
        ],
      ),
    ).toEqual([
      [0, 2],
      [4, 3],
    ]);
    const leaf = parameter([0, 0, 3], { dtype: "f64" });
    const [first] = gradients(prod(leaf), [leaf], { createGraph: true });
    expect(gradients(sum(first), [leaf])[0].toArray()).toEqual([3, 3, 0]);
  });

  it("do not overflow on the way if the result does not", () => {
    expect(prod(tensor([1e200, 1e-200, 2], { dtype: "f64" })).item()).toBe(2);
    expect(prod(tensor([7])).item()).toBe(7);
    expect(prod(tensor(7)).item()).toBe(7);
  });
});

describe("norm", () => {
  it("has derivative zero at zero, in second order too", () => {
    expect(gradientOf((v) => norm(v), [0, 0])).toEqual([0, 0]);
    const rows = gradientOf(
      (v) => norm(v, { axis: 1 }),
      [
        [0, 0],
        [3, 4],
      ],
    );
    expect(rows).toEqual([
      [0, 0],
      [expect.closeTo(0.6, 15), expect.closeTo(0.8, 15)],
    ]);
    const leaf = parameter([0, 0], { dtype: "f64" });
    const [first] = gradients(norm(leaf), [leaf], { createGraph: true });
    expect(gradients(sum(first), [leaf])[0].toArray()).toEqual([0, 0]);
  });

  it("keeps NaN", () => {
    expect(norm(tensor([0, nan])).item()).toBeNaN();
  });
});

describe("logsumexp and its kin", () => {
  it("do not overflow, and know infinities", () => {
    expect(logsumexp(tensor([1000, 1000], { dtype: "f64" })).item()).toBe(1000 + Math.LN2);
    expect(logsumexp(tensor([-inf, 0])).item()).toBe(0);
    expect(logsumexp(tensor([-inf, -inf])).item()).toBe(-inf);
    expect(logsumexp(tensor([inf, 0])).item()).toBe(inf);
    expect(logsumexp(tensor([inf, -inf])).item()).toBe(inf);
    expect(logsumexp(tensor([nan, 0])).item()).toBeNaN();
  });

  it("give masked elements no gradient", () => {
    expect(gradientOf((v) => logsumexp(v), [-inf, 0, 0])).toEqual([0, 0.5, 0.5]);
    expect(gradientOf((v) => sum(softmax(v)), [-inf, 1])).toEqual([0, 0]);
    expect(softmax(tensor([-inf, 3, 3])).toArray()).toEqual([0, 0.5, 0.5]);
    expect(logSoftmax(tensor([-inf, 3])).toArray()).toEqual([-inf, 0]);
    expect(softmax(tensor([nan, 1])).toArray()).toEqual([nan, nan]);
  });

  it("sum to one, and keep what underflows", () => {
    const y = softmax(
      tensor(
        [
          [1000, 1001],
          [-1000, -1001],
        ],
        { dtype: "f64" },
      ),
    );
    expect(sum(y, { axis: 1 }).toArray()).toEqual([1, 1]);
    expect(logSoftmax(tensor([0, -800], { dtype: "f64" })).toArray()).toEqual([0, -800]);
  });
});

describe("mean and variance", () => {
  it("divide by the count, less the correction", () => {
    expect(mean(x).item()).toBe(3.5);
    expect(mean(tensor([1, 2], { dtype: "i32" }))).toMatchObject({ dtype: "f32" });
    expect(mean(tensor([true, false])).item()).toBe(0.5);
    expect(variance(tensor([1, 2, 3, 4])).item()).toBeCloseTo(5 / 3, 6);
    expect(variance(tensor([1, 2, 3, 4]), { correction: 0 }).item()).toBe(1.25);
    expect(variance(tensor([5])).item()).toBeNaN();
    expect(variance(tensor([5]), { correction: 0 }).item()).toBe(0);
  });

  it("does not cancel for large means", () => {
    expect(variance(tensor([1e8, 1e8 + 1, 1e8 + 2], { dtype: "f64" })).item()).toBe(1);
  });
});

it("sums to a shape that broadcasts to it", () => {
  expect(sumTo(x, [3]).toArray()).toEqual([5, 7, 9]);
  expect(sumTo(x, [2, 1]).toArray()).toEqual([[6], [15]]);
  expect(sumTo(x, []).item()).toBe(21);
  expect(sumTo(x, [1, 1]).toArray()).toEqual([[21]]);
  expect(sumTo(x, [2, 3])).toBe(x);
  expect(eq(sumTo(zeros([0, 3]), [3]), 0).toArray()).toEqual([1, 1, 1]);
});

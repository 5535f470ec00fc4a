import { describe, expect, it } from "vitest";
import {
  addbmm,
  addmm,
  bmm,
  cross,
  dot,
  full,
  inner,
  kron,
  matmul,
  mm,
  mul,
  multiDot,
  mv,
  observe,
  outer,
  sum,
  type Tensor,
  tensor,
  tensordot,
  transpose,
  zeros,
} from "../../../src/index.ts";
import { f64, samplesOf } from "../../laws/samples.ts";

const { numbers } = samplesOf("ops/products/products");

const close = (x: Tensor, expected: Tensor): void => {
  expect(x.shape).toEqual(expected.shape);
  x.values().forEach((value, k) => {
    expect(value).toBeCloseTo(expected.values()[k], 13);
  });
};

describe("products of one rank", () => {
  it("throw where matmul would broadcast", () => {
    const [vector, matrix, batch] = [zeros([2]), zeros([2, 2]), zeros([2, 2, 2])];
    expect(() => mm(batch, matrix)).toThrowErrorMatchingInlineSnapshot(
      `[ShapeError: mm: expected [m, k] and [k, n], got [2, 2, 2] and [2, 2]]`,
    );
    expect(() => bmm(batch, matrix)).toThrowErrorMatchingInlineSnapshot(
      `[ShapeError: bmm: expected [batch, m, k] and [batch, k, n], got [2, 2, 2] and [2, 2]]`,
    );
    expect(() => bmm(batch, zeros([1, 2, 2]))).toThrowErrorMatchingInlineSnapshot(
      `[ShapeError: bmm: expected two batches of equal extent, got [2, 2, 2] and [1, 2, 2]]`,
    );
    expect(() => mv(matrix, matrix)).toThrowErrorMatchingInlineSnapshot(
      `[ShapeError: mv: expected [m, k] and [k], got [2, 2] and [2, 2]]`,
    );
    expect(() => dot(vector, zeros([3]))).toThrowErrorMatchingInlineSnapshot(
      `[ShapeError: dot: expected vectors of equal length, got [2] and [3]]`,
    );
    expect(() => outer(matrix, vector)).toThrowErrorMatchingInlineSnapshot(
      `[ShapeError: outer: expected [m] and [n], got [2, 2] and [2]]`,
    );
    expect(() => inner(matrix, zeros([3]))).toThrowErrorMatchingInlineSnapshot(
      `[ShapeError: inner: expected equal last extents, got [2, 2] and [3]]`,
    );
    expect(() => addbmm(vector, batch, matrix)).toThrowErrorMatchingInlineSnapshot(
      `[ShapeError: addbmm: expected [batch, m, k] and [batch, k, n], got [2, 2, 2] and [2, 2]]`,
    );
  });

  it("give [] for two vectors of nothing", () => {
    expect(dot(zeros([0]), zeros([0])).item()).toBe(0);
  });
});

describe("what is added to a product", () => {
  const [a, b] = [numbers([2, 3]), numbers([3, 2])];

  it("is not read where it counts nothing", () => {
    close(addmm(full([2, 2], Number.NaN, "f64"), a, b, { beta: 0 }), matmul(a, b));
    expect(
      addmm(full([2], Number.NaN, "f64"), a, b)
        .values()
        .every(Number.isNaN),
    ).toBe(true);
  });

  it("must stretch to the product", () => {
    expect(() => addmm(zeros([3, 2]), a, b)).toThrowErrorMatchingInlineSnapshot(
      `[ShapeError: addmm: expected shapes that broadcast (equal extents, or 1, from the last axis), got [3, 2] and [2, 2]]`,
    );
    expect(() => addmm(zeros([1, 2, 2]), a, b)).toThrow();
  });
});

describe("tensordot", () => {
  it("sums over pairs of axes, and over what stretches", () => {
    const [a, b] = [numbers([2, 3]), numbers([2, 3])];
    close(tensordot(a, b), sum(mul(a, b)));
    close(tensordot(a, b, [[0], [0]]), matmul(transpose(a), b));
    const two = f64([1, 2]);
    expect(tensordot(two, two, 0).toArray()).toEqual([
      [1, 2],
      [2, 4],
    ]);
    const one = numbers([1]);
    close(tensordot(a, one, [[1], [0]]), mul(sum(a, { axis: 1 }), sum(one)));
  });

  it("throws for axes that are no pairs", () => {
    const a = zeros([2, 3]);
    expect(() => tensordot(a, a, 3)).toThrowErrorMatchingInlineSnapshot(
      `[ArgumentError: tensordot: expected at most 2 axes, got 3]`,
    );
    expect(() => tensordot(a, a, [[0], [0, 1]])).toThrowErrorMatchingInlineSnapshot(
      `[ArgumentError: tensordot: expected pairs of axes, each axis once, got [[0], [0, 1]]]`,
    );
    expect(() =>
      tensordot(a, a, [
        [0, 0],
        [0, 1],
      ]),
    ).toThrowErrorMatchingInlineSnapshot(
      `[ArgumentError: tensordot: expected pairs of axes, each axis once, got [[0, 0], [0, 1]]]`,
    );
    expect(() => tensordot(a, a, [[0], [1]])).toThrowErrorMatchingInlineSnapshot(
      `[ShapeError: tensordot: expected equal extents, or 1, at each pair of axes, got [2, 3] and [2, 3]]`,
    );
  });
});

describe("multiDot", () => {
  it("multiplies in the cheapest order, the textbook's", () => {
    const products: (readonly number[])[] = [];
    using _ = observe({
      operation: ({ op, inputs }) => {
        if (op.name === "matmul") products.push([...inputs[0].shape, inputs[1].shape[1]]);
      },
    });
    const extents = [30, 35, 15, 5, 10, 20, 25];
    const result = multiDot(extents.slice(1).map((n, k) => zeros([extents[k], n])));
    expect(result.shape).toEqual([30, 25]);
    // Cormen et al., section 15.2: 15,125 multiplications.
    expect(products.reduce((total, [m, k, n]) => total + m * k * n, 0)).toBe(15125);
  });

  it("does not recurse: thousands of matrices are no deeper than two", () => {
    const many = Array.from({ length: 300 }, () =>
      f64([
        [1, 1],
        [0, 1],
      ]),
    );
    expect(multiDot(many).toArray()).toEqual([
      [1, 300],
      [0, 1],
    ]);
  });

  it("throws for what cannot be multiplied", () => {
    expect(() => multiDot([zeros([2, 2])])).toThrowErrorMatchingInlineSnapshot(
      `[ArgumentError: multiDot: expected at least two tensors, got 1]`,
    );
    expect(() => multiDot([zeros([2, 2]), zeros([2]), zeros([2, 2])])).toThrowErrorMatchingInlineSnapshot(
      `[ShapeError: multiDot: expected matrices that can be multiplied, got [2, 2] and [2] and [2, 2]]`,
    );
  });
});

describe("kron", () => {
  it("aligns axes at the last", () => {
    expect(
      kron(
        f64([1, 2]),
        f64([
          [1, 10],
          [100, 0],
        ]),
      ).toArray(),
    ).toEqual([
      [1, 10, 2, 20],
      [100, 0, 200, 0],
    ]);
  });
});

describe("cross", () => {
  it("is orthogonal to both, and right-handed", () => {
    expect(cross(f64([1, 0, 0]), f64([0, 1, 0])).toArray()).toEqual([0, 0, 1]);
    const [a, b] = [numbers([3]), numbers([2, 3])];
    close(matmul(cross(a, b), a), zeros([2], "f64"));
    close(sum(mul(cross(a, b), b), { axis: 1 }), zeros([2], "f64"));
  });

  it("throws where the extent is not 3", () => {
    expect(() => cross(zeros([2]), zeros([2]))).toThrowErrorMatchingInlineSnapshot(
      `[ShapeError: cross: expected extent 3 at axis -1, got [2] and [2]]`,
    );
    expect(() => cross(zeros([1]), zeros([3]))).toThrow();
  });
});

it("multiplies whole numbers as such", () => {
  const x = tensor(Int32Array.of(1, 2, 3, 4), { shape: [2, 2] });
  expect(mm(x, x).dtype).toBe("i32");
  expect(mm(x, x).toArray()).toEqual([
    [7, 10],
    [15, 22],
  ]);
});

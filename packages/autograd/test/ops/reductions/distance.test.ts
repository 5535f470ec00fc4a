import { describe, expect, it } from "vitest";
import {
  cdist,
  cosineSimilarity,
  dist,
  pairwiseDistance,
  pdist,
  renorm,
  tensor,
  vecdot,
  zeros,
} from "../../../src/index.ts";
import { gradientOf } from "./gradient-of.ts";

const f64 = (values: Parameters<typeof tensor>[0]): ReturnType<typeof tensor> =>
  tensor(values, { dtype: "f64" });
const { POSITIVE_INFINITY: inf } = Number;
const close = (rows: readonly (readonly number[])[]): unknown =>
  rows.map((row) => row.map((value) => expect.closeTo(value, 13)));

// PyTorch 1.13: the first row equals one of the others, and has no gradient from it.
const others = f64([
  [1, 2],
  [4, 6],
]);

describe.each([
  [
    0,
    [
      [0, 2],
      [2, 2],
    ],
    [
      [0, 0],
      [0, 0],
    ],
  ],
  [
    1,
    [
      [0, 7],
      [3, 10],
    ],
    [
      [-1, -1],
      [-2, -2],
    ],
  ],
  [
    1.5,
    [
      [0, 5.584250376480029],
      [2.4472608147714756, 8.016377985376357],
    ],
    [
      [-0.7329564758289748, -0.8463452372482761],
      [-1.3456180869929, -1.7691536815974027],
    ],
  ],
  [
    2,
    [
      [0, 5],
      [2.23606797749979, 7.211102550927978],
    ],
    [
      [-0.6, -0.8],
      [-1.001913791725187, -1.7264774853377596],
    ],
  ],
  [
    3,
    [
      [0, 4.497941445275415],
      [2.080083823051904, 6.542132620377179],
    ],
    [
      [-0.4448513517305356, -0.7908468475209521],
      [-0.6049565745193839, -1.765613036039817],
    ],
  ],
  [
    inf,
    [
      [0, 4],
      [2, 6],
    ],
    [
      [0, -1],
      [0, -2],
    ],
  ],
])("distances of exponent %d", (p, values, gradient) => {
  const rows = [
    [1, 2],
    [0, 0],
  ];

  it("of two sets of rows", () => {
    expect(cdist(f64(rows), others, p).toArray()).toEqual(close(values));
    if (p > 0) expect(gradientOf((x) => cdist(x, others, p), rows)).toEqual(close(gradient));
  });

  it("of the pairs of one set", () => {
    const three = f64([
      [1, 2],
      [1, 2],
      [4, 6],
    ]);
    expect(pdist(three, p).toArray()).toEqual(
      [values[0][0], values[0][1], values[0][1]].map((value) => expect.closeTo(value, 13)),
    );
  });

  it("of corresponding rows", () => {
    expect(pairwiseDistance(f64([[1, 2]]), f64([[4, 6]]), { p, eps: 0 }).item()).toBeCloseTo(
      values[0][1],
      13,
    );
    expect(dist(f64([1, 2]), f64([4, 6]), p).item()).toBeCloseTo(values[0][1], 13);
  });
});

describe("distances", () => {
  it("of rows without elements are zero, of no rows nothing", () => {
    expect(cdist(zeros([2, 0]), zeros([1, 0]), inf).toArray()).toEqual([[0], [0]]);
    expect(cdist(zeros([0, 3]), zeros([2, 3])).shape).toEqual([0, 2]);
    expect([pdist(zeros([1, 3])).shape, pdist(zeros([0, 3])).shape]).toEqual([[0], [0]]);
  });

  it("of rows that are close do not cancel", () => {
    expect(cdist(f64([[1e8]]), f64([[1e8 + 1]])).item()).toBe(1);
  });

  it("keep an axis, and are never zero with eps", () => {
    const x = f64([
      [1, 2],
      [3, 4],
    ]);
    expect(pairwiseDistance(x, x, { keepDims: true }).shape).toEqual([2, 1]);
    expect(pairwiseDistance(x, x, { p: 1 }).toArray()).toEqual([2e-6, 2e-6]);
  });

  it("say what they need", () => {
    expect(() => cdist(zeros([2, 3]), zeros([2, 4]))).toThrowErrorMatchingInlineSnapshot(
      `[ShapeError: cdist: expected [..., n, k] and [..., m, k], got [2, 3] and [2, 4]]`,
    );
    expect(() => cdist(zeros([2, 3]), zeros([2, 3]), -1)).toThrowErrorMatchingInlineSnapshot(
      `[ArgumentError: cdist: expected an exponent that is not negative, got -1]`,
    );
    expect(() => pdist(zeros([2]))).toThrowErrorMatchingInlineSnapshot(
      `[ShapeError: pdist: expected [n, k], got [2]]`,
    );
  });
});

describe("the cosine of an angle", () => {
  it("is 0 for a zero vector, with PyTorch's gradient", () => {
    const [a, b] = [
      f64([
        [0, 0],
        [1, 2],
      ]),
      f64([
        [1, 2],
        [2, 4],
      ]),
    ];
    expect(cosineSimilarity(a, b).toArray()).toEqual([0, expect.closeTo(1, 15)]);
    expect(gradientOf((x) => cosineSimilarity(x, f64([[1, 2]])), [[0, 0]])).toEqual([
      [expect.closeTo(44721359.549995795, 6), expect.closeTo(89442719.09999159, 6)],
    ]);
  });

  it("counts its axis in the broadcast shape", () => {
    expect(cosineSimilarity(zeros([4, 3]), zeros([2, 1, 3]), { axis: 0 }).shape).toEqual([4, 3]);
    expect(cosineSimilarity(f64([3, 4]), f64([3, 4]), { axis: 0 }).item()).toBeCloseTo(1, 15);
  });
});

it("scales slices that are too long down to a norm", () => {
  const scaled = renorm(
    f64([
      [1, 2],
      [3, 4],
    ]),
    2,
    0,
    3,
  );
  expect(scaled.toArray()).toEqual([
    [1, 2],
    [expect.closeTo(1.799999964, 12), expect.closeTo(2.399999952, 12)],
  ]);
  expect(
    renorm(
      f64([
        [1, 2],
        [3, 4],
      ]),
      inf,
      -1,
      3,
    ).toArray(),
  ).toEqual([
    [1, expect.closeTo(1.5, 6)],
    [3, expect.closeTo(3, 6)],
  ]);
});

it("multiplies vectors with vectors", () => {
  expect(
    vecdot(
      f64([
        [1, 2],
        [3, 4],
      ]),
      f64([10, 1]),
    ).toArray(),
  ).toEqual([12, 34]);
  expect(
    vecdot(
      f64([
        [1, 2],
        [3, 4],
      ]),
      f64([10, 1]),
      0,
    ).toArray(),
  ).toEqual([40, 6]);
});

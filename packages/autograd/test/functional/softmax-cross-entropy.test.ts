import { describe, expect, it } from "vitest";
import {
  Generator,
  grad,
  logSoftmax,
  mul,
  neg,
  oneHot,
  randn,
  softmaxCrossEntropy,
  sum,
  type Tensor,
  tensor,
  vmap,
  zeros,
} from "../../src/index.ts";

const whole = (...values: number[]): Tensor => tensor(values, { dtype: "i32" });

/** By its definition. */
const composed = (x: Tensor, labels: Tensor): Tensor =>
  neg(sum(mul(logSoftmax(x), oneHot(labels, x.shape[1])), { axis: 1 }));

describe("softmaxCrossEntropy", () => {
  it.each([
    [3, 5],
    [40, 31],
  ])("is the logarithm of one share, and so is its gradient, for [%i, %i]", (rows, columns) => {
    const x = randn(new Generator(1), [rows, columns], "f64");
    const labels = whole(...Array.from({ length: rows }, (_, k) => (7 * k) % columns));
    const weights = randn(new Generator(2), [rows], "f64");
    const [found, expected] = [softmaxCrossEntropy, composed].map((loss) => [
      loss(x, labels).values(),
      grad((z: Tensor) => sum(mul(loss(z, labels), weights)))(x).values(),
    ]);
    found.forEach((values, k) => {
      values.forEach((value, i) => {
        expect(value).toBeCloseTo(expected[k][i], 13);
      });
    });
  });

  it("keeps the digits of a small loss and its gradient", () => {
    const x = tensor([0, 12], { dtype: "f32", shape: [1, 2] });
    const exact = Math.log1p(Math.exp(-12));
    expect(softmaxCrossEntropy(x, whole(1)).item()).toBe(Math.fround(exact));
    const slopes = grad((z: Tensor) => sum(softmaxCrossEntropy(z, whole(1))))(x).values();
    expect(slopes[1]).toBe(Math.fround(Math.expm1(-exact)));
  });

  it("maps over logits, labels, or both", () => {
    const x = randn(new Generator(3), [4, 3], "f64");
    const one = vmap((z: Tensor, label: Tensor) => softmaxCrossEntropy(z, label));
    const expected = softmaxCrossEntropy(x, whole(2, 1, 0, 2)).toArray();
    expect(one(x, whole(2, 1, 0, 2)).toArray()).toEqual(expected);
    const label = tensor(1, { dtype: "i32" });
    const slope = grad((z: Tensor) => softmaxCrossEntropy(z, label));
    const rows = grad((z: Tensor) => sum(softmaxCrossEntropy(z, whole(1, 1, 1, 1))))(x);
    expect(vmap(slope)(x).toArray()).toEqual(rows.toArray());
  });

  it("takes no lanes", () => {
    expect(softmaxCrossEntropy(zeros([0, 3]), tensor([], { dtype: "i32", shape: [0] })).shape).toEqual([0]);
  });

  it("refuses labels that do not fit", () => {
    const refused = [
      () => softmaxCrossEntropy(zeros([2, 3]), whole(0, 1, 2)),
      () => softmaxCrossEntropy(zeros([2, 3]), whole(0, 3)),
      () => softmaxCrossEntropy(zeros([2, 3]), tensor([0, 1])),
      () => softmaxCrossEntropy(zeros([]), whole()),
    ];
    const messages = refused.map((call) => {
      try {
        return `accepted: ${call()}`;
      } catch (error) {
        return String(error);
      }
    });
    expect(messages).toMatchInlineSnapshot(`
      [
        "ShapeError: softmaxCrossEntropy: expected a label for each lane along axis 1, got [2, 3] and [3]",
        "ArgumentError: softmaxCrossEntropy: expected positions from 0 to 2, got 3",
        "DtypeError: softmaxCrossEntropy: expected an index of i32, got f32",
        "ArgumentError: softmaxCrossEntropy: expected an axis of a tensor of rank 0, got -1",
      ]
    `);
  });
});

import { describe, expect, it } from "vitest";
import { corrcoef, cov, tensor, zeros } from "../../../src/index.ts";

const f64 = (values: Parameters<typeof tensor>[0]): ReturnType<typeof tensor> =>
  tensor(values, { dtype: "f64" });
const close = (rows: readonly (readonly number[])[]): unknown =>
  rows.map((row) => row.map((value) => expect.closeTo(value, 14)));
const x = f64([
  [1, 2, 4],
  [3, 1, 0],
]);

describe("covariances", () => {
  it("are PyTorch's, weighted too", () => {
    const weights = { fweights: tensor([1, 2, 1], { dtype: "i32" }), aweights: f64([0.5, 1, 2]) };
    expect(cov(x, weights).toArray()).toEqual(
      close([
        [1.857142857142857, -1.3571428571428572],
        [-1.3571428571428572, 1.2142857142857144],
      ]),
    );
    expect(cov(f64([1, 2, 3])).item()).toBe(1);
    expect(cov(f64([[1, 2]]), { correction: 2 }).item()).toBe(Number.POSITIVE_INFINITY);
    expect(cov(f64(3)).item()).toBeNaN();
  });

  it("with frequencies are those of observations made so often", () => {
    const often = f64([
      [1, 2, 2, 4],
      [3, 1, 1, 0],
    ]);
    expect(cov(x, { fweights: tensor([1, 2, 1], { dtype: "i32" }) }).toArray()).toEqual(
      close(cov(often).toArray() as number[][]),
    );
  });

  it("say what they need", () => {
    expect(() => cov(zeros([1, 2, 3]))).toThrowErrorMatchingInlineSnapshot(
      `[ShapeError: cov: expected [variables, observations] or [observations], got [1, 2, 3]]`,
    );
    expect(() => cov(x, { aweights: zeros([2]) })).toThrowErrorMatchingInlineSnapshot(
      `[ShapeError: cov: expected weights [3], got [2, 3] and [2]]`,
    );
  });
});

describe("correlations", () => {
  it("are PyTorch's, and NaN with a constant", () => {
    expect(corrcoef(x).toArray()).toEqual(
      close([
        [1, -0.9285714285714286],
        [-0.9285714285714286, 1],
      ]),
    );
    expect(
      corrcoef(
        f64([
          [1, 2, 3],
          [5, 5, 5],
        ]),
      ).toArray(),
    ).toEqual([
      [expect.closeTo(1, 14), Number.NaN],
      [Number.NaN, Number.NaN],
    ]);
    expect(corrcoef(f64([1, 2])).item()).toBeCloseTo(1, 14);
  });
});

import { describe, expect, it } from "vitest";
import {
  ArgumentError,
  backward,
  cholesky,
  choleskyEx,
  cond,
  det,
  GraphError,
  inv,
  invEx,
  linalgNorm,
  logdet,
  luFactor,
  luFactorEx,
  luSolve,
  matrixNorm,
  matrixPower,
  parameter,
  pinv,
  qr,
  ShapeError,
  slogdet,
  solve,
  solveEx,
  solveTriangular,
  sum,
  tensorinv,
  tensorsolve,
  zeros,
} from "../../../src/index.ts";
import { f64 } from "../../laws/samples.ts";

const singular = f64([
  [
    [2, 0],
    [0, 1],
  ],
  [
    [1, 2],
    [2, 4],
  ],
]);

describe("matrices without an inverse", () => {
  it("throw, and are named", () => {
    expect(() => inv(singular)).toThrow(ArgumentError);
    expect(() => inv(singular)).toThrowErrorMatchingInlineSnapshot(
      `[ArgumentError: inv: expected an invertible matrix at [1], got "a singular one: pivot 2 is 0"]`,
    );
    expect(() => solve(singular, zeros([2, 1], "f64"))).toThrowErrorMatchingInlineSnapshot(
      `[ArgumentError: solve: expected an invertible matrix at [1], got "a singular one: pivot 2 is 0"]`,
    );
    expect(() => luFactor(zeros([2, 2], "f64"))).toThrowErrorMatchingInlineSnapshot(
      `[ArgumentError: luFactor: expected a matrix of full rank, got "one whose pivot 1 is 0"]`,
    );
    expect(() => matrixPower(zeros([1, 1], "f64"), -1)).toThrowErrorMatchingInlineSnapshot(
      `[ArgumentError: inv: expected an invertible matrix, got "a singular one: pivot 1 is 0"]`,
    );
  });

  it("are reported where nothing is thrown", () => {
    expect(invEx(singular)[1].toArray()).toEqual([0, 2]);
    expect(solveEx(singular, zeros([2, 1], "f64"))[1].toArray()).toEqual([0, 2]);
    expect(luFactorEx(singular)[2].toArray()).toEqual([0, 2]);
    expect(slogdet(singular).map((x) => x.toArray())).toEqual([
      [1, 0],
      [Math.log(2), Number.NEGATIVE_INFINITY],
    ]);
    expect(cond(singular, { ord: 1 }).toArray()).toEqual([2, Number.POSITIVE_INFINITY]);
  });
});

describe("matrices without a Cholesky factor", () => {
  const indefinite = f64([
    [
      [1, 2],
      [2, 1],
    ],
  ]);

  it("throw, and are named", () => {
    expect(() => cholesky(indefinite)).toThrowErrorMatchingInlineSnapshot(
      `[ArgumentError: cholesky: expected a positive definite matrix at [0], got "one whose leading part of order 2 is not"]`,
    );
  });

  it("are NaN and reported where nothing is thrown", () => {
    const [factor, information] = choleskyEx(indefinite);
    expect(information.toArray()).toEqual([2]);
    expect(factor.values().every(Number.isNaN)).toBe(true);
  });
});

describe("what does not fit", () => {
  it("throws a ShapeError", () => {
    const wide = zeros([2, 3], "f64");
    for (const f of [inv, det, cholesky, slogdet]) expect(() => f(wide)).toThrow(ShapeError);
    expect(() => det(wide)).toThrowErrorMatchingInlineSnapshot(
      `[ShapeError: det: expected square matrices [..., n, n], got [2, 3]]`,
    );
    expect(() => qr(zeros([3], "f64"))).toThrowErrorMatchingInlineSnapshot(
      `[ShapeError: qr: expected matrices [..., m, n], got [3]]`,
    );
    expect(() => pinv(wide, { hermitian: true })).toThrowErrorMatchingInlineSnapshot(
      `[ShapeError: pinv: expected square matrices [..., n, n], got [2, 3]]`,
    );
    expect(() => solve(zeros([2, 2]), zeros([3, 1]))).toThrowErrorMatchingInlineSnapshot(
      `[ShapeError: solve: expected [..., n, n] and [..., n, k], got [2, 2] and [3, 1]]`,
    );
    expect(() => solveTriangular(zeros([2, 2]), zeros([2]))).toThrowErrorMatchingInlineSnapshot(
      `[ShapeError: solveTriangular: expected matrices [..., m, n], got [2]]`,
    );
    expect(() => luSolve(zeros([2, 2]), zeros([3], "i32"), zeros([2, 1]))).toThrowErrorMatchingInlineSnapshot(
      `[ShapeError: luSolve: expected [..., m, n] and [..., min(m, n)], got [2, 2] and [3]]`,
    );
    expect(() => tensorinv(zeros([2, 3]), { ind: 1 })).toThrowErrorMatchingInlineSnapshot(
      `[ShapeError: tensorinv: expected the first 1 axes to be as large as the others, got [2] and [3]]`,
    );
    expect(() => tensorsolve(zeros([2, 3]), zeros([2]))).toThrowErrorMatchingInlineSnapshot(
      `[ShapeError: tensorsolve: expected [...b, ...x] and [...b] with x as large as b, got [2, 3] and [2]]`,
    );
  });

  it("throws an ArgumentError", () => {
    const x = zeros([2, 2]);
    expect(() => matrixNorm(x, { ord: 3 })).toThrowErrorMatchingInlineSnapshot(
      `[ArgumentError: matrixNorm: expected "fro", "nuc", 1, -1, 2, -2, Infinity or -Infinity, got 3]`,
    );
    expect(() => matrixNorm(x, { axis: [0, 0] })).toThrowErrorMatchingInlineSnapshot(
      `[ArgumentError: matrixNorm: expected two different axes, got [0, 0]]`,
    );
    expect(() => linalgNorm(zeros([2, 2, 2]), { ord: 2 })).toThrowErrorMatchingInlineSnapshot(
      `[ArgumentError: linalgNorm: expected one axis for a norm of vectors, two for one of matrices, got [0, 1, 2]]`,
    );
    expect(() => matrixPower(x, 0.5)).toThrowErrorMatchingInlineSnapshot(
      `[ArgumentError: matrixPower: expected a whole exponent, got 0.5]`,
    );
    expect(() => tensorinv(x, { ind: 0 })).toThrowErrorMatchingInlineSnapshot(
      `[ArgumentError: tensorinv: expected a positive number of axes, got 0]`,
    );
  });

  it("throws where there is no derivative", () => {
    const tall = parameter(zeros([3, 1], "f64"));
    expect(() => qr(tall, { complete: true })).toThrow(GraphError);
    // All columns are determined where there are no more than those of the matrix.
    expect(() => backward(sum(qr(parameter(f64([[1, 2]])), { complete: true })[1]))).not.toThrow();
  });
});

it("says that a negative determinant has no logarithm", () => {
  expect(
    logdet(
      f64([
        [0, 1],
        [1, 0],
      ]),
    ).item(),
  ).toBeNaN();
});

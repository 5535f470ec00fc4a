import {
  add,
  diagonal,
  exp,
  mul,
  neg,
  select,
  sqrt,
  square,
  stack,
  sub,
  type Tensor,
  tensor,
} from "@isograd/autograd";
import { describe, expect, it } from "vitest";
import { leastSquares } from "../../physics/least-squares.ts";
import { covarianceAt, linearCovariance, spreadOf } from "../../physics/uncertainty.ts";

const f64 = { dtype: "f64" } as const;

/** Monomolecular adsorption, with certified values. @see NIST Statistical Reference Datasets, Misra1a */
const pressure = tensor(
  [77.6, 114.9, 141.1, 190.8, 239.9, 289.0, 332.8, 378.4, 434.8, 477.3, 536.8, 593.1, 689.1, 760.0],
  f64,
);
const volume = tensor(
  [10.07, 14.73, 17.94, 23.93, 29.61, 35.18, 40.02, 44.82, 50.76, 55.05, 61.01, 66.4, 75.47, 81.78],
  f64,
);
const misra = (b: Tensor): Tensor =>
  sub(volume, mul(select(b, 0, 0), sub(1, exp(neg(mul(select(b, 0, 1), pressure))))));

describe("least squares", () => {
  it("finds what the National Institute of Standards certifies, from both of its beginnings", () => {
    for (const start of [
      [500, 1e-4],
      [250, 5e-4],
    ]) {
      const found = leastSquares(misra, tensor(start, f64), { tolerance: 1e-14 });
      expect(found.converged).toBe(true);
      const [a, b] = found.point.values();
      expect(a / 2.3894212918e2).toBeCloseTo(1, 9);
      expect(b / 5.5015643181e-4).toBeCloseTo(1, 9);
      expect(found.squares / 1.2455138894e-1).toBeCloseTo(1, 10);
      const deviations = sqrt(mul(found.squares / 12, diagonal(linearCovariance(found)))).values();
      expect(deviations[0] / 2.7070075241).toBeCloseTo(1, 8);
      expect(deviations[1] / 7.2668688436e-6).toBeCloseTo(1, 8);
    }
  });

  it("goes nowhere where there is nothing, and says where it ended too early", () => {
    const rooted = (x: Tensor): Tensor => sub(sqrt(x), tensor([0.1], f64)); // NaN for negative numbers
    expect(leastSquares(rooted, tensor([4], f64)).point.item()).toBeCloseTo(0.01, 6);
    const early = leastSquares(misra, tensor([500, 1e-4], f64), { maxSteps: 1 });
    expect([early.steps, early.converged]).toEqual([1, false]);
  });
});

describe("uncertainty", () => {
  it("is exact where residuals are linear: the covariance of a line's intercept and slope", () => {
    const x = tensor([0, 1, 2, 3], f64);
    const line = (b: Tensor): Tensor =>
      sub(add(select(b, 0, 0), mul(select(b, 0, 1), x)), tensor([1, 2, 2, 4], f64));
    const found = leastSquares(line, tensor([0, 0], f64));
    const exact = [
      [0.7, -0.3],
      [-0.3, 0.2],
    ]; // the inverse of [[4, 6], [6, 14]]
    for (const covariance of [covarianceAt(line, found.point), linearCovariance(found)]) {
      const values = covariance.values();
      exact.flat().forEach((value, k) => {
        expect(values[k]).toBeCloseTo(value, 12);
      });
    }
    const ends = (b: Tensor): Tensor =>
      stack([select(b, 0, 0), add(select(b, 0, 0), mul(3, select(b, 0, 1)))]);
    const [left, right] = spreadOf(ends, found.point, covarianceAt(line, found.point)).values();
    expect(left).toBeCloseTo(Math.sqrt(0.7), 12);
    expect(right).toBeCloseTo(Math.sqrt(0.7), 12);
  });

  it("sees the bend that first derivatives do not", () => {
    const bent = (b: Tensor): Tensor =>
      stack([square(select(b, 0, 0)), select(b, 0, 0)].map((v, k) => sub(v, k === 0 ? 1 : 0)));
    const point = tensor([Math.SQRT1_2], f64); // where (b² - 1)² + b² is least; half of it bends by 6b² - 2 + 1
    expect(covarianceAt(bent, point).item()).toBeCloseTo(1 / (6 * 0.5 - 1), 12);
    expect(linearCovariance(leastSquares(bent, point)).item()).toBeCloseTo(1 / (4 * 0.5 + 1), 12);
  });
});

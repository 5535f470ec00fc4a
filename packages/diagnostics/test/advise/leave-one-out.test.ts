import { Generator, randn, tensor } from "@isograd/autograd";
import { expect, it } from "vitest";
import { LeaveOneOut } from "../../src/advise/leave-one-out.ts";

const grid = Array.from({ length: 12 }, (_, k) => [Math.cos(k * k), Math.sin(3 * k * k)]);
const features = tensor(grid, { dtype: "f64" });

/** What is left of each example when a ridge regression on the centred columns is fitted to the others: by Gaussian elimination of two unknowns. */
function byHand(targets: readonly number[], ridge: number): number {
  const centre = (values: readonly number[]): number[] => {
    const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
    return values.map((value) => value - mean);
  };
  const [a, b, y] = [grid.map(([u]) => u), grid.map(([, v]) => v), targets].map(centre);
  const dot = (u: readonly number[], v: readonly number[], without: number): number =>
    u.reduce((sum, value, k) => (k === without ? sum : sum + value * v[k]), 0);
  const size = (dot(a, a, -1) + dot(b, b, -1)) / y.length;
  let left = 0;
  y.forEach((value, k) => {
    const [p, q, r] = [dot(a, a, k) + ridge * size, dot(a, b, k), dot(b, b, k) + ridge * size];
    const [s, t] = [dot(a, y, k), dot(b, y, k)];
    const determinant = p * r - q * q;
    left += (value - (a[k] * (r * s - q * t) + b[k] * (p * t - q * s)) / determinant) ** 2;
  });
  return left / dot(y, y, -1);
}

it.each([
  [0.01, 0],
  [0.1, 0.7],
  [1, 3],
])("is what leaving out each example by hand gives, where a ridge of %f is the best", (best, noise) => {
  const targets = grid.map(([a, b], k) => a - 2 * b + noise * Math.cos(5 * k));
  const expected = byHand(targets, best);
  expect(expected).toBe(Math.min(...[0.01, 0.1, 1].map((ridge) => byHand(targets, ridge))));
  expect(new LeaveOneOut(features).shareOf(tensor(targets, { dtype: "f64" }))).toBeCloseTo(expected, 8);
});

it("leaves nothing of a straight line, and all of noise", () => {
  const fit = new LeaveOneOut(features);
  expect(fit.shareOf(tensor(grid.map(([a, b]) => 3 * a - b + 7)))).toBeLessThan(0.001);
  expect(fit.shareOf(randn(new Generator("noise"), [12, 40]))).toBeGreaterThan(0.9);
});

it("says nothing where all are alike, or not finite", () => {
  expect(new LeaveOneOut(tensor([[1], [1], [1]])).shareOf(tensor([1, 2, 3]))).toBeNaN();
  expect(new LeaveOneOut(features).shareOf(tensor(new Float32Array(12)))).toBeNaN();
  expect(new LeaveOneOut(tensor([[1], [Infinity], [2]])).shareOf(tensor([1, 2, 3]))).toBeNaN();
});

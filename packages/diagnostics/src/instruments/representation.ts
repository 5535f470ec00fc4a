import { cast, eigvalsh, matmul, type Tensor, transpose } from "@isograd/autograd";

/** The inner products of the examples, as a layer shows them, row by row: [n · n]. */
export interface ExampleProducts {
  readonly n: number;
  readonly products: Float64Array;
  /** The same once the mean over the examples is taken out. */
  readonly centred: Float64Array;
}

/** @param matrix [n, features] */
export function exampleProducts(matrix: Tensor): ExampleProducts {
  const n = matrix.shape[0];
  const wide = cast(matrix, "f64");
  const products = Float64Array.from(matmul(wide, transpose(wide)).values());
  return { n, products, centred: centre(products, n) };
}

function centre(products: Float64Array, n: number): Float64Array {
  const means = Array.from({ length: n }, (_, i) => sum(products.subarray(i * n, i * n + n)) / n);
  const mean = sum(means) / n;
  return products.map((value, at) => value - means[Math.floor(at / n)] - means[at % n] + mean);
}

function sum(values: ArrayLike<number>): number {
  let total = 0;
  for (let i = 0; i < values.length; i++) total += values[i];
  return total;
}

/** The squared singular values of [n, features], from the smaller of its two products with itself: to 1e-16 of the largest. */
export function squaredSingularValues(matrix: Tensor): number[] {
  const wide = cast(matrix, "f64");
  const [n, features] = wide.shape;
  const square = n <= features ? matmul(wide, transpose(wide)) : matmul(transpose(wide), wide);
  return Array.from(eigvalsh(square).values(), (value) => Math.max(value, 0));
}

/** exp of the entropy of the singular values as shares of their sum. @see Roy, Vetterli 2007, "The effective rank" */
export function effectiveRank(squares: readonly number[]): number {
  const values = squares.map(Math.sqrt);
  const total = sum(values);
  if (total === 0) return Number.NaN;
  return Math.exp(-sum(values.map((value) => (value === 0 ? 0 : (value / total) * Math.log(value / total)))));
}

/** ‖A‖²_F/‖A‖²₂. */
export const stableRank = (squares: readonly number[]): number => sum(squares) / Math.max(...squares);

/** (tr C)²/tr C² of the covariance C of the features. */
export function participationRatio({ centred, n }: ExampleProducts): number {
  let [trace, square] = [0, 0];
  for (let i = 0; i < n; i++) trace += centred[i * n + i];
  for (const value of centred) square += value * value;
  return (trace * trace) / square;
}

/** The mean cosine of two examples, about the origin. */
export function meanCosine({ products, n }: ExampleProducts): number {
  let total = 0;
  for (let i = 0; i < n; i++)
    for (let j = 0; j < i; j++)
      total += products[i * n + j] / Math.sqrt(products[i * n + i]) / Math.sqrt(products[j * n + j]);
  return total / ((n * (n - 1)) / 2);
}

/** Linear centred kernel alignment, from 0 to 1. @see Kornblith et al. 2019, "Similarity of neural network representations revisited" */
export function alignmentBetween(a: ExampleProducts, b: ExampleProducts): number {
  let [both, first, second] = [0, 0, 0];
  for (let i = 0; i < a.centred.length; i++) {
    both += a.centred[i] * b.centred[i];
    first += a.centred[i] ** 2;
    second += b.centred[i] ** 2;
  }
  return both / Math.sqrt(first) / Math.sqrt(second);
}

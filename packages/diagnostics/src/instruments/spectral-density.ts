import { Generator, type Tree } from "@isograd/autograd";
import type { Batch, Loss, Model } from "../trace/trace.ts";
import { hessianOf } from "./hessian.ts";
import { Lanczos } from "./lanczos.ts";
import { checkCount } from "./options.ts";
import { tridiagonalEigen } from "./tridiagonal.ts";
import { gaussianVector } from "./vectors.ts";

export interface SpectralDensityOptions {
  /** Which tracked leaves to differentiate by; default all that the loss depends on. */
  readonly parameters?: Tree;
  /** Random vectors that the density is the mean over; default 8. */
  readonly probes?: number;
  /** Products with the Hessian for each; default 40. */
  readonly steps?: number;
  readonly seed?: number | string;
}

/** The eigenvalues of the Hessian as a distribution: weights at places, the weights summing to 1. */
export interface SpectralDensity {
  /** Ascending; in units of the loss over those of the parameters squared. */
  readonly values: readonly number[];
  readonly weights: readonly number[];
  /** How many parameters there are: this many eigenvalues the distribution stands for. */
  readonly size: number;
  /** The share of eigenvalues below `value`. */
  shareBelow(value: number): number;
  /** The density around `value`, each place widened to a normal law of deviation `width`; per unit of the eigenvalues. */
  at(value: number, width: number): number;
}

/**
 * Measures how the eigenvalues of the Hessian are distributed, by stochastic Lanczos quadrature.
 *
 * Each probe gives the Gauss quadrature of the spectrum as its vector sees it: its first 2·steps - 1 moments are exact for that vector. The mean over
 * probes has a relative error of about √(2/(probes · parameters)).
 *
 * @throws as `sharpness`
 * @see Golub, Welsch 1969; Ghorbani, Krishnan, Xiao 2019, "An investigation into neural net optimization via Hessian eigenvalue density"
 * @example
 * const w = parameter([1, 1, 1, 1]);
 * const bowl = () => sum(square(w));
 * const { values, weights } = spectralDensity(bowl, batch, (x) => x, { probes: 1 });
 * values; // [2.000]
 * weights; // [1.000]
 */
export function spectralDensity(
  model: Model,
  batch: Batch,
  loss: Loss,
  options: SpectralDensityOptions = {},
): SpectralDensity {
  const { probes = 8, steps = 40, seed = 0 } = options;
  checkCount("spectralDensity", "probes", probes, 1);
  checkCount("spectralDensity", "steps", steps, 1);
  const hessian = hessianOf("spectralDensity", { model, batch, loss }, options.parameters);
  const generator = new Generator(seed).fork("probes");
  const points: { readonly value: number; readonly weight: number }[] = [];
  for (let probe = 0; probe < probes; probe++) {
    const process = new Lanczos(hessian, gaussianVector(generator, hessian.size));
    while (!process.isClosed && process.basis.length < steps) process.step();
    const { values, rows } = tridiagonalEigen(process.diagonal, process.below, [0]);
    for (const [k, value] of values.entries()) points.push({ value, weight: rows[0][k] ** 2 / probes });
  }
  points.sort((a, b) => a.value - b.value);
  return {
    values: points.map(({ value }) => value),
    weights: points.map(({ weight }) => weight),
    size: hessian.size,
    shareBelow: (edge) => points.reduce((sum, { value, weight }) => sum + (value < edge ? weight : 0), 0),
    at: (place, width) =>
      points.reduce((sum, { value, weight }) => sum + weight * normalDensity((place - value) / width), 0) /
      width,
  };
}

const normalDensity = (z: number): number => Math.exp((-z * z) / 2) / Math.sqrt(2 * Math.PI);

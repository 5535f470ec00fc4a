import type { Batch, Loss, Model } from "../trace/trace.ts";
import { type GradientGroupOptions, gradientProducts, sumOfProducts } from "./gradient-products.ts";

export interface GradientConfusion {
  /** The smallest inner product of two gradients, in units of the loss over those of the parameters, squared: -η of the paper where negative. */
  readonly smallestProduct: number;
  /** The smallest cosine of two gradients, from -1 to 1; NaN where fewer than two differ from zero. */
  readonly smallestCosine: number;
  readonly meanCosine: number;
  /** The share of pairs that point against each other: a step for one undoes the other. */
  readonly conflicting: number;
  /** Σ|g|²/|Σg|²: 1/n for n equal gradients, 1 for orthogonal ones, larger where they cancel. @see Yin et al. 2018, "Gradient diversity" */
  readonly diversity: number;
  readonly groups: number;
  readonly groupSize: number;
}

/**
 * Measures how far the gradients of different examples, or groups of them, point against each other.
 *
 * @throws as `gradientNoise`
 * @see Sankararaman et al. 2020, "The impact of neural network overparameterization on gradient confusion and stochastic gradient descent"
 * @example
 * const w = parameter([0]);
 * const samples = { inputs: tensor([[1], [2], [-1]]), targets: tensor([0, 0, 0]) };
 * const { smallestProduct, smallestCosine, diversity } = gradientConfusion((x) => mul(w, x), samples, (y) => mean(y));
 * smallestProduct; // -2
 * smallestCosine; // -1
 * diversity; // 1.500
 */
export function gradientConfusion(
  model: Model,
  batch: Batch,
  loss: Loss,
  options: GradientGroupOptions = {},
): GradientConfusion {
  const found = gradientProducts("gradientConfusion", { model, batch, loss }, options);
  const { groups: n, groupSize } = found;
  const products = sumOfProducts(found.products);
  const norms = Array.from({ length: n }, (_, i) => Math.sqrt(products[i * n + i]));
  let [smallestProduct, smallestCosine] = [Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY];
  let [cosines, pairs, against, whole] = [0, 0, 0, 0];
  for (let i = 0; i < n; i++)
    for (let j = 0; j < i; j++) {
      const product = products[i * n + j];
      smallestProduct = Math.min(smallestProduct, product);
      whole += 2 * product;
      if (product < 0) against++;
      if (norms[i] === 0 || norms[j] === 0) continue; // a zero gradient has no direction
      const cosine = product / norms[i] / norms[j];
      smallestCosine = Math.min(smallestCosine, cosine);
      cosines += cosine;
      pairs++;
    }
  const squares = norms.reduce((sum, norm) => sum + norm * norm, 0);
  return {
    smallestProduct,
    smallestCosine: pairs === 0 ? Number.NaN : Math.max(-1, smallestCosine),
    meanCosine: cosines / pairs,
    conflicting: against / ((n * (n - 1)) / 2),
    diversity: squares / (whole + squares),
    groups: n,
    groupSize,
  };
}

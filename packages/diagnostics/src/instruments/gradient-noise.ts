import type { Tensor } from "@isograd/autograd";
import type { Batch, Loss, Model } from "../trace/trace.ts";
import { type GradientGroupOptions, gradientProducts, sumOfProducts } from "./gradient-products.ts";
import { type NoiseStatistics, noiseStatistics } from "./noise-statistics.ts";

/** The same for one parameter. */
export interface ParameterNoise extends NoiseStatistics {
  readonly parameter: Tensor;
}

export interface GradientNoise extends NoiseStatistics {
  /** In the order in which they were made, or that of the option `parameters`. */
  readonly parameters: readonly ParameterNoise[];
  readonly groups: number;
  readonly groupSize: number;
}

/**
 * Measures the simple noise scale of the gradient, tr Σ/|G|² in examples, from the gradients of single examples or of small groups.
 *
 * Batches well below it average noise away, batches well above it waste examples. The loss is taken to be a mean over examples, or a sum: a
 * factor on it changes nothing. All examples are passed through by themselves, and their gradients are kept in memory until all are there.
 *
 * @throws ArgumentError if model, batch, loss or options are none, the loss depends on no tracked parameter, the targets are not one an example, or there are fewer
 * than two groups; ShapeError if the batch is empty or the loss has several elements; what model and loss throw
 * @see McCandlish, Kaplan, Amodei 2018, "An empirical model of large-batch training"
 * @example
 * const w = parameter([0]);
 * const samples = { inputs: tensor([[1], [2], [3], [6]]), targets: tensor([0, 0, 0, 0]) };
 * const { signal, noise, noiseScale } = gradientNoise((x) => mul(w, x), samples, (y) => mean(y));
 * noise; // 4.667
 * signal; // 7.833
 * noiseScale; // 0.5957
 */
export function gradientNoise(
  model: Model,
  batch: Batch,
  loss: Loss,
  options: GradientGroupOptions = {},
): GradientNoise {
  const { groups, groupSize, parameters, products } = gradientProducts(
    "gradientNoise",
    { model, batch, loss },
    options,
  );
  return {
    ...noiseStatistics(sumOfProducts(products), groups, groupSize),
    parameters: parameters.map((parameter, k) => ({
      parameter,
      ...noiseStatistics(products[k], groups, groupSize),
    })),
    groups,
    groupSize,
  };
}

import type { Tensor } from "@isograd/autograd";

/** What is thought of n numbers that are not known: a distribution for each. */
export interface Forecast {
  /** [n] */
  readonly mean: Tensor;
  /** For numbers [n], one from each distribution: [n] */
  logDensity(y: Tensor): Tensor;
  /** The probabilities of a number up to y: [n] for y [n] */
  below(y: Tensor): Tensor;
}

/** Rows whose answers are known. */
export interface Known {
  /** [n, features] */
  readonly inputs: Tensor;
  /** [n] */
  readonly targets: Tensor;
}

import type { Tensor } from "@isograd/autograd";
import type { Batch, Model } from "../trace/trace.ts";
import type { Candidate } from "./candidate.ts";
import type { Step } from "./contestant.ts";

/** What a network of a candidate has to be like. */
export interface Blueprint {
  /** Outputs of the layer in front that a unit takes: 2 for a gate, whose layers in front are twice as wide. */
  readonly inputsPerUnit: 1 | 2;
  /** σw²: weights are to be drawn from N(0, σw²/fanIn). */
  readonly weightVariance: number;
  /** Of the draws: networks of two candidates with one seed are to begin alike. */
  readonly seed: number | string;
}

/** Builds a network with an activation behind its hidden layers; throws an error of ours where it does not fit. */
export type ModelFactory = (activation: Candidate, blueprint: Blueprint) => Model;

export interface AdviceOptions {
  /** The way: theory alone, a look at a batch, training side by side, or training by lot. */
  readonly by: "model" | "data" | "competition" | "stochastic";
  /** Default: `adviceCandidates`. */
  readonly candidates?: readonly Candidate[];
  /** Networks that a candidate is tried on; default 2. */
  readonly networks?: number;
  /** Of all that is drawn; default 0. */
  readonly seed?: number | string;
  /** What candidates that train are compared on; default: the last fifth of the batches, on which nobody trains then. */
  readonly heldOut?: readonly Batch[];
  /** How good an output is, larger is better; default: minus the loss. */
  readonly measure?: (output: Tensor, targets: Tensor) => number;
  /** Of a full training; default: one a batch. */
  readonly steps?: number;
  /** Share of what training every candidate in full would take; default 1/4. */
  readonly budget?: number;
}

export interface FactoryOptions extends AdviceOptions {
  /** Makes of a model what takes one step on a batch and returns the loss before it: for the two ways that train. */
  readonly train?: (model: Model) => Step;
}

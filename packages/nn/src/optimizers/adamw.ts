import { type AdamOptions, type AdamState, moments } from "./adam.ts";
import type { Optimizer } from "./optimizer.ts";
import { type OptimizerClass, optimizerClass } from "./optimizer-class.ts";
import type { GradientTransform } from "./transform.ts";

export interface AdamWOptions extends AdamOptions {
  /** Takes learningRate times so much of each parameter off, whatever its gradient; default 0.01. */
  readonly weightDecay?: number;
}

/**
 * Adam with decoupled weight decay, as a transform.
 *
 * @throws ArgumentError if a learning rate, eps or weight decay is negative or a beta lies outside [0, 1)
 * @see Loshchilov, Hutter 2019, "Decoupled weight decay regularization"; torch.optim.AdamW
 */
export const adamw = ({ weightDecay = 0.01, ...options }: AdamWOptions = {}): GradientTransform<AdamState> =>
  moments("adamw", options, weightDecay);

/** The optimizer of `adamw`. @see torch.optim.AdamW */
export const AdamW: OptimizerClass<AdamWOptions, AdamState> = /* @__PURE__ */ optimizerClass("AdamW", adamw);
export type AdamW = Optimizer<AdamState>;

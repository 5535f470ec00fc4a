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
 * @example
 * const weight = parameter([1, 1]);
 * weight.grad = tensor([3, -0.3]);
 * new Optimizer([weight], adamw({ learningRate: 0.1, weightDecay: 0.5 })).step();
 * weight; // [0.85, 1.05]
 */
export const adamw = ({ weightDecay = 0.01, ...options }: AdamWOptions = {}): GradientTransform<AdamState> =>
  moments("adamw", options, weightDecay);

/**
 * The optimizer of `adamw`.
 *
 * @see torch.optim.AdamW
 * @example
 * const optimizer = new AdamW(model.parameters(), { learningRate: 0.05 });
 * const { losses } = await fit({ model, loss: mseLoss, optimizer, data, epochs: 50 });
 * losses[99] < losses[0] / 10; // true
 */
export const AdamW: OptimizerClass<AdamWOptions, AdamState> = /* @__PURE__ */ optimizerClass("AdamW", adamw);
export type AdamW = Optimizer<AdamState>;

import type { GradientTransform, Module, Optimizer } from "@isograd/nn";
import type { Remedy } from "../remedy.ts";
import type { Batch } from "../trace/trace.ts";

/** A model under treatment, and what its optimizer shall do besides. */
export interface Treatment {
  /** A clone of the model that was diagnosed. */
  readonly model: Module;
  /** Put in front of the optimizer, such as clipping; null for none. */
  gradientTransform: GradientTransform | null;
  /** On the learning rate. */
  learningRateFactor: number;
  /** The batch that was diagnosed, for what is set from data. */
  readonly batch: Batch;
  readonly seed: number | string;
}

/** Makes the optimizer that the treatment asks for: its model's parameters, its transform in front, its factor on the learning rate. */
export type OptimizerFactory = (treatment: Treatment) => Optimizer;

/**
 * Applies a remedy to a clone of `model`.
 *
 * @example
 * const [, remedy] = replaceActivation(sigmoid, [tanh]);
 * diagnose(treat(model, remedy, { batch }).model, batch, crossEntropy).verdict; // "healthy"
 * diagnose(model, batch, crossEntropy).verdict; // "vanishing"
 */
export function treat(
  model: Module,
  remedy: Remedy<Treatment>,
  { batch, seed = 0 }: { readonly batch: Batch; readonly seed?: number | string },
): Treatment {
  const treatment: Treatment = {
    model: model.clone(),
    gradientTransform: null,
    learningRateFactor: 1,
    batch,
    seed,
  };
  remedy.apply(treatment);
  return treatment;
}

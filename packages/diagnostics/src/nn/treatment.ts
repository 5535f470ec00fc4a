import { chain, type GradientTransform, type Module, Optimizer } from "@isograd/nn";
import type { Remedy } from "../remedy.ts";
import type { Batch } from "../trace/trace.ts";

/** A model under treatment, and what becomes of the steps besides. */
export interface Treatment {
  /** A clone of the model that was diagnosed. */
  readonly model: Module;
  /** Put in front of the optimizer, such as clipping; null for none. */
  gradientTransform: GradientTransform | null;
  /** On the learning rate. */
  learningRateFactor: number;
  /** Whether the optimizer clips as it does without treatment: one that clips looks here. */
  clips: boolean;
  /** Makes an optimizer in place of the usual one; null for that. */
  optimizer: OptimizerFactory | null;
  /** The batch that was diagnosed, for what is set from data. */
  readonly batch: Batch;
  readonly seed: number | string;
}

/** Makes the usual optimizer for the model of a treatment; whatever else that asks for is put around it. */
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
    clips: true,
    optimizer: null,
    batch,
    seed,
  };
  remedy.apply(treatment);
  return treatment;
}

/**
 * The optimizer of a treatment: the usual one or what takes its place, with the transform in front and the factor on its learning rates.
 *
 * @example
 * const treatment = treat(model, scaleLearningRate([0.1])[0], { batch });
 * optimizerOf(treatment, ({ model: own }) => new SGD(own.parameters(), { learningRate: 0.5 })).learningRate; // 0.05
 */
export function optimizerOf(treatment: Treatment, makeOptimizer: OptimizerFactory): Optimizer {
  const { gradientTransform, learningRateFactor, optimizer } = treatment;
  const usual = (optimizer ?? makeOptimizer)(treatment);
  const made =
    gradientTransform === null
      ? usual
      : new Optimizer(usual.parameters, chain(gradientTransform, usual.transform), [
          gradientTransform.init(usual.parameters),
          usual.state,
        ]);
  if (learningRateFactor !== 1)
    made.learningRates = made.learningRates.map((rate) => rate * learningRateFactor);
  return made;
}

import {
  backward,
  Generator,
  indexSelect,
  NonFiniteError,
  noGrad,
  type Tensor,
  tensor,
  zeros,
} from "@isograd/autograd";
import { meanOf } from "../statistics.ts";
import type { Batch, Loss } from "../trace/trace.ts";
import type { OptimizerFactory, Treatment } from "./treatment.ts";

/** What a few training steps showed. */
export interface Trial {
  /** The loss before each step; shorter than the trial where it stopped being finite. */
  readonly losses: readonly number[];
  readonly finite: boolean;
  /** Mean loss over the last third of the steps; NaN where the trial broke off, as are those below. */
  readonly loss: number;
  /** At the end, over the batches of the last third. */
  readonly finalLoss: number;
  /** The same with the targets of each batch shuffled: what a model reaches that does not tell its examples apart. */
  readonly shuffledLoss: number;
  /** The same for an output of zeros: what a model reaches that knows nothing; NaN where the loss does not take that. */
  readonly uninformedLoss: number;
}

/**
 * Trains a treated clone for one step a batch.
 *
 * @example
 * const treatment = treat(model, replaceActivation(sigmoid, [tanh])[1], { batch });
 * const makeOptimizer: OptimizerFactory = ({ model: own }) => new Adam(own.parameters(), { learningRate: 0.01 });
 * const { finite, losses } = runTrial(treatment, trialBatches, crossEntropy, makeOptimizer);
 * [finite, losses.length]; // [true, 30]
 */
export function runTrial(
  treatment: Treatment,
  batches: readonly Batch[],
  loss: Loss,
  makeOptimizer: OptimizerFactory,
): Trial {
  const { model, seed } = treatment;
  const optimizer = makeOptimizer(treatment);
  const losses: number[] = [];
  try {
    for (const { inputs, targets } of batches) {
      optimizer.zeroGrad();
      const value = loss(model.call(inputs), targets);
      if (!Number.isFinite(value.item())) return broken(losses);
      losses.push(value.item());
      backward(value);
      optimizer.step();
    }
  } catch (error) {
    if (error instanceof NonFiniteError) return broken(losses);
    throw error;
  }
  const lastThird = Math.floor((2 * losses.length) / 3);
  const generator = new Generator(seed).fork("shuffle");
  const compared = noGrad(() =>
    batches.slice(lastThird).map(({ inputs, targets }) => {
      const output = model.call(inputs);
      const own = loss(output, targets).item();
      const permuted = loss(output, shuffled(targets, generator)).item();
      return { own, permuted, uninformed: loss(zeros(output.shape, output.dtype), targets).item() };
    }),
  );
  const averageOf = (of: (losses: (typeof compared)[number]) => number): number => meanOf(compared.map(of));
  return {
    losses,
    finite: true,
    loss: meanOf(losses.slice(lastThird)),
    finalLoss: averageOf(({ own }) => own),
    shuffledLoss: averageOf(({ permuted }) => permuted),
    uninformedLoss: averageOf(({ uninformed }) => uninformed),
  };
}

const broken = (losses: readonly number[]): Trial => ({
  losses,
  finite: false,
  loss: Number.NaN,
  finalLoss: Number.NaN,
  shuffledLoss: Number.NaN,
  uninformedLoss: Number.NaN,
});

function shuffled(targets: Tensor, generator: Generator): Tensor {
  if (targets.rank === 0) return targets;
  return indexSelect(targets, 0, tensor(generator.permutation(targets.shape[0])));
}

/** By what part of another loss one must lie below it. */
const clearly = 0.05;

const isBelow = (loss: number, other: number): boolean => other - loss > clearly * Math.abs(other);

/**
 * Whether the model learnt to tell its examples apart: at the end clearly better on its targets than on shuffled ones, and than an output of
 * zeros.
 *
 * @example
 * const makeOptimizer: OptimizerFactory = ({ model: own }) => new Adam(own.parameters(), { learningRate: 0.01 });
 * const treated = treat(model, replaceActivation(sigmoid, [tanh])[1], { batch });
 * hasLearnt(runTrial(treated, trialBatches, crossEntropy, makeOptimizer)); // true
 * const clipped = treat(model, clipGradients()[0], { batch });
 * hasLearnt(runTrial(clipped, trialBatches, crossEntropy, makeOptimizer)); // false
 */
export function hasLearnt({ finite, finalLoss, shuffledLoss, uninformedLoss }: Trial): boolean {
  const knowsMore = !Number.isFinite(uninformedLoss) || isBelow(finalLoss, uninformedLoss);
  return finite && knowsMore && isBelow(finalLoss, shuffledLoss);
}

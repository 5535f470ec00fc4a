import { Generator, indexSelect, noGrad, type Tensor, tensor, zeros } from "@isograd/autograd";
import { meanOf } from "../statistics.ts";
import type { Batch, Loss } from "../trace/trace.ts";
import type { OptimizerFactory, Treatment } from "./treatment.ts";
import { TrialRun } from "./trial-run.ts";

/** What a few training steps showed. */
export interface Trial {
  /** The loss before each step; shorter than the trial where it stopped being finite. */
  readonly losses: readonly number[];
  readonly finite: boolean;
  /** At the end, over the batches that it is judged by; NaN where the trial broke off, as are those below. */
  readonly finalLoss: number;
  /** The same with the targets of each batch shuffled: what a model reaches that does not tell its examples apart. */
  readonly shuffledLoss: number;
  /** The same for an output of zeros: what a model reaches that knows nothing; NaN where the loss does not take that. */
  readonly uninformedLoss: number;
}

/**
 * Trains a treated clone for one step a batch.
 *
 * @param heldOut what it is judged by in the end; default: the last third of `batches`
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
  heldOut: readonly Batch[] = batches.slice(Math.floor((2 * batches.length) / 3)),
): Trial {
  const run = new TrialRun(treatment, loss, makeOptimizer);
  run.advance(batches);
  return judgeTrial(run, heldOut, loss);
}

/** How far a run has come, by batches that it does not learn from. */
export function judgeTrial(
  { treatment: { model, seed }, losses, finite }: TrialRun,
  heldOut: readonly Batch[],
  loss: Loss,
): Trial {
  const generator = new Generator(seed).fork("shuffle");
  const compared = !finite
    ? []
    : noGrad(() =>
        heldOut.map(({ inputs, targets }) => {
          const output = model.call(inputs);
          return {
            own: loss(output, targets).item(),
            permuted: loss(output, shuffled(targets, generator)).item(),
            uninformed: loss(zeros(output.shape, output.dtype), targets).item(),
          };
        }),
      );
  const averageOf = (of: (losses: (typeof compared)[number]) => number): number => meanOf(compared.map(of));
  const finalLoss = averageOf(({ own }) => own);
  return {
    losses: [...losses],
    finite: finite && Number.isFinite(finalLoss),
    finalLoss: Number.isFinite(finalLoss) ? finalLoss : Number.NaN,
    shuffledLoss: averageOf(({ permuted }) => permuted),
    uninformedLoss: averageOf(({ uninformed }) => uninformed),
  };
}

function shuffled(targets: Tensor, generator: Generator): Tensor {
  if (targets.rank === 0) return targets;
  return indexSelect(targets, 0, tensor(generator.permutation(targets.shape[0])));
}

/** By what part of another loss one must lie below it: to have learnt, and to leave nobody in doubt. */
const [clearly, plainly] = [0.05, 0.25];

const isBelow = (loss: number, other: number, part: number): boolean => other - loss > part * Math.abs(other);

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
export const hasLearnt = (trial: Trial): boolean => liesBelow(trial, clearly);

/** Whether it learnt so much that more steps are not needed to see it. */
export const hasLearntPlainly = (trial: Trial): boolean => liesBelow(trial, plainly);

function liesBelow({ finite, finalLoss, shuffledLoss, uninformedLoss }: Trial, part: number): boolean {
  const knowsMore = !Number.isFinite(uninformedLoss) || isBelow(finalLoss, uninformedLoss, part);
  return finite && knowsMore && isBelow(finalLoss, shuffledLoss, part);
}

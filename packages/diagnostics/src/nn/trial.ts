import {
  backward,
  Generator,
  indexSelect,
  NonFiniteError,
  noGrad,
  type Tensor,
  tensor,
} from "@isograd/autograd";
import { meanOf } from "../statistics.ts";
import type { Batch, Loss } from "../trace/trace.ts";
import type { OptimizerFactory, Treatment } from "./treatment.ts";

/** What a few training steps showed. */
export interface Trial {
  /** The loss before each step; shorter than the trial where it stopped being finite. */
  readonly losses: readonly number[];
  readonly finite: boolean;
  /** Mean loss over the last third of the steps; NaN where the trial broke off. */
  readonly loss: number;
  /** The loss at the end with the targets of the last batch shuffled: what a model reaches that does not tell its examples apart. */
  readonly shuffledLoss: number;
}

/** Trains a treated clone for one step a batch. */
export function runTrial(
  treatment: Treatment,
  batches: readonly Batch[],
  loss: Loss,
  makeOptimizer: OptimizerFactory,
): Trial {
  const { model } = treatment;
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
  const { inputs, targets } = batches[batches.length - 1];
  const shuffledLoss = noGrad(() => loss(model.call(inputs), shuffled(targets, treatment.seed)).item());
  return {
    losses,
    finite: true,
    loss: meanOf(losses.slice(Math.floor((2 * losses.length) / 3))),
    shuffledLoss,
  };
}

const broken = (losses: readonly number[]): Trial => ({
  losses,
  finite: false,
  loss: Number.NaN,
  shuffledLoss: Number.NaN,
});

function shuffled(targets: Tensor, seed: number | string): Tensor {
  return indexSelect(targets, 0, tensor(new Generator(seed).fork("shuffle").permutation(targets.shape[0])));
}

/** Whether the model learnt to tell its examples apart: clearly better, at the end, on its targets than on shuffled ones. */
export function hasLearnt({ finite, loss, shuffledLoss }: Trial): boolean {
  return finite && loss < 0.95 * shuffledLoss;
}

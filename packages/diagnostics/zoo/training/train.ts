import { backward, Generator, type Tensor } from "@isograd/autograd";
import type { Module, Optimizer } from "@isograd/nn";
import type { Trainee } from "../trainee.ts";
import { batchesOf, type TrainingBatch } from "./batches.ts";
import { objective } from "./objective.ts";
import { optimizerOf, paceAt } from "./optimizer.ts";
import { heldOutScore } from "./score.ts";

/** The network of a trainee as it begins; where the setting says so it was trained already, without anybody watching. */
export function modelOf(trainee: Trainee): Module {
  const { family, setting, task, seed } = trainee;
  const model = family.build(setting, task, new Generator(seed).fork("model"));
  if (setting.preparation === "trained") train({ ...trainee, seed: `${seed}/before` }, model);
  return model;
}

/** The batches of a trainee in the order in which it sees them, without end. */
export const trainingBatches = ({ task, setting, seed }: Trainee): Iterator<TrainingBatch, never> =>
  batchesOf(task.training, setting.batch, new Generator(seed).fork("batches"));

/** What a step left to be looked at, before the gradients are forgotten. */
export interface TakenStep {
  readonly step: number;
  readonly batch: TrainingBatch;
  readonly output: Tensor;
  readonly loss: number;
}

export interface TrainOptions {
  /** Default: the setting's. */
  readonly optimizer?: Optimizer;
  /** Called before the forward pass that ends in an update. */
  readonly beforeStep?: (step: number, batch: TrainingBatch) => void;
  /** Called after each update. */
  readonly afterStep?: (taken: TakenStep) => void;
}

export interface Outcome {
  /** On the examples held out; NaN where training left the finite numbers. */
  readonly score: number;
  /** How many updates were made. */
  readonly steps: number;
  /** Wall time. */
  readonly seconds: number;
}

/** Steps that are still made once the loss is not finite: who looks at every second step only shall see it too. */
const lastSteps = 10;

/** Trains a model for the setting's updates, or until a few steps behind the first loss that is not finite. */
export function train(trainee: Trainee, model: Module, options: TrainOptions = {}): Outcome {
  const { setting, task } = trainee;
  const { optimizer = optimizerOf(setting, model.parameters()), beforeStep, afterStep } = options;
  const loss = objective(setting, task);
  const batches = trainingBatches(trainee);
  const { learningRate } = optimizer;
  const began = performance.now();
  let [step, left] = [0, Number.POSITIVE_INFINITY];
  model.train();
  for (; step < setting.steps && left > 0; step++) {
    optimizer.learningRate = learningRate * paceAt(setting, step);
    optimizer.zeroGrad();
    for (let part = 0; part < setting.accumulate; part++) {
      const batch = batches.next().value;
      const isLast = part === setting.accumulate - 1;
      if (isLast) beforeStep?.(step, batch);
      const output = model.call(batch.inputs);
      const value = loss(output, batch.targets);
      backward(value);
      if (!isLast) continue;
      optimizer.step();
      if (!Number.isFinite(value.item())) left = Math.min(left, lastSteps);
      left--;
      afterStep?.({ step, batch, output, loss: value.item() });
    }
  }
  const seconds = (performance.now() - began) / 1000;
  return { score: heldOutScore(model, task.heldOut, task.kind, setting), steps: step, seconds };
}

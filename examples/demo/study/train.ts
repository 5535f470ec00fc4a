import type { Generator } from "@isograd/autograd";
import { accuracy, crossEntropy, evaluate, type Module, type Optimizer, train } from "@isograd/nn";
import { DigitBatches } from "../data/batches.ts";
import type { Digits, Mnist } from "../data/mnist.ts";
import { type Plan, totalSteps } from "../plan.ts";
import type { TrainingRecord } from "./records.ts";

export interface TrainOptions {
  readonly plan: Plan;
  readonly data: Mnist;
  readonly optimizer: Optimizer;
  /** The highest learning rate of the schedule. */
  readonly learningRate: number;
  /** Orders the images. */
  readonly generator: Generator;
  readonly onProgress: (share: number) => void;
}

const lossStretches = 60;
const accuracyStretches = 12;
/** How many test images the accuracy on the way is taken from. */
const sampleSize = 1000;

/** Trains for the plan's epochs and keeps what a report shows; a loss that is not finite is part of the story. */
export async function trainAndRecord(model: Module, options: TrainOptions): Promise<TrainingRecord> {
  const { plan, data, optimizer, learningRate, generator, onProgress } = options;
  const { batchSize, trainingImages: count, epochs } = plan;
  const steps = totalSteps(plan);
  const losses: TrainingRecord["losses"][number][] = [];
  const accuracies: TrainingRecord["accuracies"][number][] = [];
  const began = performance.now();
  let stretch: number[] = [];
  optimizer.learningRate = learningRate * oneCycle(0);
  const training = train({
    model,
    loss: crossEntropy,
    optimizer,
    data: new DigitBatches(data.training, { batchSize, count, generator }),
    epochs,
    errorIfNonFinite: false,
  });
  for await (const { step, loss } of training) {
    optimizer.learningRate = learningRate * oneCycle((step + 1) / steps);
    stretch.push(loss);
    if (endsStretch(step, steps, lossStretches)) {
      losses.push({ step: step + 1, loss: stretch.reduce((sum, value) => sum + value, 0) / stretch.length });
      stretch = [];
      onProgress((step + 1) / steps);
    }
    if (endsStretch(step, steps, accuracyStretches)) {
      accuracies.push({ step: step + 1, accuracy: await accuracyOf(model, data.test, sampleSize) });
    }
  }
  const testAccuracy = await accuracyOf(model, data.test, data.test.count);
  return { testAccuracy, losses, accuracies, seconds: (performance.now() - began) / 1000 };
}

/** The share of the first `count` images that the network names rightly. */
async function accuracyOf(model: Module, digits: Digits, count: number): Promise<number> {
  const data = new DigitBatches(digits, { batchSize: 500, count: Math.min(count, digits.count) });
  return (await evaluate(model, data, { accuracy })).accuracy;
}

/** Whether `step` is the last of one of `count` equal stretches. */
const endsStretch = (step: number, steps: number, count: number): boolean =>
  Math.floor(((step + 1) * count) / steps) > Math.floor((step * count) / steps);

/** Up to 1 over the first tenth of the time, then down to 0 along a cosine. @see torch.optim.lr_scheduler.OneCycleLR */
function oneCycle(time: number): number {
  const rise = 0.1;
  return time < rise
    ? Math.max(time / rise, 0.01)
    : (1 + Math.cos((Math.PI * (time - rise)) / (1 - rise))) / 2;
}

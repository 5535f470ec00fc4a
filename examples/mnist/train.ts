import { Generator, type Tensor } from "@isograd/autograd";
import {
  AdamW,
  accuracy,
  type CheckpointStore,
  crossEntropy,
  type EpochRecord,
  evaluate,
  fit,
  oneCycleLR,
  Scheduler,
  type Sequential,
} from "@isograd/nn";
import type { Mnist } from "../demo/data/mnist.ts";
import { digitBatches } from "./digits.ts";
import { digitNetwork } from "./network.ts";
import type { Plan } from "./plan.ts";

const metrics = {
  accuracy,
  crossEntropy: (outputs: Tensor, targets: Tensor): number => crossEntropy(outputs, targets).item(),
};

export type DigitEpoch = EpochRecord<keyof typeof metrics>;

export interface Training {
  readonly plan: Plan;
  readonly seed: number | string;
  readonly checkpoints?: CheckpointStore;
  readonly signal?: AbortSignal;
  readonly onEpoch?: (record: DigitEpoch) => void;
}

/** Trains a new network, or the one of the last checkpoint further; the same seed gives the same weights. */
export async function trainDigits({ training }: Mnist, options: Training): Promise<Sequential> {
  const { plan, seed, checkpoints, signal, onEpoch } = options;
  const { images, heldOut, epochs, batchSize, learningRate } = plan;
  const generator = new Generator(seed);
  const model = digitNetwork(generator.fork("weights"));
  // Which images are held out does not depend on the seed: they stay out of all that is chosen by them.
  const shuffled = new Generator("held out").permutation(images);
  const [rows, others] = [shuffled.subarray(heldOut), shuffled.subarray(0, heldOut)];
  const data = digitBatches(training, { batchSize, rows, generator: generator.fork("data") });
  const validation = heldOut === 0 ? undefined : digitBatches(training, { batchSize: 500, rows: others });
  const optimizer = new AdamW(model.parameters(), { learningRate });
  const totalSteps = epochs * Math.floor(rows.length / batchSize);
  const scheduler = new Scheduler(optimizer, oneCycleLR({ maxLearningRate: learningRate, totalSteps }));
  await fit({
    model,
    loss: crossEntropy,
    optimizer,
    scheduler,
    data,
    epochs,
    validation,
    metrics,
    checkpoints,
    signal,
    onEpoch,
  });
  return model;
}

/** How good a network is on images that it has not seen. */
export function testDigits(model: Sequential, { test }: Mnist, signal?: AbortSignal) {
  return evaluate(model, digitBatches(test, { batchSize: 500 }), metrics, { signal });
}

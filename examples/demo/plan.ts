import type { Mnist } from "./data/mnist.ts";

/** How much work a run does: the same for every network, sick or healed. */
export interface Plan {
  readonly layers: number;
  readonly width: number;
  /** How many of the training images are used. */
  readonly trainingImages: number;
  readonly testImages: number;
  readonly epochs: number;
  readonly batchSize: number;
  /** The highest learning rate of Adam's one-cycle schedule. */
  readonly learningRate: number;
  /** How many training images the diagnosis and the remedies are judged on. */
  readonly examined: number;
  /** How many training steps each remedy gets on its clone. */
  readonly trialSteps: number;
}

const full = {
  layers: 30,
  width: 64,
  trainingImages: 60_000,
  epochs: 2,
  batchSize: 96,
  learningRate: 1e-3,
  examined: 128,
  trialSteps: 20,
} as const;

const quick = {
  ...full,
  layers: 20,
  trainingImages: 10_000,
  batchSize: 64,
  learningRate: 1.5e-3,
  examined: 64,
  trialSteps: 15,
} as const;

/** The plan for the images that there are. */
export function planFor({ training, test }: Mnist, isQuick: boolean): Plan {
  const plan = isQuick ? quick : full;
  const atMost = (size: number): number => Math.min(size, training.count);
  return {
    ...plan,
    trainingImages: atMost(plan.trainingImages),
    testImages: test.count,
    batchSize: atMost(plan.batchSize),
    examined: atMost(plan.examined),
  };
}

export const stepsPerEpoch = ({ trainingImages, batchSize }: Plan): number =>
  Math.floor(trainingImages / batchSize);

export const totalSteps = (plan: Plan): number => plan.epochs * stepsPerEpoch(plan);

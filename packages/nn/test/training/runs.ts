import { Generator, mul, randn, type Tensor, tanh } from "@isograd/autograd";
import {
  BatchNorm1d,
  backtracking,
  batches,
  type CheckpointStore,
  type CheckpointTimes,
  cosineAnnealingLR,
  Dropout,
  decodeSafetensors,
  encodeSafetensors,
  type FitOptions,
  GradientDescent,
  LBFGS,
  Linear,
  mapBatches,
  mseLoss,
  Optimizer,
  prefetch,
  ReduceLROnPlateau,
  SAM,
  Scheduler,
  Sequential,
  SGD,
  setSeed,
  strongWolfe,
  WeightAverage,
} from "@isograd/nn";
import { registry } from "../optimizers/registry.ts";

/** Every optimizer: of transforms, and those that evaluate the loss themselves. Settings leave room for what only shows after some steps. */
const optimizers: Record<
  string,
  (parameters: readonly Tensor[]) => Optimizer | LBFGS | SAM | GradientDescent
> = {
  ...Object.fromEntries(
    Object.entries(registry).map(([name, { make }]) => [
      name,
      (p: readonly Tensor[]) => new Optimizer(p, make()),
    ]),
  ),
  "SGD of groups": ([a, ...rest]) =>
    new SGD(
      [
        { parameters: [a], momentum: 0.5 },
        { parameters: rest, learningRate: 0.01 },
      ],
      { learningRate: 0.1 },
    ),
  LBFGS: (p) => new LBFGS(p, { maxIterations: 3, historySize: 2, lineSearch: strongWolfe() }),
  SAM: (p) => new SAM(new SGD(p, { learningRate: 0.05, momentum: 0.9 })),
  GradientDescent: (p) => new GradientDescent(p, { lineSearch: backtracking() }),
};

export const optimizerNames = Object.keys(optimizers);

export interface Choices {
  readonly optimizer: string;
  readonly dtype: "f32" | "f64";
  readonly schedule: "none" | "steps" | "plateau";
  readonly source: "batches" | "array" | "stream" | "prefetched";
  readonly shuffle: boolean;
  readonly validation: "none" | "own" | "same";
  readonly stopping: boolean;
  readonly accumulate: number;
}

/** A run as a program makes it each time that it is started: all of it anew. */
export function makeRun(choices: Choices) {
  setSeed(3);
  const inputs = randn(new Generator(1), [11, 3], choices.dtype);
  const targets = randn(new Generator(2), [11, 1], choices.dtype);
  const linear = (inFeatures: number, outFeatures: number) =>
    new Linear({ inFeatures, outFeatures, bias: false, dtype: choices.dtype });
  const model = new Sequential([
    linear(3, 4),
    new BatchNorm1d({ numFeatures: 4, affine: false, dtype: choices.dtype }),
    tanh,
    new Dropout({ probability: 0.3 }),
    linear(4, 4),
    tanh,
    linear(4, 1),
  ]);
  const optimizer = optimizers[choices.optimizer](model.parameters());
  const cut = batches({ inputs, targets }, { batchSize: 3, shuffle: choices.shuffle });
  const noisy = mapBatches(cut, (batch, generator) => ({
    ...batch,
    inputs: mul(batch.inputs, generator.uniform()),
  }));
  const data = {
    batches: cut,
    array: [...cut],
    stream: streamOf([...cut]),
    prefetched: prefetch(noisy),
  }[choices.source];
  const average = new WeightAverage(model.parameters(), { decay: 0.5 });
  const plateau = new ReduceLROnPlateau(optimizer, { patience: 0, factor: 0.5 });
  const scheduler =
    choices.schedule === "steps"
      ? new Scheduler(optimizer, cosineAnnealingLR({ totalIterations: 9 }))
      : undefined;
  const validation = {
    none: undefined,
    own: batches({ inputs, targets }, { batchSize: 4, shuffle: true }),
    same: data,
  }[choices.validation];
  const options: FitOptions<Tensor, "error"> = {
    model,
    loss: mseLoss,
    optimizer,
    scheduler,
    data,
    validation,
    metrics: { error: (outputs, wanted) => mseLoss(outputs, wanted).item() },
    // The loss falls, so that the first epoch is the best: the model goes back there in the end.
    earlyStopping: choices.stopping ? { patience: 2, mode: "max" } : undefined,
    accumulate: choices.accumulate,
    epochs: 3,
    parts: { average, plateau },
    onStep: () => average.update(),
    onEpoch: ({ loss }) => {
      if (choices.schedule === "plateau") plateau.step(loss);
    },
  };
  return { options, model, optimizer, average, data: cut };
}

const streamOf = <T>(items: readonly T[]): AsyncIterable<T> => ({
  async *[Symbol.asyncIterator]() {
    yield* items;
  },
});

/** Keeps the bytes of the last checkpoint. */
export function memoryStore(
  times: CheckpointTimes = {},
): CheckpointStore & { bytes: Uint8Array | null; saved: number } {
  return {
    ...times,
    bytes: null,
    saved: 0,
    load() {
      return this.bytes && decodeSafetensors(this.bytes);
    },
    save({ tensors, metadata }) {
      this.bytes = encodeSafetensors(tensors, metadata);
      this.saved++;
    },
  };
}

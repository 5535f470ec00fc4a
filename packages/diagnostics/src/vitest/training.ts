import { ArgumentError, backward, type Tensor } from "@isograd/autograd";
import type { Finding } from "../finding.ts";
import type { Batch, Loss, Model } from "../trace/trace.ts";
import type { WatchOptions } from "../watch/options.ts";
import { Watcher } from "../watch/watcher.ts";

/** What plain training needs. */
export interface Training {
  readonly model: Model;
  /** One step a batch. */
  readonly data: Iterable<Batch> | AsyncIterable<Batch>;
  readonly loss: Loss;
  /** Holds the parameters of the model. */
  readonly optimizer: { zeroGrad(): void; step(): unknown };
}

/** What became of a training that was watched. */
export interface Outcome {
  readonly steps: number;
  /** Alarms and warnings. */
  readonly findings: readonly Finding[];
  /** What ended it before its time, after something was found. */
  readonly error?: unknown;
}

/**
 * Runs a training under a watcher.
 *
 * @param training takes steps, each of which sweeps the graph; or what plain training needs
 * @throws ArgumentError if it is neither, or no step was taken; whatever the training throws, unless a fault was found before
 */
export async function runWatched(training: unknown, options: WatchOptions = {}): Promise<Outcome> {
  const current: { loss: (() => Tensor) | null } = { loss: null };
  const run = runnerOf(training, current);
  using watcher = new Watcher({
    // Where the loss of a step is known, a value that is not finite is traced to its operation.
    ...(isTraining(training) && { replay: () => (current.loss as () => Tensor)() }),
    ...options,
  });
  const outcome = () => ({
    steps: watcher.history.length,
    findings: watcher.findings.map(({ finding }) => finding).filter(({ severity }) => severity !== "info"),
  });
  try {
    await run();
  } catch (error) {
    if (outcome().findings.length === 0) throw error;
    return { ...outcome(), error };
  }
  if (watcher.history.length === 0)
    throw new ArgumentError(
      "toTrainHealthily",
      "expected a training that takes a step: that calls backward, once at least",
      training,
    );
  return outcome();
}

function runnerOf(training: unknown, current: { loss: (() => Tensor) | null }): () => unknown {
  if (typeof training === "function") return () => training();
  if (isTraining(training)) return () => train(training, current);
  throw new ArgumentError(
    "toTrainHealthily",
    "expected a function that trains, or { model, data, loss, optimizer }",
    training,
  );
}

async function train(
  { model, data, loss, optimizer }: Training,
  current: { loss: (() => Tensor) | null },
): Promise<void> {
  for await (const { inputs, targets } of data) {
    optimizer.zeroGrad();
    current.loss = () => loss(typeof model === "function" ? model(inputs) : model.call(inputs), targets);
    backward(current.loss());
    optimizer.step();
  }
}

const isTraining = (value: unknown): value is Training =>
  typeof value === "object" &&
  value !== null &&
  ["model", "data", "loss", "optimizer"].every((name) => name in value);

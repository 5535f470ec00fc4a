import cliProgress from "cli-progress";
import type { TrainingStep } from "./training/train-options.ts";

/** What a bar is drawn on: one of Node's streams, declared here so that Node's types are not needed. */
export interface Terminal {
  readonly isTTY?: boolean;
  write(text: string): unknown;
}

export interface ProgressOptions {
  /** Where the bar is drawn; default stderr. Nothing is drawn where it is not a terminal. */
  readonly stream?: Terminal;
}

/**
 * Passes training steps on and draws a bar with the epoch and the loss as they go by; a run that goes on from a checkpoint begins where it is.
 *
 *
 * @example
 * const losses: number[] = [];
 * for await (const { loss } of withProgress(train({ model, loss: mseLoss, optimizer, data, epochs: 10 }))) losses.push(loss);
 * losses.length; // 20
 */
export async function* withProgress(
  steps: AsyncIterable<TrainingStep>,
  { stream = process.stderr }: ProgressOptions = {},
): AsyncGenerator<TrainingStep, void, undefined> {
  if (!stream.isTTY) {
    yield* steps;
    return;
  }
  const format = "{bar} {value}/{total} steps, epoch {epoch}, loss {loss}, {eta_formatted} left";
  const bar = new cliProgress.SingleBar(
    { stream: stream as NodeJS.WritableStream, format, hideCursor: true },
    cliProgress.Presets.shades_classic,
  );
  try {
    for await (const step of steps) {
      const shown = { epoch: step.epoch + 1, loss: step.loss.toPrecision(4) };
      // A run that goes on begins where it is, so that the time left is foretold by the steps that are taken now.
      if (!bar.isActive) bar.start(step.steps ?? 0, step.step, shown);
      bar.update(step.step + 1, shown);
      yield step;
    }
  } finally {
    if (bar.isActive) bar.stop();
  }
}

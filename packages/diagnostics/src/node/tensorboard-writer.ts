import { hostname } from "node:os";
import { join } from "node:path";
import { ArgumentError, Tensor } from "@isograd/autograd";
import type { Finding } from "../finding.ts";
import {
  fileVersion,
  histogramEvent,
  type Moment,
  scalarEvent,
  textEvent,
} from "../report/tensorboard/event.ts";
import { histogramOf } from "../report/tensorboard/histogram.ts";
import { framed } from "../report/tensorboard/record.ts";
import { formatFinding } from "../report/text.ts";
import type { RunLog, WatchedStep } from "../watch/run-log.ts";
import { AppendFile, type AppendOptions } from "./append-file.ts";

let files = 0;

/** Several files of one process in the same second have names of their own. */
const fileName = (seconds: number): string =>
  `events.out.tfevents.${String(Math.floor(seconds)).padStart(10, "0")}.${hostname()}.${process.pid}.${files++}`;

const seconds = (): number => Date.now() / 1000;

/**
 * Writes an event file that TensorBoard shows: scalars, histograms and text, and as a log of `watch` the loss, gradient norms and findings.
 *
 * A file of its own is begun in `folder`, which TensorBoard reads as one run: `tensorboard --logdir` with the folder above. What was written goes
 * to the file every few seconds, with each finding, at `flush` and `close`, and when the process ends.
 *
 * @see torch.utils.tensorboard.SummaryWriter
 * @example
 * const board = new TensorBoardWriter(`${folder}/runs/first`);
 * const watcher = watch({ logs: [board] });
 * backward(crossEntropy(model.call(batch.inputs), batch.targets));
 * watcher.stop();
 * board.histogram("weights", model.parameters()[0], 0);
 * board.close();
 */
export class TensorBoardWriter implements RunLog, Disposable {
  readonly #file: AppendFile;

  /** @throws ArgumentError if flushSeconds is negative; the errors of the file system */
  constructor(folder: string, options: AppendOptions = {}) {
    const now = seconds();
    this.#file = new AppendFile("TensorBoardWriter", join(folder, fileName(now)), "ax", options);
    this.#file.append(framed(fileVersion(now)));
  }

  /** The file that is written. */
  get path(): string {
    return this.#file.path;
  }

  /**
   * One number, in single precision.
   *
   * @throws ArgumentError if the step is no whole number from 0 on, or the file closed, as do those below
   */
  scalar(tag: string, value: number, step: number): void {
    this.#write(scalarEvent(momentOf(step), tag, value));
  }

  /** How many of the values lie where, on a scale of tenths; those that are not finite are left out. */
  histogram(tag: string, values: Tensor | ArrayLike<number>, step: number): void {
    const numbers = values instanceof Tensor ? values.values() : values;
    this.#write(histogramEvent(momentOf(step), tag, histogramOf(numbers)));
  }

  /** Text, which TensorBoard reads as Markdown. */
  text(tag: string, text: string, step: number): void {
    this.#write(textEvent(momentOf(step), tag, text));
  }

  step({ step, loss, gradientNorm, totalFactor, places, layerNorms }: WatchedStep): void {
    this.scalar("loss", loss, step);
    const isKnown = !Number.isNaN(gradientNorm) || places.length > 0; // else nobody looked
    if (isKnown) this.scalar("gradient norm", gradientNorm, step);
    if (!Number.isNaN(totalFactor)) this.scalar("gradient of first over last layer", totalFactor, step);
    for (const [k, place] of places.entries())
      this.scalar(`gradient norm by layer/${place}`, layerNorms[k], step);
    if (places.length > 0)
      this.histogram("log10 of the gradient norms of the layers", layerNorms.map(Math.log10), step);
  }

  /** The text of the finding, under its fault. */
  finding(finding: Finding): void {
    this.text(`findings/${finding.fault}`, asCode(formatFinding(finding)), finding.step ?? 0);
    this.flush();
  }

  flush(): void {
    this.#file.flush();
  }

  close(): void {
    this.#file.close();
  }

  [Symbol.dispose](): void {
    this.close();
  }

  #write(event: Uint8Array): void {
    this.#file.append(framed(event));
  }
}

/** Markdown would run lines together, and take `*` for emphasis. */
const asCode = (text: string): string => text.replace(/^/gm, "    ");

function momentOf(step: number): Moment {
  if (!Number.isSafeInteger(step) || step < 0)
    throw new ArgumentError("TensorBoardWriter", "expected the step to be a whole number from 0 on", step);
  return { step, wallTime: seconds() };
}

import { fromData, type Generator, type Tensor } from "@isograd/autograd";
import type { Digits } from "./mnist.ts";

/** Examples as tensors: inputs [n, pixels] of mean 0 and deviation 1 over MNIST's training images, targets [n] of class numbers. */
export interface Batch {
  readonly inputs: Tensor;
  readonly targets: Tensor;
}

const pixelMean = 0.1307;
const pixelDeviation = 0.3081;

/** The examples at `rows` of `digits`. */
export function batchOf({ images, labels, pixels }: Digits, rows: ArrayLike<number>): Batch {
  const inputs = new Float32Array(rows.length * pixels);
  const targets = new Int32Array(rows.length);
  for (let k = 0; k < rows.length; k++) {
    const first = rows[k] * pixels;
    for (let p = 0; p < pixels; p++) {
      inputs[k * pixels + p] = (images[first + p] / 255 - pixelMean) / pixelDeviation;
    }
    targets[k] = labels[rows[k]];
  }
  return { inputs: fromData(inputs, [rows.length, pixels]), targets: fromData(targets, [rows.length]) };
}

export interface DigitBatchOptions {
  readonly batchSize: number;
  /** How many of the images, the first ones; default all. */
  readonly count?: number;
  /** Draws a new order for each pass; without it the images come as they lie, the last batch not full perhaps. */
  readonly generator?: Generator;
}

/** Images in batches; each loop over them is one pass. The bytes become numbers a batch at a time: all of MNIST would take 200 MB. */
export class DigitBatches implements Iterable<Batch> {
  /** How many batches a pass has. */
  readonly length: number;

  constructor(
    readonly digits: Digits,
    readonly options: DigitBatchOptions,
  ) {
    const { batchSize, generator, count = digits.count } = options;
    this.length = generator === undefined ? Math.ceil(count / batchSize) : Math.floor(count / batchSize);
  }

  *[Symbol.iterator](): IterableIterator<Batch> {
    const { batchSize, generator, count = this.digits.count } = this.options;
    const order = generator?.permutation(count) ?? Int32Array.from({ length: count }, (_, row) => row);
    for (let k = 0; k < this.length; k++) {
      yield batchOf(this.digits, order.subarray(k * batchSize, (k + 1) * batchSize));
    }
  }
}

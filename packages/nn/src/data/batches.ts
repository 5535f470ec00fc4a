import { ArgumentError, fromData, type Generator, type Tensor } from "@isograd/autograd";
import { nextGenerator } from "../initializers/default-generator.ts";
import type { Stateful } from "../module/stateful.ts";
import { type Batch, type Dataset, readTable, type Table } from "./dataset.ts";
import { checkFiniteRows } from "./finite.ts";
import { Passes, type PassState } from "./passes.ts";

export interface BatchOptions {
  /** How many rows; default 32. */
  readonly batchSize?: number;
  /** Whether each pass takes the rows in a new random order; default false. */
  readonly shuffle?: boolean;
  /** Draws the orders. Default: the next fork of the default generator; see `setSeed`. */
  readonly generator?: Generator;
  /** Whether to leave out a last batch that is not full; default false. */
  readonly dropLast?: boolean;
  /** Whether the first pass looks for NaN and infinities; default true. */
  readonly checkFinite?: boolean;
}

/**
 * A dataset cut into mini-batches; each loop over it is one pass.
 *
 * Its `state`, read between two batches, says where the pass is and how its order was drawn. Assigned to batches made in the same way, the next
 * loop over them is the rest of that pass (nothing, behind its last batch), and those after it are as they would have been.
 */
export class Batches<D extends Dataset> implements Iterable<Batch<D>>, Stateful<PassState> {
  /** How many batches a pass has. */
  readonly length: number;
  /** How many rows the dataset has. */
  readonly rows: number;
  readonly #table: Table;
  readonly #batchSize: number;
  readonly #passes: Passes;
  #unchecked: boolean;

  constructor(dataset: D, options: BatchOptions = {}) {
    const { batchSize = 32, shuffle = false, generator, dropLast = false, checkFinite = true } = options;
    if (!Number.isInteger(batchSize) || batchSize < 1)
      throw new ArgumentError("batches", "expected a batchSize that is a positive integer", batchSize);
    this.#table = readTable("batches", dataset);
    this.#batchSize = batchSize;
    this.#unchecked = checkFinite;
    this.rows = this.#table.rows;
    this.#passes = new Passes("batches", shuffle ? (generator ?? nextGenerator()) : null, {
      rows: this.rows,
      batchSize,
    });
    this.length = dropLast ? Math.floor(this.rows / batchSize) : Math.ceil(this.rows / batchSize);
    if (this.length === 0)
      throw new ArgumentError(
        "batches",
        `expected rows for at least one full batch of ${batchSize} with dropLast`,
        this.rows,
      );
  }

  get state(): PassState {
    return this.#passes.state;
  }

  /** @throws ArgumentError unless it is the state of batches of as many rows, shuffled if these are */
  set state(state: PassState) {
    this.#passes.state = state;
  }

  *[Symbol.iterator](): IterableIterator<Batch<D>> {
    const pass = this.#passes.begin();
    const order =
      pass.draws?.permutation(this.rows) ?? Int32Array.from({ length: this.rows }, (_, row) => row);
    for (let k = pass.from; k < this.length; k++) {
      const batch = this.#gather(order.subarray(k * this.#batchSize, (k + 1) * this.#batchSize));
      pass.give(k + 1);
      yield batch;
    }
    pass.end();
    if (pass.from === 0) this.#unchecked = false;
  }

  #gather(picked: Int32Array): Batch<D> {
    const batch: Record<string, Tensor> = {};
    for (const [name, column] of this.#table.columns) {
      batch[name] = gatherRows(column, picked);
      if (this.#unchecked) checkFiniteRows("batches", name, batch[name], (row) => picked[row]);
    }
    return batch as Batch<D>;
  }
}

/**
 * Cuts a dataset into mini-batches.
 *
 * @param dataset tensors, or typed arrays of one number a row, with as many rows each
 * @throws ArgumentError if there are no rows; ShapeError if the numbers of rows differ; in the first pass NonFiniteError naming row and column
 *   of a NaN
 * @see torch.utils.data.DataLoader
 * @example
 * for (const { inputs, targets } of batches({ inputs, targets }, { batchSize: 64, shuffle: true })) step(inputs, targets);
 */
export function batches<D extends Dataset>(dataset: D, options: BatchOptions = {}): Batches<D> {
  return new Batches(dataset, options);
}

/** The rows of `column` in the order of `picked`, copied. */
function gatherRows(column: Tensor, picked: Int32Array): Tensor {
  const source = column.values();
  const width = source.length / column.shape[0];
  const out = source.slice(0, picked.length * width);
  for (let i = 0; i < picked.length; i++) {
    const from = picked[i] * width;
    const to = i * width;
    if (width > 32) out.set(source.subarray(from, from + width), to);
    else for (let j = 0; j < width; j++) out[to + j] = source[from + j];
  }
  return fromData(out, [picked.length, ...column.shape.slice(1)]);
}

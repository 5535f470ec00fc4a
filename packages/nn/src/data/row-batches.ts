import type { Stateful } from "../module/stateful.ts";
import { type Stacked, stackRows } from "./collate.ts";
import type { PassState } from "./passes.ts";
import { type OrderOptions, RowOrder } from "./row-order.ts";
import { type RowDataset, type Rows, rowDataset } from "./rows.ts";

export interface RowBatchOptions<Row, Batch> extends OrderOptions {
  /** Makes a batch of rows; default `stackRows`. `padRows` makes one for sequences of several lengths. */
  readonly collate?: (rows: readonly Row[]) => Batch | PromiseLike<Batch>;
}

/** Rows, read when they are wanted, as mini-batches; each loop over it is one pass. Its `state` is that of `Batches`. */
export class RowBatches<Row, Batch> implements AsyncIterable<Batch>, Stateful<PassState> {
  /** How many batches a pass has. */
  readonly length: number;
  /** How many rows the dataset has. */
  readonly rows: number;
  readonly #dataset: RowDataset<Row>;
  readonly #order: RowOrder;
  readonly #collate: (rows: readonly Row[]) => Batch | PromiseLike<Batch>;

  constructor(rows: Rows<Row>, options: RowBatchOptions<Row, Batch>) {
    this.#dataset = rowDataset("rowBatches", rows);
    this.rows = this.#dataset.length;
    this.#order = new RowOrder("rowBatches", this.rows, options);
    this.length = this.#order.length;
    this.#collate = options.collate ?? (stackRows as (rows: readonly unknown[]) => Batch);
  }

  get state(): PassState {
    return this.#order.passes.state;
  }

  /** @throws ArgumentError unless it is the state of batches of as many rows, drawn if these are */
  set state(state: PassState) {
    this.#order.passes.state = state;
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<Batch, void, undefined> {
    for (const { rows, give } of this.#order.pass()) {
      const read = await Promise.all(Array.from(rows, async (place) => this.#dataset.row(place)));
      const batch = await this.#collate(read);
      give();
      yield batch;
    }
  }
}

/**
 * Makes mini-batches of rows that are read one by one, those of a batch at the same time.
 *
 * @param rows an array, or a dataset with `length` and `row(index)`
 * @throws ArgumentError if there are no rows; while read: what `row` and `collate` throw
 * @see torch.utils.data.DataLoader
 * @example
 * const squares = rowBatches({ length: 6, row: async (index) => ({ x: index ** 2 }) }, { batchSize: 3 });
 * squares.length; // 2
 * for await (const { x } of squares) sum(x);
 */
export function rowBatches<Row extends object, Batch = Stacked<Row>>(
  rows: Rows<Row>,
  options: RowBatchOptions<Row, Batch> = {},
): RowBatches<Row, Batch> {
  return new RowBatches(rows, options);
}

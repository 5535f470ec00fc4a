import type { Tensor } from "@isograd/autograd";
import type { Stateful } from "../module/stateful.ts";
import { type Batch, type Dataset, readTable, type Table } from "./dataset.ts";
import { checkFiniteRows } from "./finite.ts";
import { gatherRows } from "./gather-rows.ts";
import type { PassState } from "./passes.ts";
import { type OrderOptions, RowOrder } from "./row-order.ts";

export interface BatchOptions extends OrderOptions {
  /** Whether the first pass looks for NaN and infinities; default true. */
  readonly checkFinite?: boolean;
}

/**
 * A dataset cut into mini-batches; each loop over it is one pass.
 *
 * Its `state`, read between two batches, says where the pass is and how its order was drawn. Assigned to batches made in the same way, the next
 * loop over them is the rest of that pass (nothing, behind its last batch), and those after it are as they would have been.
 *
 * @example
 * const make = () => batches({ x: Float32Array.of(5, 6, 7) }, { batchSize: 2 });
 * const [stopped, resumed] = [make(), make()];
 * for (const _ of stopped) break;
 * resumed.state = stopped.state;
 * Array.from(resumed, ({ x }) => x); // [[7]]
 */
export class Batches<D extends Dataset> implements Iterable<Batch<D>>, Stateful<PassState> {
  /** How many batches a pass has. */
  readonly length: number;
  /** How many rows the dataset has. */
  readonly rows: number;
  readonly #table: Table;
  readonly #order: RowOrder;
  #unchecked: boolean;

  constructor(dataset: D, options: BatchOptions = {}) {
    this.#table = readTable("batches", dataset);
    this.rows = this.#table.rows;
    this.#order = new RowOrder("batches", this.rows, options);
    this.length = this.#order.length;
    this.#unchecked = options.checkFinite ?? true;
  }

  get state(): PassState {
    return this.#order.passes.state;
  }

  /** @throws ArgumentError unless it is the state of batches of as many rows, drawn if these are */
  set state(state: PassState) {
    this.#order.passes.state = state;
  }

  *[Symbol.iterator](): IterableIterator<Batch<D>> {
    let given = 0;
    for (const { rows, give } of this.#order.pass()) {
      const batch = this.#gather(rows);
      give();
      given++;
      yield batch;
    }
    if (given === this.length && this.#order.isFixed) this.#unchecked = false;
  }

  #gather(rows: Int32Array): Batch<D> {
    const batch: Record<string, Tensor> = {};
    for (const [name, column] of this.#table.columns) {
      batch[name] = gatherRows(column, rows);
      if (this.#unchecked) checkFiniteRows("batches", name, batch[name], (row) => rows[row]);
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
 * for (const batch of batches({ inputs, targets }, { batchSize: 2, shuffle: true })) mseLoss(model.call(batch.inputs), batch.targets);
 * Array.from(batches({ x: Float32Array.of(1, 2, 3) }, { batchSize: 2 }), ({ x }) => x); // [[1, 2], [3]]
 */
export function batches<D extends Dataset>(dataset: D, options: BatchOptions = {}): Batches<D> {
  return new Batches(dataset, options);
}

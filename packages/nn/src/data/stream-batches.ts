import { ArgumentError, type Generator } from "@isograd/autograd";
import { nextGenerator } from "../initializers/default-generator.ts";
import type { Stateful } from "../module/stateful.ts";
import { checkCount } from "../optimizers/settings.ts";
import { type Stacked, stackRows } from "./collate.ts";
import { ownDraws, Passes, type PassState } from "./passes.ts";
import { checkBatchSize } from "./row-order.ts";
import { openStream, type RowStream } from "./row-stream.ts";
import { shuffleBuffer } from "./shuffle-buffer.ts";

export interface StreamBatchOptions<Row, Batch> {
  /** How many rows; default 32. */
  readonly batchSize?: number;
  /** Whether to leave out a last batch that is not full; default false. */
  readonly dropLast?: boolean;
  /**
   * How many rows are held back, one of which comes next, drawn at random; default: rows come in their order. A row comes less than so many places
   * before its own, and any number behind it: rows sorted by class stay nearly so, unless the buffer holds most of them.
   */
  readonly shuffleBuffer?: number;
  /** Draws the orders of a buffer. Default: the next fork of the default generator; see `setSeed`. */
  readonly generator?: Generator;
  /** Makes a batch of rows; default `stackRows`. `padRows` makes one for sequences of several lengths. */
  readonly collate?: (rows: readonly Row[]) => Batch | PromiseLike<Batch>;
}

/**
 * A stream of rows as mini-batches; each loop over it is one pass.
 *
 * Its `state` is that of `Batches`. Where one is assigned, the stream is opened anew, and the rows that were taken before are passed over: so is
 * the buffer filled as it was.
 */
export class StreamBatches<Row, Batch> implements AsyncIterable<Batch>, Stateful<PassState> {
  readonly #stream: RowStream<Row>;
  readonly #batchSize: number;
  readonly #dropLast: boolean;
  readonly #buffer: number | undefined;
  readonly #collate: (rows: readonly Row[]) => Batch | PromiseLike<Batch>;
  readonly #passes: Passes;

  constructor(stream: RowStream<Row>, options: StreamBatchOptions<Row, Batch>) {
    const { batchSize = 32, dropLast = false, shuffleBuffer: buffer, generator } = options;
    checkBatchSize("streamBatches", batchSize);
    if (buffer !== undefined) checkCount("streamBatches", "shuffleBuffer", buffer);
    this.#stream = stream;
    this.#batchSize = batchSize;
    this.#dropLast = dropLast;
    this.#buffer = buffer;
    this.#collate = options.collate ?? (stackRows as (rows: readonly unknown[]) => Batch);
    this.#passes = new Passes("streamBatches", buffer === undefined ? null : (generator ?? nextGenerator()), {
      batchSize,
      shuffleBuffer: buffer ?? 0,
    });
  }

  get state(): PassState {
    return this.#passes.state;
  }

  /** @throws ArgumentError unless it is the state of batches of the same size, from an equal buffer */
  set state(state: PassState) {
    this.#passes.state = state;
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<Batch, void, undefined> {
    const { from, draws, give, end } = this.#passes.begin();
    const opened = openStream("streamBatches", this.#stream);
    const rows = draws === null ? opened : shuffleBuffer(opened, this.#buffer!, ownDraws(draws));
    let batch = 0;
    let held: Row[] = [];
    for await (const row of rows) {
      held.push(row);
      if (held.length < this.#batchSize) continue;
      const full = held;
      held = [];
      if (batch++ < from) continue;
      const made = await this.#collate(full);
      give(batch);
      yield made;
    }
    if (held.length > 0 && !this.#dropLast && batch++ >= from) {
      const made = await this.#collate(held);
      give(batch);
      yield made;
    }
    if (batch < from)
      throw new ArgumentError(
        "streamBatches",
        `expected a stream of the ${from} batches that were given before`,
        batch,
      );
    end();
  }
}

/**
 * Makes mini-batches of rows that come one behind the other.
 *
 * @param stream an iterable or async iterable, or a function that begins one anew for each pass: a generator function, say
 * @throws ArgumentError if it is none; while read: what the stream and `collate` throw
 * @see torch.utils.data.IterableDataset
 * @example
 * function* rows() {
 *   for (let k = 0; k < 100; k++) yield { x: k };
 * }
 * for await (const { x } of streamBatches(rows, { batchSize: 10, shuffleBuffer: 50 })) sum(x);
 */
export function streamBatches<Row extends object, Batch = Stacked<Row>>(
  stream: RowStream<Row>,
  options: StreamBatchOptions<Row, Batch> = {},
): StreamBatches<Row, Batch> {
  return new StreamBatches(stream, options);
}

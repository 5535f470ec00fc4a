import { ArgumentError } from "@isograd/autograd";
import type { Stateful } from "../module/stateful.ts";
import { checkCount } from "../optimizers/settings.ts";
import { ReadAhead } from "./read-ahead.ts";
import { hasState, passOver, type Source } from "./source.ts";

/** An `AbortSignal`, as far as waiting needs it: declared here, so that neither Node's types nor the browser's are needed. */
export interface AbortNotice {
  readonly aborted: boolean;
  readonly reason: unknown;
  addEventListener(type: "abort", listener: () => void): void;
  removeEventListener(type: "abort", listener: () => void): void;
}

export interface PrefetchOptions {
  /** How many batches are read ahead of the one in use, at most; default 2. */
  readonly count?: number;
  /** Ends the waiting for a batch with its reason, and closes the source. */
  readonly signal?: AbortNotice;
}

/** Where batches are that were read ahead: behind the last one handed on. */
export interface PrefetchState {
  /** What the source said of itself there; undefined where it says nothing. */
  readonly source: unknown;
  readonly batch: number;
}

/** Batches that are read before they are wanted; each loop is one pass of the source. */
export class Prefetched<Batch> implements AsyncIterable<Batch>, Stateful<PrefetchState> {
  readonly #source: Source<Batch>;
  readonly #count: number;
  readonly #signal: AbortNotice | undefined;
  /** Where the consumer is; null before the first pass. */
  #given: PrefetchState | null = null;
  #from = 0;

  constructor(source: Source<Batch>, { count = 2, signal }: PrefetchOptions = {}) {
    checkCount("prefetch", "count", count);
    this.#source = source;
    this.#count = count;
    this.#signal = signal;
  }

  /** How many batches a pass has, where the source knows. */
  get length(): number | undefined {
    return this.#source.length;
  }

  get state(): PrefetchState {
    return this.#given ?? { source: structuredClone(this.#source.state), batch: 0 };
  }

  /** @throws ArgumentError unless it is the state of batches from such a source */
  set state(state: PrefetchState) {
    if (!Number.isInteger(state.batch) || state.batch < 0)
      throw new ArgumentError(
        "prefetch.state",
        "expected a batch that is a whole number from 0 on",
        state.batch,
      );
    if ((state.source !== undefined) !== hasState(this.#source))
      throw new ArgumentError(
        "prefetch.state",
        "expected the state of a source like the present one",
        state.source,
      );
    if (state.source !== undefined) this.#source.state = state.source;
    this.#given = structuredClone(state);
    this.#from = state.batch;
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<Batch, void, undefined> {
    const signal = this.#signal;
    let batch = this.#from;
    this.#from = 0;
    this.#given = this.state;
    const source =
      hasState(this.#source) || batch === 0 ? fromSync(this.#source) : passOver(this.#source, batch);
    const ahead = new ReadAhead(source, this.#count, () => structuredClone(this.#source.state));
    try {
      for (;;) {
        if (signal?.aborted) throw signal.reason;
        const { result, seen } = await unlessAborted(ahead.next(), signal);
        batch = result.done ? 0 : batch + 1;
        this.#given = { source: seen, batch };
        if (result.done) return;
        yield result.value;
      }
    } finally {
      const closed = ahead.close();
      // A source that hangs would keep who has stopped waiting for it.
      if (signal?.aborted) closed.catch(() => {});
      else await closed;
    }
  }
}

/**
 * Reads batches ahead while those before are in use.
 *
 * An error of the source comes where its batch would have; whoever leaves the loop closes the source. No more than `count` batches lie ready.
 * A generator that the source draws from must be its own: what draws from it besides would see how far was read ahead.
 *
 * @param source batches of this package, or any iterable; one without a `state` must give the same in each pass to be resumed
 * @throws ArgumentError unless count is a whole number from 1 on; the signal's reason once it is aborted
 * @see torch.utils.data.DataLoader, prefetch_factor
 * @example
 * const rows = { length: 6, row: async (index: number) => ({ inputs: [index, 1], targets: [0, index] }) };
 * const ahead = prefetch(rowBatches(rows, { batchSize: 2 }), { count: 4 });
 * for await (const batch of ahead) mseLoss(model.call(batch.inputs), batch.targets);
 */
export function prefetch<Batch>(source: Source<Batch>, options: PrefetchOptions = {}): Prefetched<Batch> {
  return new Prefetched(source, options);
}

function fromSync<Batch>(source: Source<Batch>): AsyncIterable<Batch> {
  return Symbol.asyncIterator in source ? source : passOver(source, 0);
}

function unlessAborted<T>(waited: Promise<T>, signal: AbortNotice | undefined): Promise<T> {
  if (signal === undefined) return waited;
  return new Promise((resolve, reject) => {
    const stop = (): void => reject(signal.reason);
    signal.addEventListener("abort", stop);
    waited.then(resolve, reject).finally(() => signal.removeEventListener("abort", stop));
  });
}

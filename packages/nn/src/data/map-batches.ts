import { ArgumentError, Generator } from "@isograd/autograd";
import { nextGenerator } from "../initializers/default-generator.ts";
import type { Stateful } from "../module/stateful.ts";
import { ownDraws, Passes, type PassState } from "./passes.ts";
import { hasState, passOver, type Source } from "./source.ts";

/** What becomes of a batch; all that is random is drawn from `generator`. */
export type BatchTransform<Batch, Result> = (
  batch: Batch,
  generator: Generator,
) => Result | PromiseLike<Result>;

export interface MapBatchesOptions {
  /** Draws, once a pass, what the generators for its batches begin with. Default: the next fork of the default generator; see `setSeed`. */
  readonly generator?: Generator;
}

/** Where mapped batches are. */
export interface MappedState {
  /** What the source says of itself; undefined where it says nothing. */
  readonly source: unknown;
  readonly own: PassState;
}

/** Batches with something done to each; each loop is one pass of the source. */
export class MappedBatches<Batch, Result> implements AsyncIterable<Result>, Stateful<MappedState> {
  readonly #source: Source<Batch>;
  readonly #transform: BatchTransform<Batch, Result>;
  readonly #passes: Passes;

  constructor(
    source: Source<Batch>,
    transform: BatchTransform<Batch, Result>,
    { generator }: MapBatchesOptions = {},
  ) {
    this.#source = source;
    this.#transform = transform;
    this.#passes = new Passes("mapBatches", generator ?? nextGenerator(), {});
  }

  /** How many batches a pass has, where the source knows. */
  get length(): number | undefined {
    return this.#source.length;
  }

  get state(): MappedState {
    return { source: this.#source.state, own: this.#passes.state };
  }

  /** @throws ArgumentError unless it is the state of batches mapped from such a source */
  set state({ source, own }: MappedState) {
    this.#passes.check(own);
    if ((source !== undefined) !== hasState(this.#source))
      throw new ArgumentError(
        "mapBatches.state",
        "expected the state of a source like the present one",
        source,
      );
    if (source !== undefined) this.#source.state = source;
    this.#passes.state = own;
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<Result, void, undefined> {
    const { from, draws, give, end } = this.#passes.begin();
    const { seed } = ownDraws(draws!);
    let batch = from;
    for await (const given of hasState(this.#source) ? this.#source : passOver(this.#source, from)) {
      // A generator for each batch: how many were read ahead, or left out, changes nothing.
      const made = await this.#transform(given, new Generator(`${seed}/${batch}`));
      give(++batch);
      yield made;
    }
    end();
  }
}

/**
 * Batches with something done to each: scaling, augmentation, other names.
 *
 * What is random draws from the generator that is handed to `transform`, which is one for this batch of this pass; then batches are the same again
 * where training is resumed, also with `prefetch`.
 *
 * @param source batches of this package, or any iterable; one without a `state` must give the same in each pass to be resumed
 * @example
 * const noisy = mapBatches(data, ({ inputs, targets }, draws) => ({ inputs: add(inputs, randn(draws, [2, 2])), targets }));
 * await fit({ model, loss: mseLoss, optimizer, data: noisy, epochs: 2 });
 */
export function mapBatches<Batch, Result>(
  source: Source<Batch>,
  transform: BatchTransform<Batch, Result>,
  options: MapBatchesOptions = {},
): MappedBatches<Batch, Result> {
  return new MappedBatches(source, transform, options);
}

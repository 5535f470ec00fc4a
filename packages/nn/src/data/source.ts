export type AnyIterable<Item> = Iterable<Item> | AsyncIterable<Item>;

/** Batches to be gone through once a pass: those of this package, an array, or any other iterable. */
export type Source<Batch> = AnyIterable<Batch> & {
  /** How many batches a pass has, where that is known. */
  readonly length?: number;
  /** Where the passes are, where that can be put back. */
  state?: unknown;
};

/** Whether a source can be put to a place. */
export const hasState = (source: Source<unknown>): boolean => "state" in source && source.state !== undefined;

/** What is left of a pass behind so many batches, of a source that can only be gone through again. */
export async function* passOver<Batch>(
  source: AnyIterable<Batch>,
  batches: number,
): AsyncGenerator<Batch, void, undefined> {
  let left = batches;
  for await (const batch of source) {
    if (left > 0) left--;
    else yield batch;
  }
}

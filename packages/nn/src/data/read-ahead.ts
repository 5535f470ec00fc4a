/** One read: what came, and what was seen right behind it, before the next was asked for. */
export interface Read<Item, Seen> {
  readonly result: IteratorResult<Item, unknown>;
  readonly seen: Seen;
}

/** Reads so many items ahead, one after the other; an error comes at the place of the item that was not to be had. */
export class ReadAhead<Item, Seen> {
  readonly #iterator: AsyncIterator<Item, unknown>;
  readonly #queue: Promise<Read<Item, Seen>>[] = [];
  #last: Promise<unknown> = Promise.resolve();
  #reads = true;
  #isOpen = true;

  /** @param look called behind each item */
  constructor(
    source: AsyncIterable<Item>,
    readonly count: number,
    readonly look: () => Seen,
  ) {
    this.#iterator = source[Symbol.asyncIterator]();
  }

  next(): Promise<Read<Item, Seen>> {
    const taken = this.#queue.shift() ?? this.#read();
    while (this.#reads && this.#queue.length < this.count) this.#queue.push(this.#read());
    return taken;
  }

  /** Lets the source go, unless it has ended. What was read ahead is lost. */
  async close(): Promise<void> {
    const closes = this.#isOpen;
    this.#reads = false;
    this.#isOpen = false;
    this.#queue.length = 0;
    if (closes) await this.#iterator.return?.();
  }

  #read(): Promise<Read<Item, Seen>> {
    const read = this.#last.then(() => this.#readNow());
    // An error is the consumer's, who may come for it later or never.
    this.#last = read.catch(() => {});
    return read;
  }

  async #readNow(): Promise<Read<Item, Seen>> {
    if (!this.#reads) return { result: { done: true, value: undefined }, seen: this.look() };
    const result = await this.#next();
    if (result.done) this.#reads = this.#isOpen = false;
    try {
      return { result, seen: this.look() };
    } catch (error) {
      this.#reads = false;
      throw error;
    }
  }

  async #next(): Promise<IteratorResult<Item, unknown>> {
    try {
      return await this.#iterator.next();
    } catch (error) {
      this.#reads = this.#isOpen = false;
      throw error;
    }
  }
}

/** Lets timers, signals and input have their turn. */
function nextTurn(): Promise<void> {
  return new Promise((resolve) => {
    if (typeof setImmediate === "function") setImmediate(resolve);
    else setTimeout(resolve, 0);
  });
}

/** An `AbortSignal`, as far as a loop needs it: declared here, so that neither Node's types nor the browser's are needed. */
export interface StopSignal {
  readonly aborted: boolean;
  throwIfAborted(): void;
}

/** How long a loop may keep everything else waiting, in milliseconds. */
const longest = 50;

/**
 * Gives way to the event loop now and then: a turn for each step would cost more than small steps do.
 *
 * @throws the signal's reason once it is aborted
 */
export class Breather {
  #last = performance.now();

  constructor(readonly signal: StopSignal | undefined) {}

  /** Whether it is time to give way: then await `breathe`. */
  get due(): boolean {
    return performance.now() - this.#last >= longest;
  }

  async breathe(): Promise<void> {
    await nextTurn();
    this.#last = performance.now();
    this.signal?.throwIfAborted();
  }
}

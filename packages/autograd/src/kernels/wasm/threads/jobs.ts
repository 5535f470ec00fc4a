import { control, spins } from "./control.ts";

/** A function of a module, as the whole team has it. */
export interface SharedFunction {
  readonly id: number;
  readonly call: (...operands: readonly number[]) => void;
}

/** Some work that can be done at any time by anybody: a function and its operands, which are whole numbers of 32 bits. */
export type Piece = readonly [work: SharedFunction, ...operands: number[]];

/** Hands pieces of work out: whoever of the threads is free claims the next. */
export class Jobs {
  readonly #block: Int32Array;
  readonly #maySleep: boolean;

  /** @param block the numbers that all threads share; see `control` */
  constructor(block: Int32Array) {
    this.#block = block;
    this.#maySleep = maySleepOn(block);
  }

  /**
   * Returns when all pieces are computed.
   *
   * @param pieces no more than the block has room for
   * @returns for how many milliseconds the caller worked, and for how many it waited then
   * @throws Error if a kernel throws: what has been computed is then unknown
   */
  run(pieces: readonly Piece[]): { readonly worked: number; readonly waited: number } {
    this.#post(pieces);
    const start = performance.now();
    let end = start;
    try {
      this.#takePart(pieces);
      end = performance.now();
    } finally {
      this.#wait();
    }
    if (Atomics.load(this.#block, control.failed) !== 0) throw new Error("a kernel has failed in a worker");
    return { worked: end - start, waited: performance.now() - end };
  }

  #post(pieces: readonly Piece[]): void {
    const block = this.#block;
    for (let k = 0; k < pieces.length; k++) {
      const piece = pieces[k];
      const start = control.pieces + k * control.pieceSize;
      block[start] = piece[0].id;
      for (let j = 1; j < piece.length; j++) block[start + j] = piece[j] as number;
    }
    block[control.failed] = 0;
    block[control.unfinished] = pieces.length;
    Atomics.store(block, control.unclaimed, pieces.length); // from here on workers claim
    Atomics.add(block, control.job, 1);
    Atomics.notify(block, control.job, pieces.length - 1);
  }

  #takePart(pieces: readonly Piece[]): void {
    const block = this.#block;
    try {
      let piece = Atomics.sub(block, control.unclaimed, 1);
      for (; piece > 0; piece = Atomics.sub(block, control.unclaimed, 1)) {
        const [{ call }, ...operands] = pieces[piece - 1];
        call(...operands);
        Atomics.sub(block, control.unfinished, 1);
      }
    } catch (error) {
      const unclaimed = Math.max(0, Atomics.exchange(block, control.unclaimed, 0));
      Atomics.sub(block, control.unfinished, 1 + unclaimed);
      throw error;
    }
  }

  /** Until workers have done what they claimed: nothing may use the arena before. */
  #wait(): void {
    const block = this.#block;
    let turns = 0;
    for (;;) {
      const unfinished = Atomics.load(block, control.unfinished);
      if (unfinished <= 0) return;
      if (this.#maySleep && ++turns > spins.caller) Atomics.wait(block, control.unfinished, unfinished);
    }
  }
}

/** The thread that draws a page must not sleep. */
function maySleepOn(block: Int32Array): boolean {
  try {
    Atomics.wait(block, control.unfinished, -1);
    return true;
  } catch {
    return false;
  }
}

/**
 * The block through which threads talk, as 32-bit numbers: who finds a piece of work unclaimed claims it, until none is left.
 *
 * What changes often has a cache line of its own.
 */
export const control = {
  /** Counts the jobs; workers sleep here. */
  job: 0,
  /** Pieces that nobody has claimed; below zero where somebody asked in vain. */
  unclaimed: 16,
  /** Pieces that are not computed yet; the caller sleeps here. */
  unfinished: 32,
  /** Workers that are ready. */
  ready: 48,
  /** Pieces that workers have computed, ever. */
  helped: 49,
  /** Whether a kernel has thrown in a worker. */
  failed: 50,
  /** For each function: where the bytes of its module begin, how many there are, which of the exports it is. */
  functions: 64,
  functionSize: 3,
  functionLimit: 256,
  /** For each piece: the function, and its operands. */
  pieces: 1024,
  pieceSize: 32,
  pieceLimit: 64,
  /** Bytes of modules from here on; pages that are never written to take no memory. */
  modules: 4096,
  length: 2 ** 17,
} as const;

/**
 * Turns of a loop that asks for work or its end, before who waits falls asleep: half a millisecond for workers, a fifth of it for the caller.
 *
 * To be woken takes some 50 µs. *Measured*: workers that stay awake between the products of a step of training save a tenth of it.
 */
export const spins = { worker: 100_000, caller: 20_000 } as const;

import { uniformInt } from "pure-rand/distribution/uniformInt";
import { xoroshiro128plusFromState } from "pure-rand/generator/xoroshiro128plus";
import { ArgumentError } from "./errors.ts";

type Source = ReturnType<typeof xoroshiro128plusFromState>;

/** All that a generator's further draws depend on: plain data, for checkpoints. */
export interface GeneratorState {
  readonly seed: string;
  readonly words: readonly number[];
  /** The second of a pair of normal draws, where it is still to be handed out. */
  readonly spare: number | null;
}

/**
 * A seeded stream of random numbers (xoroshiro128+).
 *
 * The same seed gives the same numbers everywhere. `fork` gives independent streams that depend on seed and path only, not on what was drawn
 * before.
 *
 * @see Blackman, Vigna 2018, "Scrambled linear pseudorandom number generators"
 * @example
 * const weights = new Generator(7).fork("layers.3.weight");
 */
export class Generator {
  readonly seed: string;
  #source: Source;
  #spare: number | null = null;

  /** @throws ArgumentError unless the seed is text or a finite number */
  constructor(seed: number | string) {
    if (typeof seed !== "string" && !Number.isFinite(seed)) throw new ArgumentError("Generator", "expected a seed that is text or a finite number", seed);
    this.seed = String(seed);
    this.#source = xoroshiro128plusFromState(wordsOf(this.seed));
  }

  static fromState(state: GeneratorState): Generator {
    const generator = new Generator(state.seed);
    generator.#source = xoroshiro128plusFromState(state.words);
    generator.#spare = state.spare;
    return generator;
  }

  get state(): GeneratorState {
    return { seed: this.seed, words: [...this.#source.getState()], spare: this.#spare };
  }

  /** A generator that goes on as this one would. */
  clone(): Generator {
    return Generator.fromState(this.state);
  }

  /** An independent stream for a purpose, named by its path. */
  fork(path: string): Generator {
    return new Generator(`${this.seed}/${path}`);
  }

  /** A draw from [0, 1) with 53 random bits. */
  uniform(): number {
    const high = this.#source.next() >>> 5;
    const low = this.#source.next() >>> 6;
    return (high * 0x4000000 + low) / 0x20000000000000;
  }

  /** A draw from N(0, 1), by the polar method. @see Marsaglia, Bray 1964 */
  normal(): number {
    if (this.#spare !== null) {
      const spare = this.#spare;
      this.#spare = null;
      return spare;
    }
    for (;;) {
      const [x, y] = [2 * this.uniform() - 1, 2 * this.uniform() - 1];
      const square = x * x + y * y;
      if (square >= 1 || square === 0) continue;
      const scale = Math.sqrt((-2 * Math.log(square)) / square);
      this.#spare = y * scale;
      return x * scale;
    }
  }

  /** A whole number from 0 to `n` - 1, each as likely. @throws ArgumentError unless n is a positive integer */
  integer(n: number): number {
    if (!Number.isSafeInteger(n) || n < 1) throw new ArgumentError("Generator.integer", "expected a positive integer", n);
    return uniformInt(this.#source, 0, n - 1);
  }

  /** The numbers from 0 to `n` - 1 in random order, each order as likely. @see Durstenfeld 1964 */
  permutation(n: number): Int32Array {
    const order = Int32Array.from({ length: n }, (_, k) => k);
    for (let last = n - 1; last > 0; last--) {
      const pick = this.integer(last + 1);
      const kept = order[last];
      order[last] = order[pick];
      order[pick] = kept;
    }
    return order;
  }

  /** Fills an array with draws from [0, 1); rounding to single precision never gives 1. */
  fillUniform(out: Float32Array | Float64Array): void {
    if (out instanceof Float32Array) for (let i = 0; i < out.length; i++) out[i] = (this.#source.next() >>> 8) / 0x1000000;
    else for (let i = 0; i < out.length; i++) out[i] = this.uniform();
  }

  /** Fills an array with draws from N(0, 1). */
  fillNormal(out: Float32Array | Float64Array): void {
    for (let i = 0; i < out.length; i++) out[i] = this.normal();
  }
}

/** Four words from a seed: its characters stirred into the state of an FNV-1a hash, finished by MurmurHash3's mixer. */
function wordsOf(seed: string): number[] {
  return [0x9e3779b9, 0x243f6a88, 0xb7e15162, 0x7f4a7c15].map((start) => {
    let hash = start | 0;
    for (let i = 0; i < seed.length; i++) hash = Math.imul(hash ^ seed.charCodeAt(i), 0x01000193) ^ (hash >>> 15);
    hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
    hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
    return hash ^ (hash >>> 16);
  });
}

import { xoroshiro128plusFromState } from "pure-rand/generator/xoroshiro128plus";
import type { RandomGenerator } from "pure-rand/types/RandomGenerator";
import { ArgumentError } from "./errors.ts";
import { seedWords } from "./random/seed-words.ts";
import { drawNormal, drawUniform } from "./random/ziggurat.ts";

/** All that a generator's further draws depend on: plain data, for checkpoints. */
export interface GeneratorState {
  /** The seed and, behind slashes, the paths it was forked by. */
  readonly seed: string;
  /** The four words of the source. */
  readonly words: readonly number[];
}

/**
 * A seeded stream of random numbers (xoroshiro128+, period 2¹²⁸ - 1).
 *
 * The same seed gives the same numbers on every machine, the normal draws up to the last digit of the engine's `exp` and `log`. `fork`
 * gives independent streams that depend on seed and path only, not on what was drawn before.
 *
 * @see Blackman, Vigna 2018, "Scrambled linear pseudorandom number generators"
 * @example
 * new Generator(7).uniform() === new Generator(7).uniform(); // true
 * const weights = new Generator(7).fork("layers.3.weight");
 * weights.fillNormal(new Float32Array(1000));
 * weights.seed; // "7/layers.3.weight"
 */
export class Generator {
  #seed: string;
  #state: RandomGenerator;

  /** @throws ArgumentError unless the seed is text or a finite number; 7 and "7" are the same */
  constructor(seed: number | string) {
    if (typeof seed !== "string" && !Number.isFinite(seed))
      throw new ArgumentError("Generator", "expected a seed that is text or a finite number", seed);
    this.#seed = String(seed);
    this.#state = xoroshiro128plusFromState(seedWords(this.#seed));
  }

  /** The seed as text and, behind slashes, the paths that the generator was forked by. */
  get seed(): string {
    return this.#seed;
  }

  /**
   * A generator that goes on where the one went on that the state was read from.
   *
   * @throws ArgumentError unless the state has four 32-bit words, not all 0
   * @example
   * const generator = new Generator(7);
   * const { state } = generator;
   * generator.uniform() === Generator.fromState(state).uniform(); // true
   */
  static fromState(state: GeneratorState): Generator {
    const generator = new Generator(state.seed);
    generator.state = state;
    return generator;
  }

  /** What all draws come from. */
  get #source(): RandomGenerator {
    if (witness !== null && !witness.has(this)) witness.set(this, this.state);
    return this.#state;
  }

  /**
   * Where the generator stands, as a copy; assigned, it goes on from there.
   *
   * @throws ArgumentError unless it is set to text and four 32-bit words, not all 0
   * @example
   * const generator = new Generator(7);
   * const { state } = generator;
   * const drawn = generator.uniform();
   * generator.state = state;
   * generator.uniform() === drawn; // true
   */
  get state(): GeneratorState {
    return { seed: this.#seed, words: [...this.#state.getState()] };
  }

  set state({ seed, words }: GeneratorState) {
    if (typeof seed !== "string")
      throw new ArgumentError("Generator.state", "expected a seed that is text", seed);
    if (
      !Array.isArray(words) ||
      words.length !== 4 ||
      !words.every((word) => (word | 0) === word) ||
      words.every((word) => word === 0)
    )
      throw new ArgumentError("Generator.state", "expected four 32-bit words, not all 0", words);
    this.#seed = seed;
    this.#state = xoroshiro128plusFromState(words);
  }

  /**
   * A generator that goes on as this one would.
   *
   * @example
   * const generator = new Generator(7);
   * generator.clone().uniform() === generator.uniform(); // true
   */
  clone(): Generator {
    return Generator.fromState(this.state);
  }

  /**
   * An independent stream for a purpose, named by its path; forking by "a" and then by "b" is forking by "a/b".
   *
   * @throws ArgumentError if the path is empty
   * @example
   * new Generator(7).fork("a").fork("b").seed; // "7/a/b"
   */
  fork(path: string): Generator {
    if (path === "") throw new ArgumentError("Generator.fork", "expected a path", path);
    return new Generator(`${this.seed}/${path}`);
  }

  /**
   * A draw from [0, 1) with 53 random bits.
   *
   * @example
   * new Generator(7).uniform(); // 0.0851
   */
  uniform(): number {
    return drawUniform(this.#source);
  }

  /**
   * A draw from N(0, 1), by the ziggurat method.
   *
   * @example
   * new Generator(7).normal(); // -1.9812
   */
  normal(): number {
    return drawNormal(this.#source);
  }

  /**
   * A whole number from 0 to `n` - 1, each exactly as likely: the first draw of just enough bits that is below `n`.
   *
   * @throws ArgumentError unless n is a whole number from 1 to 2⁵³ - 1
   * @example
   * new Generator(7).integer(100); // 10
   */
  integer(n: number): number {
    if (!Number.isSafeInteger(n) || n < 1)
      throw new ArgumentError("Generator.integer", "expected a whole number from 1 to 2^53 - 1", n);
    if (n === 1) return 0;
    if (n <= 0x100000000) {
      const shift = Math.clz32(n - 1);
      for (;;) {
        const draw = this.#source.next() >>> shift;
        if (draw < n) return draw;
      }
    }
    const size = 2 ** (64 - Math.clz32(Math.floor((n - 1) / 0x100000000)));
    for (;;) {
      const draw = Math.floor(this.uniform() * size);
      if (draw < n) return draw;
    }
  }

  /**
   * The numbers from 0 to `n` - 1 in random order, each order as likely.
   *
   * @throws ArgumentError unless n is a whole number from 0 to 2³¹ - 1
   * @see Durstenfeld 1964, "Algorithm 235: random permutation"
   * @example
   * new Generator(7).permutation(5); // [1, 3, 4, 0, 2]
   */
  permutation(n: number): Int32Array {
    if (!Number.isInteger(n) || n < 0 || n > 0x7fffffff)
      throw new ArgumentError("Generator.permutation", "expected a whole number from 0 to 2^31 - 1", n);
    const order = new Int32Array(n);
    for (let k = 1; k < n; k++) {
      const pick = this.integer(k + 1);
      order[k] = order[pick];
      order[pick] = k;
    }
    return order;
  }

  /** Fills an array with draws from [0, 1): 53 random bits each, or 24 in single precision, where rounding more could give 1. */
  fillUniform(out: Float32Array | Float64Array): void {
    const source = this.#source;
    if (out instanceof Float64Array) for (let i = 0; i < out.length; i++) out[i] = drawUniform(source);
    else for (let i = 0; i < out.length; i++) out[i] = (source.next() >>> 8) / 0x1000000;
  }

  /** Fills an array with draws from N(0, 1): those of {@link normal}, rounded to single precision where that is the type. */
  fillNormal(out: Float32Array | Float64Array): void {
    const source = this.#source;
    for (let i = 0; i < out.length; i++) out[i] = drawNormal(source);
  }

  /** Runs `f`, and sets the generators that it drew from back to where they stood, however it ends. */
  static untouched<R>(f: () => R): R {
    const outer = witness;
    const draws = new Map<Generator, GeneratorState>();
    witness = draws;
    try {
      return f();
    } finally {
      witness = outer;
      for (const [generator, state] of draws) {
        if (outer !== null && !outer.has(generator)) outer.set(generator, state);
        generator.state = state;
      }
    }
  }

  /** Runs `f` with generators set back to where they stood once, and lets them go on afterwards from where they stand now. */
  static replay<R>(states: Draws, f: () => R): R {
    const present = [...states.keys()].map((generator) => [generator, generator.state] as const);
    const set = (all: Iterable<readonly [Generator, GeneratorState]>): void => {
      for (const [generator, state] of all) generator.state = state;
    };
    try {
      set(states);
      return f();
    } finally {
      set(present);
    }
  }
}

/** Generators with the state that they had before the first draw. */
export type Draws = ReadonlyMap<Generator, GeneratorState>;

let witness: Map<Generator, GeneratorState> | null = null;

/** Runs `f`, and tells which generators it drew from. */
export function witnessDraws<R>(f: () => R): { readonly result: R; readonly draws: Draws } {
  const before = witness;
  const draws = new Map<Generator, GeneratorState>();
  witness = draws;
  try {
    return { result: f(), draws };
  } finally {
    witness = before;
    // Who watches around sees these draws too.
    if (before !== null)
      for (const [generator, state] of draws) if (!before.has(generator)) before.set(generator, state);
  }
}

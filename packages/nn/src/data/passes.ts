import { ArgumentError, Generator } from "@isograd/autograd";
import type { Stateful } from "../module/stateful.ts";

/** What a generator goes on from: plain data. */
export type GeneratorState = Generator["state"];

/** Where a source of batches is: plain data, as small for a million rows as for ten. */
export interface PassState {
  /** How many batches of the present pass were given; 0 between two passes. */
  readonly batch: number;
  /** The generator before the present pass drew from it: its draws are made again from here. Null between two passes, or without draws. */
  readonly order: GeneratorState | null;
  /** The generator as it is. */
  readonly generator: GeneratorState | null;
  /** What the source is made of, such as its number of rows: another one cannot go on from here. */
  readonly of: Readonly<Record<string, number>>;
}

/** One pass that has begun. */
export interface Pass {
  /** How many of its batches were given before. */
  readonly from: number;
  /** What the pass draws from, at its beginning; null if nothing is drawn. */
  readonly draws: Generator | null;
  /** Before a batch is handed on: `batch` were given then. */
  give(batch: number): void;
  /** Behind the last batch, once another was asked for. */
  end(): void;
}

/**
 * The passes over a source, one behind the other: what each draws from, and where the latest is.
 *
 * A pass that was left early leaves the position where it was, and the next one begins anew, unless a state is assigned.
 */
export class Passes implements Stateful<PassState> {
  #batch = 0;
  #order: GeneratorState | null = null;
  #resumes = false;

  /**
   * @param owner of the position, for errors
   * @param generator what passes draw from, if they draw at all
   * @param of what must be equal where a state is put back
   */
  constructor(
    readonly owner: string,
    readonly generator: Generator | null,
    readonly of: Readonly<Record<string, number>>,
  ) {}

  get state(): PassState {
    return {
      batch: this.#batch,
      order: this.#order,
      generator: this.generator?.state ?? null,
      of: { ...this.of },
    };
  }

  /** @throws ArgumentError unless it is the state of such a source */
  set state(state: PassState) {
    this.check(state);
    if (this.generator !== null) this.generator.state = state.generator!;
    this.#batch = state.batch;
    this.#order = state.order;
    this.#resumes = true;
  }

  /** Begins a pass: a new one, or the rest of the one that the assigned state was in. */
  begin(): Pass {
    const again = this.#resumes ? this.#order : null;
    const from = this.#resumes ? this.#batch : 0;
    const order = again ?? this.generator?.state ?? null;
    this.#resumes = false;
    this.#stand(from, order);
    return {
      from,
      draws: again === null ? this.generator : Generator.fromState(again),
      give: (batch) => this.#stand(batch, order),
      end: () => this.#stand(0, null),
    };
  }

  #stand(batch: number, order: GeneratorState | null): void {
    this.#batch = batch;
    this.#order = order;
  }

  /** @throws ArgumentError unless it is the state of such a source */
  check({ batch, order, generator, of }: PassState): void {
    for (const name of new Set([...Object.keys(this.of), ...Object.keys(of ?? {})]))
      if (of?.[name] !== this.of[name])
        throw new ArgumentError(
          `${this.owner}.state`,
          `expected the state of a source whose ${name} is ${this.of[name]}`,
          of?.[name],
        );
    if (!Number.isInteger(batch) || batch < 0)
      throw new ArgumentError(
        `${this.owner}.state`,
        "expected a batch that is a whole number from 0 on",
        batch,
      );
    const draws = this.generator !== null;
    if ((generator !== null) !== draws || (draws ? batch > 0 && order === null : order !== null))
      throw new ArgumentError(
        `${this.owner}.state`,
        `expected the state of a source that draws ${draws ? "from a generator" : "nothing"}`,
        generator,
      );
  }
}

/** A generator for one pass alone: what others draw meanwhile does not matter. */
export function ownDraws(draws: Generator): Generator {
  return new Generator(draws.integer(Number.MAX_SAFE_INTEGER));
}

import type { Generator, Tensor } from "@isograd/autograd";

/** Sequences of one length with what is to be said at their end. */
export interface Sequences {
  /** [time, sequences, inputSize] */
  readonly inputs: Tensor;
  /** [sequences, ...] */
  readonly targets: Tensor;
}

/** A task that can only be solved by remembering what stood near the beginning of a sequence. */
export interface Problem {
  readonly name: string;
  readonly inputSize: number;
  readonly outputSize: number;
  readonly loss: (outputs: Tensor, targets: Tensor) => Tensor;
  /** The share of the sequences that are answered wrong. */
  readonly errorRate: (outputs: Tensor, targets: Tensor) => number;
  /** Draws new sequences of `length` steps. */
  readonly draw: (generator: Generator, length: number, count: number) => Sequences;
}

/** A place within [from, to), both shares of the length. */
export const placeWithin = (generator: Generator, length: number, from: number, to: number): number =>
  Math.floor(length * (from + (to - from) * generator.uniform()));

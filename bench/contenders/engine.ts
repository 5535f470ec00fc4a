import type { Ops } from "../workloads/ops.ts";
import type { Values } from "../workloads/values.ts";
import type { Input } from "../workloads/workload.ts";

/** A program and what it is applied to. */
export interface Job<T> {
  readonly f: (parameters: readonly T[], data: readonly T[]) => T;
  readonly parameters: readonly T[];
  readonly data: readonly T[];
}

type Maybe<R> = R | Promise<R>;

/** A library, as the benchmark drives it. What reads a result waits until the library has computed it. */
export interface Engine<T> {
  readonly ops: Ops<T>;
  load(values: Values, input: Input): T;
  /** In the layout of the input, where there is one. */
  read(tensor: T, input?: Input): Maybe<ArrayLike<number>>;
  /** Computes, hands what came out to `use`, and lets go of it. */
  value<R>(job: Job<T>, use: (value: T) => Maybe<R>): Maybe<R>;
  gradient<R>(job: Job<T>, use: (value: T, gradients: readonly T[]) => Maybe<R>): Maybe<R>;
  trainer(job: Job<T>, rate: number): Trainer<T>;
  /** One number of a tensor that has been computed. */
  first(tensor: T): Maybe<number>;
}

export interface Trainer<T> {
  /** A step of gradient descent, the loss of which it returns. */
  step(): Maybe<number>;
  parameters(): readonly T[];
}

/** A workload, ready to run. */
export interface Task {
  /** Returns a number that depends on what was computed. */
  run(): Maybe<number>;
  /** What there is to compare: the values; the value and the gradients; the losses of some steps and how they moved the parameters. */
  results(): Promise<ArrayLike<number>[]>;
  /** How many runs that takes. */
  readonly runs: number;
}

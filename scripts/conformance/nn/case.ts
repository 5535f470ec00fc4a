import type { StoredTensor } from "../case.ts";

/** The options of a case, by PyTorch's names or by ours. */
// biome-ignore lint/suspicious/noExplicitAny: what a reference file holds is known when it is read, not before
export type Options = Readonly<Record<string, any>>;

/** A number as the reference files write it: "inf", "-Infinity" and "NaN" are strings. */
export type StoredNumber = number | string;

export interface OptimizerCase {
  readonly kind: "optimizer";
  readonly name: string;
  readonly options: Options;
  readonly A: StoredTensor;
  readonly x0: StoredTensor;
  readonly y0: StoredTensor;
  /** For each step the loss before it, and the parameters after it. */
  readonly trajectory: readonly {
    readonly loss: number;
    readonly x: readonly number[];
    readonly y: readonly number[];
  }[];
}

export interface ScheduleCase {
  readonly kind: "schedule";
  readonly name: string;
  readonly options: Options;
  readonly base_lr: number;
  /** What each step is told; null where it is told nothing. */
  readonly metric: readonly number[] | null;
  /** The learning rate at the start, and after each step. */
  readonly lrs: readonly number[];
}

export interface ClipNormCase {
  readonly kind: "clip_grad_norm";
  readonly max_norm: number;
  readonly norm_type: StoredNumber;
  readonly grads: readonly StoredTensor[];
  readonly total_norm: number;
  readonly clipped: readonly StoredTensor[];
}

export interface ClipValueCase {
  readonly kind: "clip_grad_value";
  readonly clip_value: number;
  readonly grads: readonly StoredTensor[];
  readonly clipped: readonly StoredTensor[];
}

export interface GainCase {
  readonly kind: "gain";
  readonly nonlinearity: string;
  readonly param: number | null;
  readonly gain: number;
}

export interface ModuleCase {
  readonly kind: "module";
  readonly name: string;
  readonly options: Options;
  readonly train: boolean;
  readonly state: Readonly<Record<string, StoredTensor>>;
  readonly inputs: readonly StoredTensor[];
  readonly outputs: readonly StoredTensor[];
  readonly cotangents: readonly StoredTensor[];
  readonly input_grads: readonly (StoredTensor | null)[];
  readonly param_grads: Readonly<Record<string, StoredTensor | null>>;
  /** The buffers after the call. */
  readonly state_after: Readonly<Record<string, StoredTensor>>;
}

export type NnCase = OptimizerCase | ScheduleCase | ClipNormCase | ClipValueCase | GainCase | ModuleCase;

/** Runs a case of one kind: what is wrong, in words, or null. */
export type Check<C extends NnCase> = (entry: C) => string | null;

/** What a table has for a name. @throws Error "not offered" if there is nothing */
export function offered<T>(table: Readonly<Record<string, T>>, name: string): T {
  if (!Object.hasOwn(table, name)) throw new Error("not offered");
  return table[name];
}

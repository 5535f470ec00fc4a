import type { Program } from "./programs.ts";

/** An array that a workload reads. Values come from its index and its place alone, so that every contender gets the same. */
export interface Input {
  readonly shape: readonly number[];
  /** Numbers lie evenly within center ± scale; labels are whole numbers from 0 to below `classes`. */
  readonly content: { readonly scale: number; readonly center: number } | { readonly classes: number };
  readonly dtype: "f32" | "f64" | "i32";
  /** What the gradient is taken by, and what a training step changes. */
  readonly parameter: boolean;
  /** Filters are [out, in, height, width] here, and other libraries may hold them otherwise. */
  readonly filter: boolean;
}

/** A bound on a ratio of times. */
export interface Target {
  /** At least so many times as fast as the best JavaScript peer. */
  readonly javascript: number;
  /** At most so many times the time that PyTorch takes. */
  readonly pytorch?: number;
  /** At least so many times as fast as the best JavaScript peer, when we have two threads. */
  readonly threads?: number;
}

export interface Workload {
  readonly name: string;
  /** `value` evaluates the program; `gradient` also its gradient; `train` takes a step of gradient descent. */
  readonly task: "value" | "gradient" | "train";
  readonly program: Program;
  readonly inputs: readonly Input[];
  readonly target: Target;
  /** Floating-point operations of one run, where a rate says more than a time. */
  readonly flops?: number;
  /** Takes part in a quick run. */
  readonly quick: boolean;
}

/** How large a step of gradient descent is. */
export const learningRate = 0.05;

const numbers = (shape: readonly number[], scale: number, options: Partial<Input> = {}): Input => ({
  shape,
  content: { scale, center: 0 },
  dtype: "f32",
  parameter: false,
  filter: false,
  ...options,
});

export const data = (shape: readonly number[], scale = 1, dtype: "f32" | "f64" = "f32"): Input =>
  numbers(shape, scale, { dtype });

/** The same number everywhere. */
export const constant = (shape: readonly number[], center: number): Input =>
  numbers(shape, 0, { content: { scale: 0, center } });

export const parameter = (shape: readonly number[], scale: number): Input =>
  numbers(shape, scale, { parameter: true });

/** A weight whose scale keeps the variance of what passes through it. */
export const weight = (inputs: number, outputs: number): Input =>
  parameter([inputs, outputs], Math.sqrt(3 / inputs));

export const filter = (shape: readonly [number, number, number, number]): Input =>
  numbers(shape, Math.sqrt(3 / (shape[1] * shape[2] * shape[3])), { parameter: true, filter: true });

export const labels = (count: number, classes: number): Input => ({
  shape: [count],
  content: { classes },
  dtype: "i32",
  parameter: false,
  filter: false,
});

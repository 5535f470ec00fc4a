import type { Scalar, ScalarLike, Tensor } from "@isograd/autograd";
import type { Values } from "../clipping/norms.ts";

/** One array a parameter, of its size; null where no gradient came: that parameter rests. */
export type Updates = (Values | null)[];

/**
 * A step from gradients to what is added to the parameters.
 *
 * What it remembers lies in its state alone: plain objects, arrays, typed arrays and numbers, so that it can be copied and stored. A state
 * with a `learningRate` can be changed by `Optimizer.learningRate`.
 */
export interface GradientTransform<State = unknown> {
  init(parameters: readonly Tensor[]): State;
  /** Makes updates of `gradients`, which it may overwrite and return, and brings the state up to date. What it returns is given away. */
  update(gradients: Updates, state: State, parameters: readonly Tensor[]): Updates;
}

/** What a transform does to an element of a parameter: the same to each. */
export interface ElementRule<State> {
  /** How many arrays it keeps for each parameter; default 0. */
  readonly arrays?: number;
  /** How many numbers a step of a parameter takes; default 0. */
  readonly numbers?: number;
  /** The update, and what the arrays hold from then on, in elementwise operations of autograd. Called once, not at each step. */
  write(element: Element): readonly [update: ScalarLike, ...kept: ScalarLike[]];
  /** Looks at all gradients before anything is changed, and may throw; returns for each parameter the first of its numbers, or nothing. */
  measure?(
    gradients: Readonly<Updates>,
    state: State,
    parameters: readonly Tensor[],
  ): readonly number[] | null;
  /** Brings the state of the parameter at `place` to this step; returns its arrays, to be overwritten, and its (further) numbers. */
  take?(state: State, place: number, gradient: Values): Operands;
}

/** One element, as scalar expressions. */
export interface Element {
  readonly gradient: Scalar;
  readonly parameter: Scalar;
  /** From each array that is kept. */
  readonly kept: readonly Scalar[];
  readonly numbers: readonly Scalar[];
}

/** What a step of one parameter reads besides gradient and parameter, in the order of `Element`. */
export interface Operands {
  readonly arrays?: readonly Values[];
  readonly numbers?: readonly number[];
}

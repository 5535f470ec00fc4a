import type { Module } from "../module/module.ts";
import { type Layer, Sequential } from "./sequential.ts";

/** A module of one input, or a function. */
export type Step<Input, Output> = Module<readonly [x: Input], Output> | ((x: Input) => Output);

/**
 * Layers one after the other, up to eight, each of which takes what the one before gives: tensors, pairs, states, anything.
 *
 * A `Sequential`, of which the compiler checks that its layers fit; more, or as many as a program decides, are for `new Sequential`.
 *
 * @throws ArgumentError unless all are modules or functions
 * @see torch.nn.Sequential
 * @example
 * const classifier = sequential(
 *   new LSTM({ inputSize: 8, hiddenSize: 16, batchFirst: true }),
 *   ({ output }) => mean(output, { axis: 1 }),
 *   new Linear({ inFeatures: 16, outFeatures: 2 }),
 * );
 * classifier.call(full([4, 7, 8], 1)).shape; // [4, 2]
 */
export function sequential<A, B>(a: Step<A, B>): Module<readonly [x: A], B>;
export function sequential<A, B, C>(a: Step<A, B>, b: Step<B, C>): Module<readonly [x: A], C>;
export function sequential<A, B, C, D>(
  a: Step<A, B>,
  b: Step<B, C>,
  c: Step<C, D>,
): Module<readonly [x: A], D>;
export function sequential<A, B, C, D, E>(
  a: Step<A, B>,
  b: Step<B, C>,
  c: Step<C, D>,
  d: Step<D, E>,
): Module<readonly [x: A], E>;
export function sequential<A, B, C, D, E, F>(
  a: Step<A, B>,
  b: Step<B, C>,
  c: Step<C, D>,
  d: Step<D, E>,
  e: Step<E, F>,
): Module<readonly [x: A], F>;
export function sequential<A, B, C, D, E, F, G>(
  a: Step<A, B>,
  b: Step<B, C>,
  c: Step<C, D>,
  d: Step<D, E>,
  e: Step<E, F>,
  f: Step<F, G>,
): Module<readonly [x: A], G>;
export function sequential<A, B, C, D, E, F, G, H>(
  a: Step<A, B>,
  b: Step<B, C>,
  c: Step<C, D>,
  d: Step<D, E>,
  e: Step<E, F>,
  f: Step<F, G>,
  g: Step<G, H>,
): Module<readonly [x: A], H>;
export function sequential<A, B, C, D, E, F, G, H, I>(
  a: Step<A, B>,
  b: Step<B, C>,
  c: Step<C, D>,
  d: Step<D, E>,
  e: Step<E, F>,
  f: Step<F, G>,
  g: Step<G, H>,
  h: Step<H, I>,
): Module<readonly [x: A], I>;
export function sequential(...steps: Step<never, unknown>[]): Module<readonly [x: never], unknown> {
  // What goes between them is as their types say: the runtime hands on whatever comes.
  return new Sequential(steps as unknown as Layer[]) as unknown as Module<readonly [x: never], unknown>;
}

import type { Values } from "../clipping/norms.ts";
import { elementwise } from "./elementwise.ts";
import type { ElementRule, GradientTransform } from "./transform.ts";

/** What is remembered of one parameter. */
export interface Memory {
  /** How many steps it took. */
  step: number;
}

/** What a transform remembers: numbers of its own, and something of each parameter once a gradient came to it. */
export type Remembered<M extends Memory, Own extends object = { learningRate: number }> = Own & {
  readonly memory: (M | null)[];
};

/** Numbers that can be set between two steps. */
export interface Pace {
  learningRate: number;
  /** How much of the past is kept in the direction of a step. */
  momentum: number;
}

export interface MemoryRule<M extends Memory, Own extends object> {
  /** What is remembered besides the parameters. */
  readonly own: Own;
  /** What is remembered of a parameter before its first step. */
  begin(like: Values, own: Own): M;
  /** The arrays that `write` reads and renews, in its order. */
  readonly keeps: readonly NoInfer<keyof M>[];
  /** How many numbers a step takes, the measured one included. */
  readonly numbers: number;
  readonly measure?: ElementRule<Remembered<M, Own>>["measure"];
  readonly write: ElementRule<unknown>["write"];
  /** The numbers of a step, which is counted already, after the measured one. */
  take(memory: M, own: Own): readonly number[];
}

/**
 * Makes a transform of what happens to an element, where something is remembered of each parameter.
 *
 *
 * @example
 * const heavyBall = (learningRate: number) =>
 *   remembering({
 *     own: { learningRate },
 *     begin: (like: Float32Array) => ({ step: 0, velocity: like.slice().fill(0) }),
 *     keeps: ["velocity"],
 *     numbers: 1,
 *     write: ({ gradient, kept: [velocity], numbers: [rate] }) => {
 *       const next = add(mul(0.9, velocity), gradient);
 *       return [mul(rate, next), next];
 *     },
 *     take: (_, own) => [-own.learningRate],
 *   });
 * const weight = parameter([1]);
 * weight.grad = tensor([1]);
 * const optimizer = new Optimizer([weight], heavyBall(0.1));
 * for (let step = 0; step < 2; step++) optimizer.step();
 * weight; // [0.71]
 */
export const remembering = <M extends Memory, Own extends object>({
  own,
  begin,
  keeps,
  take,
  ...rule
}: MemoryRule<M, Own>): GradientTransform<Remembered<M, Own>> =>
  elementwise<Remembered<M, Own>>({
    init: (parameters) => ({ ...own, memory: parameters.map(() => null) }),
    ...rule,
    arrays: keeps.length,
    take: (state, place, gradient) => {
      const memory = state.memory[place] ?? begin(gradient, state);
      state.memory[place] = memory;
      memory.step++;
      const arrays = keeps.length === 0 ? undefined : keeps.map((name) => memory[name] as Values);
      return { arrays, numbers: take(memory, state) };
    },
  });

export const filledLike = (like: Values, value: number): Values =>
  (like instanceof Float32Array ? new Float32Array(like.length) : new Float64Array(like.length)).fill(value);

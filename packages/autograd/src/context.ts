import type { Cotangents, Node, Op, Tensor } from "./tensor.ts";

/** What holds for every operation while it is switched on; read by all, changed only through the functions here. */
export interface Context {
  /** Whether operations on tracked tensors are recorded. */
  recording: boolean;
  /** Whether the user stopped recording since the innermost vmap began: that holds for the tensors that it maps, too. */
  stopped: boolean;
  /** How the results of operations are checked; null where they are not. */
  anomaly: AnomalyChecks | null;
  /** The same where anomaly mode is on: also inside rules, where it is the rule's result that is checked. */
  detecting: AnomalyChecks | null;
  scope: string;
  /** The user's line on whose behalf a rule runs, in anomaly mode. */
  site: string | undefined;
  /** The innermost vmap under way. */
  mapping: Mapping | null;
}

/** What anomaly mode does. It comes along with `detectAnomaly` alone: a program that never asks for it does not carry it. */
export interface AnomalyChecks {
  callSite(): string | undefined;
  /** Looks at what an operation made. */
  operation(op: Op, node: Node | null, inputs: readonly Tensor[], outputs: readonly Tensor[]): void;
  checkCotangent(node: Node, what: string, cotangent: Tensor, from: Cotangents): void;
  // Of what is computed for a node on the way only the result is looked at: the culprit is the node, not an operation inside its rule.
  /** The sum of cotangents that arrive at a node. */
  summed(node: Node, parts: Cotangents, f: () => Tensor): Tensor;
  /** The cotangent of an input. */
  pulled(node: Node, position: number, from: Cotangents, f: () => Tensor | null): Tensor | null;
  /** The tangents of the outputs. */
  pushed(node: Node, from: Cotangents, f: () => (Tensor | null)[]): (Tensor | null)[];
}

/** A function under way that was written for one example and runs for many: what stands for one is a `MappedTensor`. */
export interface Mapping {
  /** How many vmaps are under way around it, itself included. */
  readonly level: number;
  /** How many examples. */
  readonly size: number;
  /** The context that it began in. */
  readonly outside: Context;
  /** Applies an op for all examples at once. */
  run<A>(op: Op<A>, inputs: readonly Tensor[], attributes: A): readonly Tensor[];
  /** All examples along a first axis; repeated where they are the same. */
  examplesOf(x: Tensor): Tensor;
  /** The innermost vmap under way that one of the tensors belongs to. @throws GraphError if that vmap has ended */
  innermostOf(inputs: readonly Tensor[]): Mapping | null;
  /** Adds to a sum that nobody has seen, in place; false, and nothing is done, where that would change what is not the sum's alone. */
  add(sum: Tensor, x: Tensor): boolean;
  /** The same for the parts of a sum that an op with `addTo` reads. */
  addParts(op: Op, attributes: unknown, sum: Tensor, cotangents: Cotangents): boolean;
  /** See `lifted`. */
  lift(x: Tensor): Tensor;
  /** See `renewed`. */
  renew(x: Tensor): Tensor;
}

export const context: Context = {
  recording: true,
  stopped: false,
  anomaly: null,
  detecting: null,
  scope: "",
  site: undefined,
  mapping: null,
};

/** Runs `f` with some of the context changed, and restores it however `f` ends. */
export function withContext<R>(change: Partial<Context>, f: () => R): R {
  const before = { ...context };
  Object.assign(context, change);
  try {
    return f();
  } finally {
    Object.assign(context, before);
  }
}

/**
 * Runs `f` without recording a graph: results carry no gradient.
 *
 * @see torch.no_grad
 * @example
 * noGrad(() => square(parameter(3))).requiresGrad; // false
 */
export function noGrad<R>(f: () => R): R {
  return withContext({ recording: false, stopped: true }, f);
}

/**
 * Runs `f` with recording switched on, also inside `noGrad`.
 *
 * @see torch.enable_grad
 * @example
 * noGrad(() => enableGrad(() => square(parameter(3))).requiresGrad); // true
 */
export function enableGrad<R>(f: () => R): R {
  return withContext({ recording: true, stopped: false }, f);
}

/**
 * Runs `f` one level deeper in the scope path: errors, hooks and reports call what happens inside `outer.name`.
 *
 * @example
 * const y = withScope("encoder", () => withScope("layers.3", () => tanh(parameter(0))));
 * y.node?.label; // "encoder.layers.3 (tanh)"
 */
export function withScope<R>(name: string, f: () => R): R {
  const before = context.scope;
  context.scope = before === "" ? name : `${before}.${name}`;
  try {
    return f();
  } finally {
    context.scope = before;
  }
}

/** A tensor in which the innermost vmap under way can keep a graph of its own; what belongs to none is the same for all its examples. */
export const lifted = (x: Tensor): Tensor => context.mapping?.lift(x) ?? x;

/** The same value as a new tensor, untracked by whoever asks, and still what it is to the vmap and the gradients around. */
export const renewed = (x: Tensor): Tensor => context.mapping?.renew(x) ?? x.detach();

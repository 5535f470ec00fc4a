import { ArgumentError, GraphError } from "./errors.ts";
import { RegisteredCalls } from "./hooks/calls.ts";
import { type TrackedPlace, trackedPlace } from "./mapped.ts";
import {
  type Handle,
  handle,
  type Registration,
  type Replacement,
  register,
  standing,
} from "./registration.ts";
import { type Cotangents, type Node, type Op, Tensor } from "./tensor.ts";

function hooksOf(node: Node): RegisteredCalls {
  node.hooks ??= new RegisteredCalls(node);
  return node.hooks as RegisteredCalls;
}

interface Tracked extends TrackedPlace {
  readonly node: Node;
  readonly index: number;
}

function placeOf(operation: string, tensor: Tensor): Tracked {
  const place = trackedPlace(tensor);
  if (place === null) throw new ArgumentError(operation, "expected a tensor that gradients flow to", tensor);
  return { ...place, node: place.tensor.node as Node, index: place.tensor.outputIndex };
}

/**
 * Calls `hook` with the cotangent of `tensor`, once a sweep, after all that flows in is summed and before the rule runs.
 *
 * What the hook returns replaces the cotangent; nothing returned leaves it as it is. Where the sweep is recorded, so is the hook. A hook
 * that was registered inside vmap sees the cotangent of one example, as all inside does.
 *
 * @throws ArgumentError if no gradient flows to `tensor`; in the sweep ShapeError or DtypeError if a replacement does not fit
 * @see torch.Tensor.register_hook
 * @example
 * const x = parameter([1, 2]);
 * onGradient(x, (cotangent) => clamp(cotangent, -1, 1));
 * backward(sum(mul(x, 10)));
 * x.grad; // [1, 1]
 */
export function onGradient(tensor: Tensor, hook: (cotangent: Tensor) => Replacement<Tensor>): Handle {
  const { node, index, inward, outward, inside } = placeOf("onGradient", tensor);
  const call = (cotangent: Tensor): Replacement<Tensor> => {
    const replaced = inside(() => hook(inward(cotangent)));
    return replaced instanceof Tensor ? outward(replaced) : replaced;
  };
  return register(hooksOf(node).tensors, { index, call });
}

/**
 * Keeps the gradient of a tensor in its `grad`, hooks applied, as leaves do anyway.
 *
 * @see torch.Tensor.retain_grad
 * @example
 * const hidden = square(parameter([1, 2]));
 * retainGrad(hidden);
 * backward(sum(mul(hidden, 3)));
 * hidden.grad; // [3, 3]
 */
export function retainGrad(tensor: Tensor): Handle {
  const { tensor: tracked, node, index, inward, outward } = placeOf("retainGrad", tensor);
  if (tracked !== tensor) {
    Object.defineProperty(tensor, "grad", {
      configurable: true,
      get: () => (tracked.grad === null ? null : inward(tracked.grad)),
      set: (grad: Tensor | null) => {
        tracked.grad = grad === null ? null : outward(grad);
      },
    });
  }
  return node.op === null ? handle(() => {}) : register(hooksOf(node).retained, { index, tensor: tracked });
}

/**
 * Calls `hook` with a leaf each time `backward` has added to its `grad`. An optimizer may step there, and drop the gradient.
 *
 * @throws GraphError if an operation made the tensor; ArgumentError if no gradient flows to it
 * @see torch.Tensor.register_post_accumulate_grad_hook
 * @example
 * const w = parameter([1, 2]);
 * onAccumulate(w, () => {
 *   w.assign(sub(w, mul(0.1, w.grad ?? 0)).detach());
 *   w.grad = null;
 * });
 * backward(sum(square(w)));
 * w; // [0.8, 1.6]
 */
export function onAccumulate(leaf: Tensor, hook: (leaf: Tensor) => void): Handle {
  const { node } = placeOf("onAccumulate", leaf);
  if (node.op !== null)
    throw new GraphError(
      "onAccumulate",
      `only a leaf gathers its gradient, and ${node.label} made this tensor; retainGrad or onGradient see it`,
    );
  return register(hooksOf(node).accumulations, hook);
}

/** Calls around the rule of a node. What they return replaces what they are given; null stands for zero. */
export interface NodeCalls {
  /** Before the rule runs, with a cotangent for each output. */
  readonly before?: (cotangents: Cotangents) => Replacement<Cotangents>;
  /** After it ran, with a cotangent for each input, null where none flows; and with those of the outputs. */
  readonly after?: (inputCotangents: Cotangents, cotangents: Cotangents) => Replacement<Cotangents>;
}

/**
 * Calls functions around the rule of a node, in every sweep that runs it. On a leaf the rule is the addition to `grad`, without inputs.
 *
 * @throws in the sweep ShapeError or DtypeError if a replacement does not fit, ArgumentError if it is not one cotangent, or null, for each
 * @see torch.autograd.graph.Node.register_prehook, torch.autograd.graph.Node.register_hook
 * @example
 * const x = parameter(3);
 * const y = square(x);
 * if (y.node !== null) onNode(y.node, { after: ([cotangent]) => [cotangent && mul(cotangent, 10)] });
 * backward(y);
 * x.grad; // 60
 */
export function onNode(node: Node, { before, after }: NodeCalls): Handle {
  const hooks = hooksOf(node);
  const handles = [
    ...(before === undefined ? [] : [register(hooks.befores, before)]),
    ...(after === undefined ? [] : [register(hooks.afters, after)]),
  ];
  return handle(() => {
    for (const each of handles) each.remove();
  });
}

/** What an observer is told of. */
export interface ObservedEvent {
  /** It is about one example of many, inside vmap: the numbers of such tensors cannot be read. */
  readonly mapped: boolean;
}

export interface OperationEvent extends ObservedEvent {
  readonly op: Op;
  /** Null where it was not recorded. */
  readonly node: Node | null;
  readonly inputs: readonly Tensor[];
  readonly outputs: readonly Tensor[];
}

export interface CotangentEvent extends ObservedEvent {
  readonly node: Node;
  readonly cotangents: Cotangents;
}

export interface SweepEvent extends ObservedEvent {
  /** The tensors that cotangents flow into first: most often one, the loss. */
  readonly roots: readonly { readonly output: Tensor; readonly cotangent: Tensor }[];
}

/**
 * Somebody who watches the graph and changes nothing.
 *
 * What nobody asks for costs nothing: a call that is absent, or that a getter leaves out for a while, is not made. Where operations are
 * observed, a sweep makes all sums of cotangents anew; else it adds in place to those that nobody has seen.
 */
export interface Observer {
  /** An operation ran: inside vmap on all examples, and then, where a node was recorded for one, on that. */
  operation?(event: OperationEvent): void;
  /** A sweep begins; none of its rules has run. */
  sweeping?(event: SweepEvent): void;
  /** A cotangent is complete: all summed, tensor hooks applied; the rule runs next. Called in the order of the sweep. */
  cotangent?(event: CotangentEvent): void;
  /** A sweep is over. */
  swept?(event: SweepEvent): void;
}

/** Who watches now, for the engine to tell; null where nobody does. */
export const watch: { by: Observer | null } = { by: null };

const observers: Registration<Observer>[] = [];

/** Several observers as one: it takes the calls that one of them takes. */
const all: Observer = {
  get operation() {
    return tellAll("operation");
  },
  get sweeping() {
    return tellAll("sweeping");
  },
  get cotangent() {
    return tellAll("cotangent");
  },
  get swept() {
    return tellAll("swept");
  },
};

function tellAll(name: keyof Observer): ((event: never) => void) | undefined {
  if (observers.every(({ value }) => value[name] === undefined)) return undefined;
  return (event) => {
    for (const observer of standing(observers)) observer[name]?.(event);
  };
}

/** Most often there is one, who is told without a detour. */
function appoint(): void {
  watch.by = observers.length > 1 ? all : (observers[0]?.value ?? null);
}

/**
 * Lets `observer` see every operation and every cotangent until the handle is removed.
 *
 * @example
 * const names: string[] = [];
 * const handle = observe({ operation: ({ op }) => names.push(op.name) });
 * sum(square(tensor([1, 2])));
 * handle.remove();
 * names; // ["square", "sum"]
 */
export function observe(observer: Observer): Handle {
  const registered = register(observers, observer);
  appoint();
  return handle(() => {
    registered.remove();
    appoint();
  });
}

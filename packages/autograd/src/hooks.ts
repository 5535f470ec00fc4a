import { ArgumentError } from "./errors.ts";
import type { Node, NodeHooks, Op, Tensor } from "./tensor.ts";

/** Takes a registration back: by `remove()`, or at the end of the block with `using`. */
export interface Handle extends Disposable {
  remove(): void;
}

function handle(remove: () => void): Handle {
  return { remove, [Symbol.dispose]: remove };
}

function register<T>(list: T[], entry: T): Handle {
  list.push(entry);
  return handle(() => {
    const at = list.indexOf(entry);
    if (at >= 0) list.splice(at, 1);
  });
}

function hooksOf(node: Node): NodeHooks {
  node.hooks ??= { tensor: [], before: [], after: [], retained: [] };
  return node.hooks;
}

function nodeOf(operation: string, tensor: Tensor): Node {
  if (tensor.node === null)
    throw new ArgumentError(operation, "expected a tensor that gradients flow to", tensor);
  return tensor.node;
}

/**
 * Calls `hook` with the cotangent of `tensor`, once a sweep, after all that flows in is summed and before the rule runs.
 *
 * What the hook returns replaces the cotangent; nothing returned leaves it as it is.
 *
 * @see torch.Tensor.register_hook
 */
export function onGradient(tensor: Tensor, hook: (cotangent: Tensor) => Tensor | undefined): Handle {
  return register(hooksOf(nodeOf("onGradient", tensor)).tensor, { index: tensor.outputIndex, call: hook });
}

/** Keeps the gradient of a tensor in its `grad`, hooks applied, as leaves do anyway. @see torch.Tensor.retain_grad */
export function retainGrad(tensor: Tensor): Handle {
  if (nodeOf("retainGrad", tensor).op === null) return handle(() => {});
  return register(hooksOf(nodeOf("retainGrad", tensor)).retained, { index: tensor.outputIndex, tensor });
}

/** Calls around the rule of a node: `before` with the output cotangents, `after` with those of the inputs. */
export function onNode(
  node: Node,
  calls: {
    readonly before?: (cotangents: readonly (Tensor | null)[]) => void;
    readonly after?: (inputCotangents: readonly (Tensor | null)[]) => void;
  },
): Handle {
  const hooks = hooksOf(node);
  const handles = [
    ...(calls.before === undefined ? [] : [register(hooks.before, calls.before)]),
    ...(calls.after === undefined ? [] : [register(hooks.after, calls.after)]),
  ];
  return handle(() => {
    for (const each of handles) each.remove();
  });
}

/** Somebody who watches the graph and changes nothing. */
export interface Observer {
  /** An operation ran; `node` is null where it was not recorded. */
  operation?(event: {
    readonly op: Op;
    readonly node: Node | null;
    readonly inputs: readonly Tensor[];
    readonly outputs: readonly Tensor[];
  }): void;
  /** A cotangent is complete: all summed, hooks applied; the rule runs next. Called in the order of the sweep. */
  cotangent?(event: { readonly node: Node; readonly cotangents: readonly (Tensor | null)[] }): void;
  /** A sweep is over. */
  swept?(): void;
}

/** Who watches now: read by the engine. */
export const observers: Observer[] = [];

/** Lets `observer` see every operation and every cotangent until the handle is removed. */
export function observe(observer: Observer): Handle {
  return register(observers, observer);
}

import { context, withContext } from "../context.ts";
import { add } from "../ops/elementwise/arithmetic.ts";
import type { Cotangents, Node, Tensor } from "../tensor.ts";

/** Adds to the `grad` of a leaf, between the calls around it. */
export function accumulateLeaf(node: Node, cotangents: Cotangents): void {
  const { hooks, output: leaf } = node;
  const [cotangent] = hooks === null ? cotangents : hooks.before(cotangents);
  accumulate(node, leaf, cotangent);
  if (hooks === null) return;
  if (cotangent !== null) hooks.accumulated(leaf);
  hooks.after([], [cotangent]);
}

export function accumulate(node: Node, tensor: Tensor, cotangent: Tensor | null): void {
  if (cotangent !== null)
    tensor.grad = tensor.grad === null ? cotangent : total(node, tensor.grad, cotangent);
}

/** The sum of two cotangents that arrive at one place. */
export function total(node: Node, a: Tensor, b: Tensor): Tensor {
  const { anomaly } = context;
  if (anomaly === null) return add(a, b);
  const sum = unchecked(node, () => add(a, b));
  anomaly.checkCotangent(node, "the sum of the cotangents that arrive", sum, [a, b]);
  return sum;
}

/** Runs what the sweep computes for `node` without looking at each operation in anomaly mode; whoever calls looks at the result. */
export function unchecked<R>(node: Node, f: () => R): R {
  return context.anomaly === null ? f() : withContext({ anomaly: null, site: node.site }, f);
}

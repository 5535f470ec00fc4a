import { context } from "../context.ts";
import { add } from "../ops/elementwise/arithmetic.ts";
import type { Cotangents, Node, Tensor } from "../tensor.ts";

/** Adds to the `grad` of a leaf, between the calls around it. */
export function accumulateLeaf(node: Node, cotangents: Cotangents): void {
  const { hooks, output: leaf } = node;
  const add = (cotangent: Tensor | null): void => accumulate(node, leaf, cotangent);
  if (hooks === null) add(cotangents[0]);
  else hooks.accumulate(leaf, cotangents, add);
}

export function accumulate(node: Node, tensor: Tensor, cotangent: Tensor | null): void {
  if (cotangent !== null)
    tensor.grad = tensor.grad === null ? cotangent : total(node, tensor.grad, cotangent);
}

/** The sum of two cotangents that arrive at one place. */
export const total = (node: Node, a: Tensor, b: Tensor): Tensor =>
  context.anomaly?.summed(node, [a, b], () => add(a, b)) ?? add(a, b);

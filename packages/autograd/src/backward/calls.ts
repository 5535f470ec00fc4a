import { context, withContext } from "../context.ts";
import { ArgumentError, DtypeError, ShapeError } from "../errors.ts";
import { add } from "../ops/elementwise/arithmetic.ts";
import { standing } from "../registration.ts";
import { sameShape } from "../shape.ts";
import { type Cotangents, type Node, type NodeHooks, type Signature, Tensor } from "../tensor.ts";

/** Tensor hooks, which may replace cotangents, then the retained gradients: both in order of registration. */
export function callTensorHooks(node: Node, hooks: NodeHooks, cotangents: (Tensor | null)[]): void {
  for (const { index, call } of standing(hooks.tensor)) {
    const cotangent = cotangents[index];
    if (cotangent === null) continue;
    const replaced = call(cotangent);
    if (replaced === undefined) continue;
    checkReplacement("onGradient", node, node.outputSignatures[index], replaced);
    cotangents[index] = replaced;
  }
  if (hooks.retained.length === 0) return;
  // Who asks twice for the same gradient does not get the double.
  const retained = new Map([...standing(hooks.retained)].map(({ index, tensor }) => [tensor, index]));
  for (const [tensor, index] of retained) accumulate(node, tensor, cotangents[index]);
}

/** The cotangents of the outputs as the `before` calls leave them. */
export function callBefore(node: Node, { before }: NodeHooks, cotangents: Cotangents): Cotangents {
  let present = cotangents;
  for (const call of standing(before)) {
    const replaced = call(present);
    if (replaced !== undefined) present = checkAll("before", node, node.outputSignatures, replaced);
  }
  return present;
}

/** The cotangents of the inputs as the `after` calls leave them. */
export function callAfter(
  node: Node,
  { after }: NodeHooks,
  results: Cotangents,
  cotangents: Cotangents,
): Cotangents {
  let present = results;
  const signatures = node.sources.map((source, k) => (source === null ? null : node.inputSignature(k)));
  for (const call of standing(after)) {
    const replaced = call(present, cotangents);
    if (replaced !== undefined) present = checkAll("after", node, signatures, replaced);
  }
  return present;
}

/** Adds to the `grad` of a leaf, between the calls around it. */
export function accumulateLeaf(node: Node, cotangents: Cotangents): void {
  const { hooks, output: leaf } = node;
  const [cotangent] = hooks === null ? cotangents : callBefore(node, hooks, cotangents);
  accumulate(node, leaf, cotangent);
  if (hooks === null) return;
  if (cotangent !== null) for (const call of standing(hooks.accumulated)) call(leaf);
  callAfter(node, hooks, [], [cotangent]);
}

function accumulate(node: Node, tensor: Tensor, cotangent: Tensor | null): void {
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

function checkAll(
  name: "before" | "after",
  node: Node,
  signatures: readonly (Signature | null)[],
  replaced: Cotangents,
): Cotangents {
  const operation = `onNode, ${name}`;
  if (!Array.isArray(replaced) || replaced.length !== signatures.length) {
    const rule = `expected the hook on ${node.label} to return an array of ${signatures.length}, each a cotangent or null for zero`;
    throw new ArgumentError(operation, rule, replaced);
  }
  replaced.forEach((cotangent: Tensor | null, k) => {
    if (cotangent === null) return;
    const signature = signatures[k];
    if (signature === null) {
      const rule = `expected null from the hook on ${node.label} for input ${k}, to which no gradient flows`;
      throw new ArgumentError(operation, rule, cotangent);
    }
    checkReplacement(operation, node, signature, cotangent);
  });
  return replaced;
}

function checkReplacement(operation: string, node: Node, wanted: Signature, replaced: unknown): void {
  if (!(replaced instanceof Tensor))
    throw new ArgumentError(
      operation,
      `expected the hook on ${node.label} to return a tensor or nothing`,
      replaced,
    );
  if (!sameShape(replaced.shape, wanted.shape)) {
    const rule = `expected the hook on ${node.label} to keep the shape`;
    throw new ShapeError(operation, [wanted.shape, replaced.shape], rule);
  }
  if (replaced.dtype !== wanted.dtype) {
    const rule = `expected the hook on ${node.label} to keep the element type`;
    throw new DtypeError(operation, [wanted.dtype, replaced.dtype], rule);
  }
  context.anomaly?.checkCotangent(node, "the cotangent that a hook returned", replaced, []);
}

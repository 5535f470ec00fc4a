import { context } from "../context.ts";
import { ArgumentError, DtypeError, ShapeError } from "../errors.ts";
import { type Registration, type Replacement, standing } from "../registration.ts";
import { sameShape } from "../shape.ts";
import { type Cotangents, type Node, type NodeHooks, type Signature, Tensor } from "../tensor.ts";

/** What is registered on one node. The engine knows it by its interface: a program without hooks does not carry this file. */
export class RegisteredCalls implements NodeHooks {
  readonly tensors: Registration<{ index: number; call: (cotangent: Tensor) => Replacement<Tensor> }>[] = [];
  readonly retained: Registration<{ index: number; tensor: Tensor }>[] = [];
  readonly befores: Registration<(cotangents: Cotangents) => Replacement<Cotangents>>[] = [];
  readonly afters: Registration<(inputs: Cotangents, outputs: Cotangents) => Replacement<Cotangents>>[] = [];
  readonly accumulations: Registration<(leaf: Tensor) => void>[] = [];

  constructor(readonly node: Node) {}

  arrive(cotangents: (Tensor | null)[], keep: (tensor: Tensor, cotangent: Tensor | null) => void): void {
    const { node } = this;
    for (const { index, call } of standing(this.tensors)) {
      const cotangent = cotangents[index];
      if (cotangent === null) continue;
      const replaced = call(cotangent);
      if (replaced === undefined) continue;
      checkReplacement("onGradient", node, node.outputSignatures[index], replaced);
      cotangents[index] = replaced;
    }
    if (this.retained.length === 0) return;
    // Who asks twice for the same gradient does not get the double.
    const retained = new Map([...standing(this.retained)].map(({ index, tensor }) => [tensor, index]));
    for (const [tensor, index] of retained) keep(tensor, cotangents[index]);
  }

  pull(
    arrived: Cotangents,
    pullTo: (position: number, cotangents: Cotangents) => Tensor | null,
    send: (position: number, result: Tensor) => void,
  ): void {
    const { node } = this;
    const { sources } = node;
    const cotangents = this.#before(arrived);
    node.requireKept();
    const nothing = cotangents.every((cotangent) => cotangent === null);
    const pulled = sources.map((_, k) => (nothing ? null : pullTo(k, cotangents)));
    this.#after(pulled, cotangents).forEach((result, k) => {
      if (result !== null) send(k, result);
    });
  }

  accumulate(leaf: Tensor, cotangents: Cotangents, add: (cotangent: Tensor | null) => void): void {
    const [cotangent] = this.#before(cotangents);
    add(cotangent);
    if (cotangent !== null) for (const call of standing(this.accumulations)) call(leaf);
    this.#after([], [cotangent]);
  }

  #before(cotangents: Cotangents): Cotangents {
    let present = cotangents;
    for (const call of standing(this.befores)) {
      const replaced = call(present);
      if (replaced !== undefined)
        present = checkAll("before", this.node, this.node.outputSignatures, replaced);
    }
    return present;
  }

  #after(results: Cotangents, cotangents: Cotangents): Cotangents {
    const { node } = this;
    let present = results;
    const signatures = node.sources.map((source, k) => (source === null ? null : node.inputSignature(k)));
    for (const call of standing(this.afters)) {
      const replaced = call(present, cotangents);
      if (replaced !== undefined) present = checkAll("after", node, signatures, replaced);
    }
    return present;
  }
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

import type { Node, Observer, Op, Tensor } from "@isograd/autograd";
import type { ActivationUse, AnyActivation, Contraction } from "./network.ts";

interface OperationEvent {
  readonly op: Op;
  readonly node: Node | null;
  readonly inputs: readonly Tensor[];
  readonly outputs: readonly Tensor[];
}

/**
 * Reads the layers of a network off the operations as they run: which products take weights, what is added, which activation follows, which
 * layer the signal comes from. It asks operations for their properties and leaves alone how the model was written.
 *
 * What depends on the `inputs` is signal, everything else weights. Where the inputs are not known, weights are what comes from leaves alone,
 * without a product on the way.
 */
export class Recorder implements Observer {
  readonly contractions: Contraction[] = [];
  readonly activations: ActivationUse[] = [];
  readonly #byNode = new Map<Node, Contraction>();
  readonly #signals = new WeakSet<Tensor>();
  readonly #fromLeaves = new WeakSet<Tensor>();
  readonly #origins = new WeakMap<Tensor, Contraction>();
  readonly #leaves = new WeakMap<Tensor, Tensor>();
  readonly #inputsKnown: boolean;

  constructor(inputs: readonly Tensor[] = []) {
    this.#inputsKnown = inputs.length > 0;
    for (const input of inputs) this.#signals.add(input);
  }

  operation(event: OperationEvent): void {
    const { op, inputs, outputs } = event;
    if (op.contraction) this.#contraction(event);
    else if (op.activation !== undefined) this.#activation(event);
    else this.#other(event);
    const signal = this.#inputsKnown ? inputs.some((x) => this.#signals.has(x)) : !inputs.every((x) => this.#isWeight(x)) || op.contraction;
    for (const output of outputs) {
      if (signal) this.#signals.add(output);
      else if (inputs.some((x) => x.requiresGrad)) this.#fromLeaves.add(output);
    }
  }

  cotangent({ node, cotangents }: { readonly node: Node; readonly cotangents: readonly (Tensor | null)[] }): void {
    const contraction = this.#byNode.get(node);
    if (contraction !== undefined) contraction.cotangent = cotangents[0];
  }

  #isWeight(x: Tensor): boolean {
    if (this.#inputsKnown) return !this.#signals.has(x);
    return (x.requiresGrad && x.isLeaf) || this.#fromLeaves.has(x);
  }

  #contraction({ op, node, inputs, outputs }: OperationEvent): void {
    const [a, b] = inputs;
    const weightFirst = this.#isWeight(a);
    const below = this.#origins.get(weightFirst ? b : a) ?? null;
    if (node === null || weightFirst === this.#isWeight(b)) {
      // A product of two signals, as in attention, or of two weights: no layer, but the signal goes on.
      if (below !== null) this.#origins.set(outputs[0], below);
      return;
    }
    const [weight, signal] = weightFirst ? [a, b] : [b, a];
    const [rows, columns] = weight.shape.slice(-2);
    const contraction: Contraction = {
      place: node.scope === "" ? `${op.name} ${this.contractions.length + 1}` : node.scope,
      node,
      weight,
      weightLeaf: weight.requiresGrad && weight.isLeaf ? weight : (this.#leaves.get(weight) ?? null),
      weightFirst,
      signal,
      output: outputs[0],
      fanIn: weightFirst ? columns : rows,
      fanOut: weightFirst ? rows : columns,
      below,
      bias: null,
      activation: null,
      cotangent: null,
    };
    this.contractions.push(contraction);
    this.#byNode.set(node, contraction);
    this.#origins.set(outputs[0], contraction);
  }

  #activation({ op, inputs, outputs, node }: OperationEvent): void {
    const contraction = this.#origins.get(inputs[0]) ?? null;
    const activation = op.activation as AnyActivation;
    const place = node !== null && node.scope !== "" ? node.scope : `${op.name} ${this.activations.length + 1}`;
    const use = { place, activation, inputs, output: outputs[0], contraction };
    this.activations.push(use);
    if (contraction !== null) {
      contraction.activation ??= use;
      this.#origins.set(outputs[0], contraction);
    }
  }

  #other({ op, inputs, outputs }: OperationEvent): void {
    const origin = inputs.map((x) => this.#origins.get(x)).findLast((found) => found !== undefined);
    if (origin !== undefined) for (const output of outputs) this.#origins.set(output, origin);
    const leaf = inputs.find((x) => x.requiresGrad && x.isLeaf);
    // A leaf that enters an elementwise operation with a constant slope is added.
    if (leaf !== undefined && origin !== undefined && inputs.length === 2 && op.reads?.every((read) => read.length === 0)) origin.bias ??= leaf;
    if (inputs.length === 1) {
      const viewed = leaf ?? this.#leaves.get(inputs[0]);
      if (viewed !== undefined && viewed.size === outputs[0].size) this.#leaves.set(outputs[0], viewed);
    }
  }
}


import type { CotangentEvent, Node, Observer, Op, OperationEvent, Tensor } from "@isograd/autograd";
import type { ActivationUse, AnyActivation, Contraction } from "./network.ts";
import { Sources } from "./sources.ts";
import { Storages } from "./storages.ts";
import { Streams } from "./streams.ts";
import { Transposes } from "./transposes.ts";
import type { Ways } from "./ways.ts";

/**
 * Reads the layers of a network off the operations as they run: which products take weights, what is added, which activation follows, which
 * layer the signal comes from. It asks operations for their properties and leaves alone how the model was written.
 *
 * Weights are tracked and do not depend on the `inputs`. Where the inputs are not known, weights are what comes from leaves alone, without a
 * product on the way; and only what a sweep reaches is kept, in the order of the sweep, so that passes that nobody sweeps through cost no
 * memory. A product with a constant, or of two signals as in attention, is no layer; the signal goes on through it.
 */
export class Recorder implements Observer {
  readonly contractions: Contraction[] = [];
  readonly activations: ActivationUse[] = [];
  readonly #contractionOf = new WeakMap<Node, Contraction>();
  readonly #activationOf = new WeakMap<Node, ActivationUse>();
  readonly #signals = new Storages();
  readonly #weights = new Storages();
  readonly #streams: Streams;
  readonly #sources = new Sources();
  readonly #transposes = new Transposes();
  readonly #inputsKnown: boolean;
  readonly #ways: Ways | null;
  #closed = false;
  #contractionCount = 0;
  #activationCount = 0;

  /** @param ways takes down what gradients pass between the layers; null: nothing of it */
  constructor(inputs: readonly Tensor[] = [], ways: Ways | null = null) {
    this.#ways = ways;
    this.#inputsKnown = inputs.length > 0;
    this.#streams = new Streams(this.#inputsKnown);
    for (const input of inputs) this.#signals.add(input);
  }

  /** The forward pass is over: the operations to come belong to the sweep. */
  close(): void {
    this.#closed = true;
  }

  operation(event: OperationEvent): void {
    // What is recorded for one example inside vmap was told of for all.
    if (this.#closed || event.mapped) return;
    const { op, node, inputs, outputs } = event;
    const makesWeights = this.#makesWeights(op, inputs);
    if (makesWeights) for (const output of outputs) this.#weights.add(output);
    // With the inputs known, what leads from them to the first recorded operation matters; else it may be an evaluation.
    if (node === null && !this.#inputsKnown) return;
    if (!makesWeights && this.#inputsKnown && inputs.some((input) => this.#signals.has(input)))
      for (const output of outputs) this.#signals.add(output);
    this.#sources.record(op, inputs, outputs);
    if (op.contraction) this.#contraction(event);
    else if (op.activation !== undefined) this.#activation(event);
    else this.#other(event);
    if (this.#ways !== null && node !== null) this.#ways.enter(node, inputs, this.#entrancesOf(node, inputs));
  }

  /** The inputs that come from a layer. Weights do not, whatever they are computed from. */
  #entrancesOf(node: Node, inputs: readonly Tensor[]): number[] {
    const layer = this.#contractionOf.get(node);
    return inputs.flatMap((input, position) =>
      this.#streams.originOf(input) !== null &&
      (position > 1 || layer === undefined || input === layer.signal)
        ? [position]
        : [],
    );
  }

  cotangent(event: CotangentEvent): void {
    const { node, cotangents } = event;
    this.#ways?.arrive(event);
    const contraction = this.#contractionOf.get(node);
    const activation = contraction === undefined ? this.#activationOf.get(node) : undefined;
    if (contraction !== undefined) contraction.cotangent = cotangents[0];
    if (activation !== undefined) activation.cotangent = cotangents[0];
    if (this.#inputsKnown) return;
    if (contraction !== undefined) this.contractions.push(contraction);
    if (activation !== undefined) this.activations.push(activation);
  }

  #isWeight(x: Tensor): boolean {
    return x.requiresGrad && !this.#signals.has(x) && (x.isLeaf || this.#weights.has(x));
  }

  #makesWeights(op: Op, inputs: readonly Tensor[]): boolean {
    let fromWeights = false;
    for (const x of inputs) {
      if (this.#isWeight(x) || this.#weights.has(x)) fromWeights = true;
      // Single numbers leave weights what they are; where the inputs are known, so does every other constant.
      else if (this.#inputsKnown ? this.#signals.has(x) : x.requiresGrad || x.size !== 1) return false;
    }
    return fromWeights && (this.#inputsKnown || !op.contraction);
  }

  #contraction({ op, node, inputs, outputs }: OperationEvent): void {
    const weightFirst = this.#isWeight(inputs[0]);
    if (node === null || weightFirst === this.#isWeight(inputs[1])) {
      this.#streams.merge(inputs, outputs);
      return;
    }
    const [operand, signal] = weightFirst ? inputs : [inputs[1], inputs[0]];
    const weight = op.contraction === "transposed" ? this.#transposes.of(operand) : operand;
    const [rows, columns] = weight.shape.slice(-2);
    const below = this.#streams.originOf(signal);
    const index = this.#contractionCount++;
    const fanIn = weightFirst ? columns : rows;
    const leaf = inputs.length > 2 ? this.#sources.sourceOf(inputs[2]) : null;
    const bias = leaf !== null && leaf.size === weight.size / fanIn ? leaf : null;
    const contraction: Contraction = {
      place: node.scope === "" ? `${op.name} ${index + 1}` : node.scope,
      index,
      node,
      weight,
      weightSource: this.#sources.sourceOf(operand),
      weightFirst,
      signal,
      output: outputs[0],
      withBias: bias !== null,
      ...(inputs.length > 2 && inputs[2].size === weight.size / fanIn ? { added: inputs[2] } : {}),
      fanIn,
      fanOut: weightFirst ? rows : columns,
      below,
      depth: 1 + (below?.depth ?? 0),
      feeds: false,
      bias,
      activation: null,
      cotangent: null,
    };
    if (this.#inputsKnown) this.contractions.push(contraction);
    this.#contractionOf.set(node, contraction);
    this.#streams.consume(signal);
    this.#streams.begin(contraction, inputs.slice(2), outputs);
  }

  #activation({ op, inputs, outputs, node }: OperationEvent): void {
    this.#streams.merge(inputs, outputs);
    if (this.#weights.has(outputs[0])) return;
    const contraction = this.#streams.originOf(outputs[0]);
    const number = ++this.#activationCount;
    const place = node !== null && node.scope !== "" ? node.scope : `${op.name} ${number}`;
    const activation = op.activation as AnyActivation;
    const use: ActivationUse = {
      place,
      activation,
      inputs,
      output: outputs[0],
      contraction,
      cotangent: null,
    };
    if (this.#inputsKnown) this.activations.push(use);
    if (node !== null) this.#activationOf.set(node, use);
    if (contraction !== null) contraction.activation ??= use;
  }

  #other({ op, inputs, outputs }: OperationEvent): void {
    this.#streams.merge(inputs, outputs);
    if (inputs.length !== 2 || op.reads?.some((read) => read.length > 0)) return;
    // What enters with a constant slope is added; a leaf of one number a unit is the bias.
    const [origin, leaf] = [this.#streams.originOf(inputs[0]), this.#sources.sourceOf(inputs[1])];
    const [other, first] = [this.#streams.originOf(inputs[1]), this.#sources.sourceOf(inputs[0])];
    const [to, bias] = leaf === null ? [other, first] : [origin, leaf];
    if (to !== null && bias !== null && bias.size === to.weight.size / to.fanIn) to.bias ??= bias;
  }
}

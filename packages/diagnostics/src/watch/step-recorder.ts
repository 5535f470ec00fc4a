import type { CotangentEvent, Node, OperationEvent, Tensor } from "@isograd/autograd";
import type { ActivationUse, Contraction } from "../trace/network.ts";
import { Recorder } from "../trace/recorder.ts";
import type { TracedLeaf } from "../trace/trace.ts";
import { Ways } from "../trace/ways.ts";

/** What ran and what flowed back from one sweep to the next. */
export class StepRecorder {
  readonly leaves: TracedLeaf[] = [];
  /** What the sweep began at; NaN where that was not one number. */
  loss = Number.NaN;
  readonly ways = new Ways();
  readonly #network: Recorder;
  readonly #numbers = new WeakMap<Node, Tensor>();
  #swept = false;

  /** @param whole takes down what passes between the layers as well */
  constructor(whole: boolean) {
    this.#network = new Recorder([], whole ? this.ways : null);
  }

  /** In the order in which they ran, as are the activations: the sweep came the other way. */
  get contractions(): readonly Contraction[] {
    return this.#network.contractions.toReversed();
  }

  get activations(): readonly ActivationUse[] {
    return this.#network.activations.toReversed();
  }

  operation(event: OperationEvent): void {
    if (this.#swept) return; // the sweep's own
    const { node, outputs } = event;
    if (node !== null && outputs[0].size === 1) this.#numbers.set(node, outputs[0]);
    this.#network.operation(event);
  }

  cotangent(event: CotangentEvent): void {
    const { node, cotangents } = event;
    const [first] = cotangents;
    if (!this.#swept) this.loss = this.#numbers.get(node)?.item() ?? Number.NaN;
    this.#swept = true;
    if (node.op !== null) this.#network.cotangent(event);
    else if (first !== null) this.leaves.push({ tensor: node.output, gradient: first });
  }
}

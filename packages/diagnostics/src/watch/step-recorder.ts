import type { CotangentEvent, Node, OperationEvent, Tensor } from "@isograd/autograd";
import type { ActivationUse, Contraction } from "../trace/network.ts";
import { Recorder } from "../trace/recorder.ts";
import type { TracedLeaf } from "../trace/trace.ts";
import { Ways } from "../trace/ways.ts";

/** How much is taken down: the loss; the gradients of the leaves as well; the layers as well; or also what passes between them. */
export type Depth = "loss" | "gradients" | "layers" | "ways";

/** A product, with weights or without: what it made, and the gradient to that. */
export interface Product {
  readonly place: string;
  readonly output: Tensor;
  readonly cotangent: Tensor | null;
}

/** What ran and what flowed back from one sweep to the next. */
export class StepRecorder {
  readonly leaves: TracedLeaf[] = [];
  /** What the sweep began at; NaN where that was not one number. */
  loss = Number.NaN;
  readonly ways = new Ways();
  readonly #products: Product[] = [];
  readonly #outputs = new WeakMap<Node, Tensor>();
  readonly #network: Recorder | null;
  /** The latest single numbers: the loss is one of them, most often the last. */
  readonly #numbers = new WeakMap<Node, Tensor>();
  #latest: Tensor | null = null;
  #swept = false;

  constructor(readonly depth: Depth) {
    this.#network = this.isWhole ? new Recorder([], depth === "ways" ? this.ways : null) : null;
  }

  /** Whether the layers are taken down. */
  get isWhole(): boolean {
    return this.depth === "layers" || this.depth === "ways";
  }

  /** In the order in which they ran, as are the activations: the sweep came the other way. */
  get contractions(): readonly Contraction[] {
    return this.#network?.contractions.toReversed() ?? [];
  }

  get activations(): readonly ActivationUse[] {
    return this.#network?.activations.toReversed() ?? [];
  }

  /** Enough to say where a value that is not finite came up, in the order in which they ran. */
  get products(): readonly Product[] {
    return this.#products.toReversed();
  }

  operation(event: OperationEvent): void {
    if (this.#swept) return; // the sweep's own
    const { node, outputs } = event;
    if (node?.op?.contraction) this.#outputs.set(node, outputs[0]);
    if (node !== null && outputs[0].size === 1) {
      if (this.#latest?.node) this.#numbers.set(this.#latest.node, this.#latest);
      this.#latest = outputs[0];
    }
    this.#network?.operation(event);
  }

  cotangent(event: CotangentEvent): void {
    const { node, cotangents } = event;
    if (!this.#swept) {
      this.#swept = true;
      const root = this.#latest?.node === node ? this.#latest : this.#numbers.get(node);
      this.loss = root?.item() ?? Number.NaN;
    }
    if (node.op !== null) {
      this.#network?.cotangent(event);
      const output = this.#outputs.get(node);
      if (output !== undefined)
        this.#products.push({ place: node.scope || node.op.name, output, cotangent: cotangents[0] });
    } else if (cotangents[0] !== null && this.depth !== "loss")
      this.leaves.push({ tensor: node.output, gradient: cotangents[0] });
  }
}

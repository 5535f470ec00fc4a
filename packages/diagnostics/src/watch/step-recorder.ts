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
  readonly #products: Product[] = [];
  readonly #outputs: WeakMap<Node, Tensor>;
  readonly #ways: Ways | null;
  readonly #network: Recorder | null;
  #swept = false;

  /** @param outputs keeps what nodes made, from step to step: a map for each costs more than all that is put into it */
  constructor(
    readonly depth: Depth,
    outputs: WeakMap<Node, Tensor>,
  ) {
    this.#outputs = outputs;
    this.#ways = depth === "ways" ? new Ways() : null;
    this.#network = this.isWhole ? new Recorder([], this.#ways) : null;
  }

  /** What gradients pass between the layers: nothing, unless it was taken down. */
  get ways(): Ways {
    return this.#ways ?? new Ways();
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
    if (node !== null && (node.op?.contraction || outputs[0].size === 1)) this.#outputs.set(node, outputs[0]);
    this.#network?.operation(event);
  }

  cotangent(event: CotangentEvent): void {
    const { node, cotangents } = event;
    if (!this.#swept) {
      this.#swept = true;
      const root = this.#outputs.get(node);
      this.loss = root?.size === 1 ? root.item() : Number.NaN;
    }
    if (node.op !== null) {
      this.#network?.cotangent(event);
      const output = node.op.contraction ? this.#outputs.get(node) : undefined;
      if (output !== undefined)
        this.#products.push({ place: node.scope || node.op.name, output, cotangent: cotangents[0] });
    } else if (cotangents[0] !== null && this.depth !== "loss")
      this.leaves.push({ tensor: node.output, gradient: cotangents[0] });
  }
}

import type { CotangentEvent, OperationEvent, Tensor } from "@isograd/autograd";
import { aside } from "../trace/aside.ts";
import type { ActivationUse, Contraction } from "../trace/network.ts";
import { Recorder } from "../trace/recorder.ts";
import type { TracedLeaf } from "../trace/trace.ts";
import { Ways } from "../trace/ways.ts";
import { originOf, placeOfProduct } from "./origin.ts";

/** How much is taken down: the loss; the gradients of the leaves as well; the layers as well; or also what passes between them. */
export type Depth = "loss" | "gradients" | "layers" | "ways";

/** A product, with weights or without, and the gradient to what it made. */
export interface Product {
  readonly place: string;
  readonly cotangent: Tensor | null;
}

/** So many of the latest single numbers are remembered: the loss is one of them, most often the last. */
const remembered = 64;

/** What ran and what flowed back from one sweep to the next. */
export class StepRecorder {
  readonly leaves: TracedLeaf[] = [];
  /** What the sweep began at; NaN where that was not one number. */
  loss = Number.NaN;
  readonly #products: Product[] = [];
  readonly #numbers: Tensor[] = [];
  #count = 0;
  readonly #ways: Ways | null;
  readonly #network: Recorder | null;
  #swept = false;

  /** The layer at which a value that is not finite came up on the way to the loss; null where there is none. */
  origin: string | null = null;

  constructor(readonly depth: Depth) {
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

  /** Enough to say where a gradient that is not finite came up, in the order in which they ran. */
  get products(): readonly Product[] {
    return this.#products.toReversed();
  }

  operation(event: OperationEvent): void {
    if (this.#swept) return; // the sweep's own
    const { node, outputs } = event;
    if (node !== null && outputs[0].size === 1) this.#numbers[this.#count++ % remembered] = outputs[0];
    this.#network?.operation(event);
  }

  cotangent(event: CotangentEvent): void {
    const { node, cotangents } = event;
    if (!this.#swept) {
      this.#swept = true;
      const root = this.#numbers.find((each) => each.node === node);
      if (root !== undefined) this.loss = root.item();
      // The rules have not run yet: what the graph keeps is there.
      if (root !== undefined && !Number.isFinite(this.loss)) this.origin = aside(() => originOf(root));
    }
    if (node.op !== null) {
      this.#network?.cotangent(event);
      if (node.op.contraction) this.#products.push({ place: placeOfProduct(node), cotangent: cotangents[0] });
    } else if (cotangents[0] !== null && this.depth !== "loss")
      this.leaves.push({ tensor: node.output, gradient: cotangents[0] });
  }
}

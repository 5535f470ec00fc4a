import type { CotangentEvent, Node, OperationEvent, SweepEvent, Tensor } from "@isograd/autograd";
import { aside } from "../../trace/aside.ts";
import type { ActivationUse, Contraction } from "../../trace/network.ts";
import { Recorder } from "../../trace/recorder.ts";
import type { TracedLeaf } from "../../trace/trace.ts";
import { Ways } from "../../trace/ways.ts";
import { originOf, placeOfProduct } from "./origin.ts";

/** How much is taken down: the loss; the gradients of the leaves as well; the layers as well; or also what passes between them. */
export type Depth = "loss" | "gradients" | "layers" | "ways";

/** A product, with weights or without, and the gradient to what it made. */
export interface Product {
  readonly place: string;
  readonly cotangent: Tensor | null;
}

/** What ran and what flowed back from one sweep to the next. */
export class StepRecorder {
  leaves: TracedLeaf[] = [];
  /** How many numbers their gradients hold. */
  #numbers = 0;
  /** What the sweep began at; NaN where that was not one number. */
  loss = Number.NaN;
  /** Their places are asked for at hardly any step. */
  #products: { readonly node: Node; readonly cotangent: Tensor | null }[] = [];
  readonly #ways: Ways | null;
  readonly #network: Recorder | null;
  #swept = false;

  /** The layer at which a value that is not finite came up on the way to the loss; null where there is none. */
  origin: string | null = null;

  /** Whether the layers are taken down. */
  readonly isWhole: boolean;

  constructor(readonly depth: Depth) {
    this.isWhole = depth === "layers" || depth === "ways";
    this.#ways = depth === "ways" ? new Ways() : null;
    this.#network = this.isWhole ? new Recorder([], this.#ways) : null;
  }

  /** What gradients pass between the layers: nothing, unless it was taken down. */
  get ways(): Ways {
    return this.#ways ?? new Ways();
  }

  /** What the program is told by: how many leaves, and how many numbers in all. */
  get key(): number {
    return this.#numbers * 4096 + this.leaves.length;
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
    return this.#products
      .map(({ node, cotangent }) => ({ place: placeOfProduct(node), cotangent }))
      .reverse();
  }

  operation(event: OperationEvent): void {
    if (!this.#swept) this.#network?.operation(event); // else the sweep's own
  }

  /** A sweep begins. One before it that did not come to its end leaves nothing behind. */
  begin(roots: SweepEvent["roots"]): void {
    if (this.#swept) this.forget();
    this.#swept = true;
    const loss = roots.length === 1 && roots[0].output.size === 1 ? roots[0].output : null;
    this.loss = loss?.item() ?? Number.NaN;
    // The rules have not run yet: what the graph keeps is there.
    this.origin = loss === null || Number.isFinite(this.loss) ? null : aside(() => originOf(loss));
  }

  cotangent(event: CotangentEvent): void {
    const { node, cotangents } = event;
    if (node.op !== null) {
      this.#network?.cotangent(event);
      if (node.op.contraction) this.#products.push({ node, cotangent: cotangents[0] });
    } else if (cotangents[0] !== null) {
      const [gradient] = cotangents;
      this.#numbers += gradient.data.length;
      this.leaves.push({ tensor: node.output, gradient });
    }
  }

  /** Holds nothing any more of what was taken down; the layers stay. */
  forget(): void {
    this.leaves = [];
    this.#products = [];
    this.#numbers = 0;
    this.#swept = false;
  }
}

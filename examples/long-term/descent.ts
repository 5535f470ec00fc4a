import { backward, mul } from "@isograd/autograd";
import { Adam, clipGradNorm, type Optimizer, SGD } from "@isograd/nn";
import { gradientLoss } from "./keep-gradients.ts";
import type { Reader } from "./network.ts";

export interface DescentSettings {
  /** Default: plain gradient descent. */
  readonly optimizer?: "sgd" | "adam";
  readonly learningRate: number;
  /** The largest norm of the gradient; default: none. */
  readonly threshold?: number;
  /** How much weight keeping the gradients' size over time has beside the loss; default 0. Plain networks only. */
  readonly preserve?: number;
}

/** Gradient descent, as an optimizer for `train`, that notes the norm of each gradient before it is clipped. */
export class Descent {
  readonly norms: number[] = [];
  /** How many gradients were clipped. */
  clipped = 0;
  readonly #reader: Reader;
  readonly #settings: DescentSettings;
  readonly #optimizer: Pick<Optimizer, "step" | "zeroGrad">;

  constructor(reader: Reader, settings: DescentSettings) {
    this.#reader = reader;
    this.#settings = settings;
    this.#optimizer =
      settings.optimizer === "adam"
        ? new Adam(reader.parameters(), settings)
        : new SGD(reader.parameters(), settings);
    reader.watched = this.#preserve > 0;
  }

  get #preserve(): number {
    return this.#settings.preserve ?? 0;
  }

  zeroGrad(): void {
    this.#optimizer.zeroGrad();
  }

  step(): void {
    const { threshold = Number.POSITIVE_INFINITY } = this.#settings;
    const { states, cell } = this.#reader;
    if (this.#preserve > 0) backward(mul(this.#preserve, gradientLoss(states, cell.hiddenWeight)));
    const { norm, factor } = clipGradNorm(this.#reader.parameters(), threshold);
    this.norms.push(norm);
    if (factor < 1) this.clipped++;
    this.#optimizer.step();
  }
}

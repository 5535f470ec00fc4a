import { NonFiniteError, noGrad, type Tensor } from "@isograd/autograd";
import { meanOf } from "../statistics.ts";
import { type Batch, type Loss, type Model, outputOf } from "../trace/trace.ts";
import type { Meter } from "./advice.ts";
import type { Candidate } from "./candidate.ts";

/** Takes one training step on a batch, and returns the loss before it. */
export type Step = (batch: Batch) => number;

/** A network of a candidate, ready to be trained. */
export interface Entry {
  readonly model: Model;
  readonly step: Step;
}

/** What all candidates are trained and judged on. */
export interface Course {
  /** One a step, from the first again once all were seen. */
  readonly batches: readonly Batch[];
  /** What nobody trains on. */
  readonly heldOut: readonly Batch[];
  readonly loss: Loss;
  /** How good an output is, larger is better. */
  readonly measure: (output: Tensor, targets: Tensor) => number;
  readonly meter: Meter;
}

/** A candidate's networks as they are trained: those of all candidates from the same draws, on the same batches. */
export class Contestant {
  readonly candidate: Candidate;
  readonly #course: Course;
  readonly #entries: readonly Entry[];
  /** Of each step the loss before it, over all networks. */
  readonly losses: number[] = [];
  #standing = Number.NaN;
  /** Whether a loss was no number any more. */
  broken = false;

  constructor(candidate: Candidate, entries: readonly Entry[], course: Course) {
    this.candidate = candidate;
    this.#entries = entries;
    this.#course = course;
  }

  /** Steps that each of its networks took. */
  get length(): number {
    return this.losses.length;
  }

  /** How many networks it has. */
  get networks(): number {
    return this.#entries.length;
  }

  /** Steps that all of its networks took. */
  get steps(): number {
    return this.losses.length * this.#entries.length;
  }

  /** How good it is on what was held out, as of the last look; -Infinity where it broke. */
  get standing(): number {
    return this.#standing;
  }

  /** Trains all networks for so many steps, unless a loss is no number any more. */
  advance(count: number): void {
    const { batches, meter } = this.#course;
    for (let k = 0; k < count && !this.broken; k++) {
      const batch = batches[this.length % batches.length];
      const losses = this.#entries.map(({ step }) => finite(() => step(batch)));
      meter.steps += losses.length;
      meter.gradientEvaluations += losses.length;
      this.losses.push(meanOf(losses));
      this.broken = !losses.every(Number.isFinite);
    }
  }

  /** Sees how good it is on what was held out, the mean over its networks: -Infinity where it broke. */
  look(): void {
    const mean = this.broken ? Number.NaN : meanOf(this.#entries.flatMap(({ model }) => this.#judge(model)));
    this.#standing = Number.isFinite(mean) ? mean : Number.NEGATIVE_INFINITY;
  }

  #judge(model: Model): number[] {
    const { heldOut, measure, meter } = this.#course;
    return heldOut.map(({ inputs, targets }) => {
      meter.evaluations++;
      return finite(() => inEvaluation(model, () => noGrad(() => measure(outputOf(model, inputs), targets))));
    });
  }
}

function finite(f: () => number): number {
  try {
    return f();
  } catch (error) {
    if (error instanceof NonFiniteError) return Number.NaN;
    throw error;
  }
}

/** A module that behaves differently in training is evaluated as such. */
function inEvaluation<R>(model: Model, f: () => R): R {
  const { training, train } = model as {
    readonly training?: unknown;
    readonly train?: (training: boolean) => unknown;
  };
  if (typeof train !== "function" || typeof training !== "boolean") return f();
  train.call(model, false);
  try {
    return f();
  } finally {
    train.call(model, training);
  }
}

import { backward, NonFiniteError } from "@isograd/autograd";
import type { Optimizer } from "@isograd/nn";
import type { Batch, Loss } from "../trace/trace.ts";
import { type OptimizerFactory, optimizerOf, type Treatment } from "./treatment.ts";

/** The training of a treated clone, a few steps at a time. */
export class TrialRun {
  readonly treatment: Treatment;
  readonly #loss: Loss;
  readonly #optimizer: Optimizer;
  /** The loss before each step that was taken. */
  readonly losses: number[] = [];
  /** Whether all steps so far could be taken. */
  finite = true;

  constructor(treatment: Treatment, loss: Loss, makeOptimizer: OptimizerFactory) {
    this.treatment = treatment;
    this.#loss = loss;
    this.#optimizer = optimizerOf(treatment, makeOptimizer);
  }

  /** One step a batch, up to where loss or gradients stop being finite. */
  advance(batches: readonly Batch[]): void {
    const { model } = this.treatment;
    try {
      for (const { inputs, targets } of batches) {
        if (!this.finite) return;
        this.#optimizer.zeroGrad();
        const value = this.#loss(model.call(inputs), targets);
        this.finite = Number.isFinite(value.item());
        if (!this.finite) return;
        this.losses.push(value.item());
        backward(value);
        this.#optimizer.step();
      }
    } catch (error) {
      if (!(error instanceof NonFiniteError)) throw error;
      this.finite = false;
    }
  }
}

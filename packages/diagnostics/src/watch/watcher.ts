import {
  type CotangentEvent,
  type Handle,
  type ObservedEvent,
  type Observer,
  type OperationEvent,
  observe,
} from "@isograd/autograd";
import { judgeNetwork } from "../detectors/judge.ts";
import { reportUnits } from "../detectors/unit-report.ts";
import { detectUnits } from "../detectors/units.ts";
import type { Finding } from "../finding.ts";
import { chainOf, deltaSquare } from "../flow/chain.ts";
import { profileOf } from "../flow/flow.ts";
import { sumOfSquares } from "../statistics.ts";
import { aside, isAside } from "../trace/aside.ts";
import { Divergence } from "./divergence.ts";
import { changedNorm, divergentStep, nonFiniteStep } from "./findings.ts";
import { Sequence } from "./sequence.ts";
import { StepRecorder } from "./step-recorder.ts";

export interface WatchOptions {
  /** Called when a fault is first found at a place. */
  readonly onFinding?: (finding: Finding, step: number) => void;
  /** Count dead and saturated units at one step in so many, beginning with the first; default 20. */
  readonly unitsEvery?: number;
  /** The chance of a false alarm over the whole run, of each of the tests that repeat; default 0.001. */
  readonly alpha?: number;
}

/** What was seen of one training step. */
export interface WatchedStep {
  readonly step: number;
  /** What the sweep began at; NaN where that was not one number. */
  readonly loss: number;
  /** The norm of the gradient to all parameters. */
  readonly gradientNorm: number;
  /** |δ first| / |δ last|; 1 where there are fewer than two layers. */
  readonly totalFactor: number;
}

/** A change of the gradient norm, in natural log units, below which nobody needs to know: a factor of 100. */
const relevantChange = Math.log(100);

/**
 * Watches training: every sweep of the graph is a step. It changes nothing; training is the same to the bit with and without it. What
 * `diagnose` and the trials of remedies do meanwhile is no step.
 *
 * At the first step it judges gradient flow against the closed form of random networks, and from then on the gradient norm against its own
 * recent past; now and then it counts dead and saturated units; at every step it looks for values that are not finite, and for loss and
 * gradient leaving the range they began in.
 *
 * @example
 * const watcher = new Watcher({ unitsEvery: 10 });
 * backward(crossEntropy(model.call(batch.inputs), batch.targets));
 * watcher.stop();
 * watcher.history.map(({ step }) => step); // [0]
 */
export class Watcher implements Observer, Disposable {
  readonly findings: { readonly finding: Finding; readonly step: number }[] = [];
  readonly history: WatchedStep[] = [];
  readonly #options: Required<Omit<WatchOptions, "onFinding">> & Pick<WatchOptions, "onFinding">;
  readonly #norms: Sequence;
  readonly #divergence = new Divergence();
  readonly #known = new Set<string>();
  readonly #handle: Handle;
  #recorder = new StepRecorder(true);
  #unitCounts = 0;

  constructor({ onFinding, unitsEvery = 20, alpha = 0.001 }: WatchOptions = {}) {
    this.#options = { onFinding, unitsEvery, alpha };
    this.#norms = new Sequence({ alpha, relevant: relevantChange });
    this.#handle = observe(this);
  }

  /** Stops watching; what was found stays. */
  stop(): void {
    this.#handle.remove();
  }

  [Symbol.dispose](): void {
    this.stop();
  }

  // What happens to one example inside vmap is no step: gradients one by one are taken for other ends.

  operation(event: OperationEvent): void {
    if (!event.mapped && !isAside()) this.#recorder.operation(event);
  }

  cotangent(event: CotangentEvent): void {
    if (!event.mapped && !isAside()) this.#recorder.cotangent(event);
  }

  swept({ mapped }: ObservedEvent): void {
    if (mapped || isAside()) return;
    const recorder = this.#recorder;
    this.#recorder = new StepRecorder(false);
    aside(() => this.#look(recorder));
  }

  #look(recorder: StepRecorder): void {
    const { leaves, loss } = recorder;
    const step = this.history.length;
    const gradientNorm = Math.sqrt(leaves.reduce((sum, { gradient }) => sum + sumOfSquares(gradient), 0));
    this.history.push({ step, loss, gradientNorm, totalFactor: totalFactorOf(recorder) });
    if (!Number.isFinite(gradientNorm)) {
      this.#report([nonFiniteStep(recorder.contractions, step)], step);
      return;
    }
    this.#lookBack({ loss, gradientNorm }, step);
    if (step % this.#options.unitsEvery === 0) this.#report(this.#judge(recorder, step), step);
  }

  /** Compares with the steps before. A loss of exactly 0 has no gradient, and needs none. */
  #lookBack(level: { readonly loss: number; readonly gradientNorm: number }, step: number): void {
    const { loss, gradientNorm } = level;
    if (loss === 0 && gradientNorm === 0) return;
    const surprise = this.#norms.next(Math.log(gradientNorm));
    if (surprise !== null) this.#report([changedNorm(surprise, gradientNorm, step)], step);
    const start = this.#divergence.next(level);
    if (start !== null) this.#report([divergentStep(start, level, step)], step);
  }

  /** Units, and at the first step gradient flow. The chance of a false alarm is spent over the counts. */
  #judge({ contractions, activations, leaves, loss, ways }: StepRecorder, step: number): Finding[] {
    const units = activations.map(reportUnits);
    const count = ++this.#unitCounts;
    const found =
      step === 0
        ? judgeNetwork({ loss, activations, units, flow: profileOf({ contractions, leaves, ways }, null) })
        : detectUnits(activations, units, { alpha: this.#options.alpha / (count * (count + 1)) });
    return found.filter(({ severity }) => severity !== "info");
  }

  /** A fault is reported once at a place. */
  #report(findings: readonly Finding[], step: number): void {
    for (const finding of findings) {
      const key = `${finding.detector} ${finding.fault} ${finding.places.join(" ")}`;
      if (this.#known.has(key)) continue;
      this.#known.add(key);
      this.findings.push({ finding, step });
      this.#options.onFinding?.(finding, step);
    }
  }
}

function totalFactorOf({ contractions }: StepRecorder): number {
  const chain = chainOf(contractions);
  if (chain.length < 2) return 1;
  return Math.sqrt(deltaSquare(chain[0]) / deltaSquare(chain[chain.length - 1]));
}

/**
 * Watches training until the watcher is stopped or disposed of.
 *
 * @example
 * const faults: string[] = [];
 * using watcher = watch({ onFinding: ({ fault }, step) => faults.push(`${fault} at step ${step}`) });
 * const optimizer = new SGD(model.parameters(), { learningRate: 0.1 });
 * await fit({ model, loss: crossEntropy, optimizer, data: batches });
 * faults; // ["vanishing at step 0"]
 * watcher.history.length; // 30
 */
export function watch(options: WatchOptions = {}): Watcher {
  return new Watcher(options);
}

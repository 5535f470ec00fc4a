import { type Handle, type Node, type Observer, type Op, observe, type Tensor } from "@isograd/autograd";
import { judgeNetwork } from "../detectors/judge.ts";
import { detectUnits, reportUnits } from "../detectors/units.ts";
import type { Finding } from "../finding.ts";
import { profileOf } from "../flow/flow.ts";
import { chainOf, sumOfSquares } from "../flow/measure.ts";
import type { Contraction } from "../trace/network.ts";
import { Recorder } from "../trace/recorder.ts";
import { short } from "../words.ts";
import { Sequence, type Surprise } from "./sequence.ts";

export interface WatchOptions {
  /** Called when a fault is first found at a place. */
  readonly onFinding?: (finding: Finding, step: number) => void;
  /** Count dead and saturated units at one step in so many, beginning with the first; default 20. */
  readonly unitsEvery?: number;
  /** The chance of a false alarm of the sequential test over the whole run; default 0.001. */
  readonly alpha?: number;
}

/** What was seen of one training step. */
export interface WatchedStep {
  readonly step: number;
  /** The norm of the gradient to all parameters. */
  readonly gradientNorm: number;
  /** |δ first| / |δ last|; 1 where there are fewer than two layers. */
  readonly totalFactor: number;
}

/** A change of the gradient norm, in natural log units, below which nobody needs to know: a factor of 100. */
const relevantChange = Math.log(100);

/**
 * Watches training: every sweep of the graph is a step. It changes nothing; training is the same to the bit with and without it.
 *
 * At the first step it judges gradient flow against the closed form of random networks, and from then on the gradient norm against its own
 * recent past; now and then it counts dead and saturated units; at every step it looks for values that are not finite.
 */
export class Watcher implements Observer, Disposable {
  readonly findings: { readonly finding: Finding; readonly step: number }[] = [];
  readonly history: WatchedStep[] = [];
  readonly #options: WatchOptions;
  readonly #norms: Sequence;
  readonly #known = new Set<string>();
  readonly #handle: Handle;
  #recorder = new Recorder();
  #gradients: LeafGradient[] = [];
  /** Measuring runs operations and sweeps of its own. */
  #looking = false;

  constructor(options: WatchOptions = {}) {
    this.#options = options;
    this.#norms = new Sequence({ alpha: options.alpha, relevant: relevantChange });
    this.#handle = observe(this);
  }

  /** Stops watching; what was found stays. */
  stop(): void {
    this.#handle.remove();
  }

  [Symbol.dispose](): void {
    this.stop();
  }

  /** What is not recorded belongs to no training step: an evaluation, say. */
  operation(event: {
    readonly op: Op;
    readonly node: Node | null;
    readonly inputs: readonly Tensor[];
    readonly outputs: readonly Tensor[];
  }): void {
    if (event.node !== null && !this.#looking) this.#recorder.operation(event);
  }

  cotangent(event: { readonly node: Node; readonly cotangents: readonly (Tensor | null)[] }): void {
    if (this.#looking) return;
    const [first] = event.cotangents;
    if (event.node.op !== null) this.#recorder.cotangent(event);
    else if (first !== null) this.#gradients.push({ tensor: event.node.output, gradient: first });
  }

  swept(): void {
    if (this.#looking) return;
    const recorder = this.#recorder;
    const leaves = this.#gradients;
    this.#recorder = new Recorder();
    this.#gradients = [];
    this.#looking = true;
    try {
      this.#look(recorder, leaves);
    } finally {
      this.#looking = false;
    }
  }

  #look({ contractions, activations }: Recorder, leaves: readonly LeafGradient[]): void {
    const step = this.history.length;
    const gradientNorm = Math.sqrt(leaves.reduce((sum, { gradient }) => sum + sumOfSquares(gradient), 0));
    const chain = chainOf(contractions);
    const [first, last] = [chain[0], chain[chain.length - 1]].map((at) =>
      at === undefined ? 1 : sumOfSquares(at.cotangent as Tensor),
    );
    this.history.push({ step, gradientNorm, totalFactor: Math.sqrt(first / last) });
    if (!Number.isFinite(gradientNorm)) return this.#report([nonFiniteStep(contractions, step)], step);
    const surprise = this.#norms.next(Math.log(gradientNorm));
    if (surprise !== null) this.#report([changedNorm(surprise, gradientNorm, step)], step);
    if (step % (this.#options.unitsEvery ?? 20) !== 0) return;
    const units = activations.map(reportUnits);
    this.#report(
      step === 0
        ? judgeNetwork(activations, units, profileOf({ contractions, leaves }, null))
        : detectUnits(activations, units),
      step,
    );
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

interface LeafGradient {
  readonly tensor: Tensor;
  readonly gradient: Tensor;
}

function nonFiniteStep(contractions: readonly Contraction[], step: number): Finding {
  const isBad = (x: Tensor | null): boolean => x !== null && !Number.isFinite(sumOfSquares(x));
  const forward = contractions.find(({ output }) => isBad(output));
  const backward = contractions.findLast(({ cotangent }) => isBad(cotangent));
  const culprit = forward ?? backward;
  const where =
    culprit === undefined
      ? "the loss"
      : forward !== undefined
        ? `the values of ${culprit.place}`
        : `the gradient of ${culprit.place}`;
  return {
    detector: "watch.nonFinite",
    fault: "nonFinite",
    severity: "alarm",
    places: culprit === undefined ? [] : [culprit.place],
    measured: { statistic: `gradient norm at step ${step}`, value: Number.NaN },
    band: null,
    pValue: null,
    consequence: "every parameter that this gradient reaches becomes NaN at this step",
    causes: [
      {
        part: "operation",
        logShare: Number.NaN,
        explanation: `${where} are the first that are not finite; diagnose() with this batch names the operation`,
      },
    ],
    disproof: "the same batch through the same parameters with finite gradients",
  };
}

function changedNorm({ direction, expected, pValue }: Surprise, norm: number, step: number): Finding {
  const up = direction === "up";
  return {
    detector: "watch.gradientNorm",
    fault: up ? "exploding" : "vanishing",
    severity: "alarm",
    places: [],
    measured: {
      statistic: `gradient norm at steps ${step - 1} and ${step}, expected about ${short(Math.exp(expected))},`,
      value: norm,
    },
    band: null,
    pValue,
    consequence: up
      ? "the next steps throw the parameters away from where training had brought them"
      : "training stands still from here on",
    causes: [
      {
        part: "operation",
        logShare: Number.NaN,
        explanation: up
          ? "a step too large for where the parameters are"
          : "the loss no longer depends on the parameters: units have died or saturated",
      },
    ],
    disproof: "a gradient norm that returns to its former range by itself within the next steps",
  };
}

/** Watches training until the handle is stopped or disposed of. */
export function watch(options: WatchOptions = {}): Watcher {
  return new Watcher(options);
}

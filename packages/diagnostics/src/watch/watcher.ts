import {
  ArgumentError,
  type CotangentEvent,
  type Handle,
  type Observer,
  type OperationEvent,
  observe,
  type SweepEvent,
} from "@isograd/autograd";
import { judgeNetwork } from "../detectors/judge.ts";
import { nextToNothing, toldApart } from "../detectors/tells-apart.ts";
import { reportUnitsBy } from "../detectors/unit-report.ts";
import { detectUnits } from "../detectors/units.ts";
import { alphaOf, checkAlpha, runAlpha, spentAt } from "../error-rate.ts";
import type { Finding } from "../finding.ts";
import { chainOf, totalFactorOf } from "../flow/chain.ts";
import { profileOf } from "../flow/flow.ts";
import { sumOfSquares } from "../statistics.ts";
import { aside, isAside } from "../trace/aside.ts";
import type { Contraction } from "../trace/network.ts";
import { Governor } from "./cost/governor.ts";
import { inLearning } from "./learning/findings.ts";
import { Learning } from "./learning/learning.ts";
import { nonFiniteStep } from "./non-finite.ts";
import { Aftermath } from "./norms/aftermath.ts";
import { changedNorm } from "./norms/findings.ts";
import { Monitor } from "./norms/monitor.ts";
import { Unreached } from "./norms/unreached.ts";
import type { WatchOptions } from "./options.ts";
import { roughSquareOf } from "./record/gradient-square.ts";
import { LearntFacts } from "./record/learnt-facts.ts";
import { Programs } from "./record/programs.ts";
import { type Depth, StepRecorder } from "./record/step-recorder.ts";
import type { RunLog, WatchedStep } from "./run-log.ts";
import { Divergence } from "./steps/divergence.ts";
import { divergentStep, leaptAway, untrained } from "./steps/findings.ts";
import { Pace } from "./steps/pace.ts";
import { Told } from "./steps/told.ts";

/**
 * Watches training: every sweep of the graph is a step. It changes nothing; training is the same to the bit with and without it. What
 * `diagnose` and the trials of remedies do meanwhile is no step.
 *
 * At the first step it judges gradient flow against the closed form of random networks, and from then on the gradient norm against its own
 * recent past, and each layer's against that of the others; now and then it counts dead and saturated units; at every step it looks for values
 * that are not finite, and for loss and gradient leaving the range they began in.
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
  readonly #options: WatchOptions & { readonly unitsEvery: number; readonly alpha: number };
  readonly #monitor: Monitor;
  readonly #divergence = new Divergence();
  readonly #aftermath = new Aftermath();
  readonly #unreached = new Unreached();
  readonly #pace: Pace;
  readonly #learning: Learning;
  readonly #programs = new Programs();
  readonly #facts = new LearntFacts();
  readonly #governor: Governor;
  readonly #told = new Told();
  readonly #handle: Handle;
  #recorder = new StepRecorder("ways");
  #unitCounts = 0;
  /** At which step the layers are due to be looked at. */
  #due: number;

  /** @throws ArgumentError if unitsEvery is no positive integer, or alpha or budget not positive */
  constructor(options: WatchOptions = {}) {
    const { unitsEvery = 100, alpha = runAlpha, budget = Number.POSITIVE_INFINITY } = options;
    if (!Number.isInteger(unitsEvery) || unitsEvery < 1)
      throw new ArgumentError("watch", "expected unitsEvery to be a positive integer", unitsEvery);
    checkAlpha("watch", alpha);
    if (!(budget > 0)) throw new ArgumentError("watch", "expected a budget above 0", budget);
    this.#options = { ...options, unitsEvery, alpha };
    this.#monitor = new Monitor(alpha);
    this.#pace = new Pace(alpha);
    this.#learning = new Learning(alpha);
    this.#governor = new Governor(budget);
    this.#due = unitsEvery;
    this.#attend();
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

  /** Nobody observes operations where no layers are looked at: sums of cotangents are made as without a watcher then. */
  operation: ((event: OperationEvent) => void) | undefined;
  cotangent: ((event: CotangentEvent) => void) | undefined;

  readonly #operation = (event: OperationEvent): void => {
    if (event.mapped || isAside()) return;
    this.#governor.charge(() => this.#recorder.operation(event));
  };

  readonly #cotangent = (event: CotangentEvent): void => {
    if (event.mapped || isAside()) return;
    const recorder = this.#recorder;
    if (recorder.isWhole) this.#governor.charge(() => recorder.cotangent(event));
    else recorder.cotangent(event);
  };

  /** Takes down so much of the next sweep. */
  #expect(depth: Depth): void {
    if (depth === "gradients" && this.#recorder.depth === depth) {
      this.#recorder.forget();
      return;
    }
    this.#recorder = new StepRecorder(depth);
    this.#attend();
  }

  /** Asks to be told of what is taken down. A property takes those who ask, with every operation, less time than a getter. */
  #attend(): void {
    const { isWhole, depth } = this.#recorder;
    this.operation = isWhole ? this.#operation : undefined;
    this.cotangent = depth === "loss" ? undefined : this.#cotangent;
  }

  sweeping({ roots, mapped }: SweepEvent): void {
    if (mapped || isAside()) return;
    this.#recorder.begin(roots);
  }

  swept({ mapped }: SweepEvent): void {
    if (mapped || isAside()) return;
    const recorder = this.#recorder;
    const governor = this.#governor;
    const step = this.history.length;
    if (recorder.isWhole) governor.charge(() => aside(() => this.#look(recorder, step)));
    else if (governor.limited) governor.charge(() => this.#look(recorder, step));
    else this.#look(recorder, step);
    governor.next(recorder.depth);
    this.#expect(this.#depthAt(step + 1));
  }

  #depthAt(step: number): Depth {
    if (!this.#governor.affords) return "loss";
    if (step >= this.#due) this.#due = step + this.#options.unitsEvery;
    else if (!this.#learning.isDue(step, this.#pace.updates)) return "gradients";
    return "layers";
  }

  #look(recorder: StepRecorder, step: number): void {
    const known = this.findings.length;
    if (recorder.depth === "loss") this.#lookAtLoss(recorder, step);
    else this.#lookAtGradients(recorder, step);
    if (this.#options.logs !== undefined) this.#log(this.#options.logs, known);
  }

  #lookAtLoss(recorder: StepRecorder, step: number): void {
    const { loss } = recorder;
    this.#pace.skip();
    this.history.push({ step, loss, gradientNorm: Number.NaN, totalFactor: Number.NaN, ...nothing });
    if (Number.isNaN(loss)) return;
    if (!Number.isFinite(loss)) this.#report([nonFiniteStep(recorder, step, this.#options)], step);
  }

  #lookAtGradients(recorder: StepRecorder, step: number): void {
    const { leaves, loss, isWhole } = recorder;
    const { key } = recorder;
    if (isWhole) this.#programs.learn(key, leaves, recorder.contractions);
    const { places, layerNorms, gradientNorm } = this.#normsOf(recorder, key);
    const totalFactor = isWhole ? totalFactorOf(recorder.contractions) : Number.NaN;
    const seen: WatchedStep = { step, loss, gradientNorm, totalFactor, places, layerNorms };
    this.history.push(seen);
    const found = this.#pace.next({ leaves, key, gradientNorm, loss, step });
    if (found !== null && !("kind" in found)) this.#learning.suspect(found, key);
    else if (found !== null)
      this.#report([found.kind === "unmoved" ? untrained(found) : leaptAway(found)], step);
    const { length, updates } = this.#pace;
    this.#learning.see({ loss, layerNorms, length }, updates);
    if (!Number.isFinite(gradientNorm)) {
      this.#report([nonFiniteStep(recorder, step, this.#options)], step);
      return;
    }
    this.#lookBack(seen);
    if (isWhole) this.#report(this.#judge(recorder, step), step);
  }

  #normsOf({ leaves, isWhole }: StepRecorder, key: number) {
    const { places, positions } = this.#programs.of(key);
    const squares: number[] = [];
    let all = 0;
    for (let k = 0; k < leaves.length; k++) {
      const { gradient } = leaves[k];
      squares[k] = isWhole ? sumOfSquares(gradient) : roughSquareOf(gradient);
      all += squares[k];
    }
    const layerNorms: number[] = [];
    for (let k = 0; k < positions.length; k++) layerNorms[k] = Math.sqrt(squares[positions[k]]);
    return { places, layerNorms, gradientNorm: Math.sqrt(all) };
  }

  /** Compares with the steps before. A loss of exactly 0 has no gradient, and needs none. */
  #lookBack(seen: WatchedStep): void {
    const { step, loss, gradientNorm, places, layerNorms } = seen;
    if (loss === 0 && gradientNorm === 0) return;
    const changes = this.#monitor.next({
      total: Math.log(gradientNorm),
      loss: loss > 0 ? Math.log(loss) : Number.NaN,
      places,
      norms: layerNorms,
    });
    const isLost = !this.#divergence.isWithinStart(loss);
    this.#report([...this.#aftermath.next(isLost), ...this.#unreached.next(seen)], step);
    for (const change of changes) {
      const found = changedNorm(change, gradientNorm, step);
      if (change.kind === "spike") this.#aftermath.open(found);
      this.#report([change.kind === "collapse" ? this.#unreached.judge(change, found) : found], step);
    }
    const diverged = this.#divergence.next(seen, this.#pace.gain);
    if (diverged !== null) this.#report([divergentStep(diverged, seen, step)], step);
  }

  /** Units, and at the first step gradient flow. The chance of a false alarm is spent over the counts. */
  #judge({ contractions, activations, leaves, loss, ways, key }: StepRecorder, step: number): Finding[] {
    const { alpha } = this.#options;
    const units = activations.map((use) => reportUnitsBy(use, this.#facts.of));
    const found =
      step === 0
        ? judgeNetwork({
            loss,
            contractions,
            activations,
            units,
            flow: profileOf({ contractions, leaves, ways }, null),
            alpha: alphaOf("firstStep", alpha),
          })
        : detectUnits(activations, units, {
            alpha: spentAt(alphaOf("units", alpha), ++this.#unitCounts),
          }).map(this.#learns(contractions, loss) ? inLearning : (each) => each);
    if (step === 0) {
      this.#told.keep(found);
      this.#learning.keep(found);
    }
    const { updates, gain } = this.#pace;
    return [
      ...found.filter(({ severity }) => severity !== "info"),
      ...this.#learning.next({ sweep: step, contractions, loss, updates, gain, key }),
    ];
  }

  /** Whether the loss is at most half of what it was at the start, by telling examples apart as far as that can be seen. */
  #learns(contractions: readonly Contraction[], loss: number): boolean {
    if (!this.#divergence.isWithinStart(2 * loss)) return false;
    const last = chainOf(contractions).at(-1);
    return last === undefined || !(toldApart(last, loss) < nextToNothing);
  }

  #report(found: readonly Finding[], step: number): void {
    if (found.length === 0) return;
    for (const finding of this.#told.news(found, step, this.#pace.longest)) {
      this.findings.push({ finding, step });
      aside(() => this.#options.onFinding?.(finding, step));
    }
  }

  /** The step that was seen last, and what was found in it: all but the first `known` findings. */
  #log(logs: readonly RunLog[], known: number): void {
    aside(() => {
      for (const log of logs) {
        log.step(this.history[this.history.length - 1]);
        for (const { finding } of this.findings.slice(known)) log.finding(finding);
      }
    });
  }
}

const nothing = { places: [], layerNorms: [] } as const;

/**
 * Watches training until the watcher is stopped or disposed of.
 *
 * @example
 * const faults: string[] = [];
 * using watcher = watch({ onFinding: ({ fault }, step) => faults.push(`${fault} at step ${step}`) });
 * const optimizer = new SGD(model.parameters(), { learningRate: 0.1 });
 * await fit({ model, loss: crossEntropy, optimizer, data: trialBatches });
 * faults; // ["vanishing at step 0"]
 * watcher.history.length; // 30
 */
export function watch(options: WatchOptions = {}): Watcher {
  return new Watcher(options);
}

import { IsogradError } from "@isograd/autograd";
import type { Module } from "@isograd/nn";
import { diagnose } from "../diagnose.ts";
import type { Remedy, VerifiedRemedy } from "../remedy.ts";
import type { Batch, Loss } from "../trace/trace.ts";
import { short } from "../words.ts";
import { halve, rungsOf } from "./halving.ts";
import { mismatchesOf } from "./mismatch.ts";
import { type OptimizerFactory, type Treatment, treat } from "./treatment.ts";
import { hasLearnt, hasLearntPlainly, judgeTrial, type Trial } from "./trial.ts";
import { TrialRun } from "./trial-run.ts";

/** Whom remedies are tried on, and with what. */
export interface Case {
  readonly model: Module;
  readonly batch: Batch;
  readonly loss: Loss;
  readonly seed: number | string;
  /** Makes the usual optimizer. */
  readonly optimizer: OptimizerFactory;
  /** One trial step a batch. */
  readonly batches: readonly Batch[];
  /** What the trials are judged by. */
  readonly heldOut: readonly Batch[];
  /** Whether the fault was found behind the first step: then all remedies have to teach. */
  readonly isInTraining: boolean;
  /** How many steps it took to show. */
  readonly shownIn: number;
}

/** A remedy that is being tried. */
export interface Tried {
  readonly remedy: Remedy<Treatment>;
  /** What the network itself shows; why it failed, where it did. */
  readonly evidence: string;
  /** Null where the remedy does not apply or leaves the network as sick as it was. */
  readonly run: TrialRun | null;
  /** How it stood at each rung, in order. */
  readonly trials: Map<number, Trial>;
}

/** Nothing is decided in fewer trial steps than these, nor in a smaller share of them all. */
const [fewestSteps, fewestShare] = [32, 0.25];

/** Of a network that the closed form finds at fault. */
const redraws = 16;

/** Changes nothing: what the trial steps alone are compared with. */
const nothing: Remedy<Treatment> = {
  name: "nothing",
  cures: [],
  code: "",
  measure: "training",
  apply: () => {},
};

/** Tries remedies on clones of one model. */
export class Trials {
  readonly #case: Case;
  readonly #rungs: readonly number[];
  readonly #enough: number;
  readonly #untreated: Tried;

  constructor(subject: Case) {
    this.#case = subject;
    const all = subject.batches.length;
    this.#rungs = rungsOf(all);
    this.#enough = Math.min(all, Math.max(fewestSteps, fewestShare * all));
    this.#untreated = this.begin(nothing);
  }

  /**
   * Treats a clone, and looks at the network where the remedy changes it.
   *
   * @param known what the network is known to show
   */
  begin(remedy: Remedy<Treatment>, known = ""): Tried {
    const { model, loss, optimizer } = this.#case;
    try {
      const treatment = treat(model, remedy, this.#case);
      const { healthy, evidence } = this.#examine(remedy, treatment, known);
      const run = healthy ? new TrialRun(treatment, loss, optimizer) : null;
      return { remedy, evidence, run, trials: new Map() };
    } catch (error) {
      if (!(error instanceof IsogradError)) throw error;
      return { remedy, evidence: `does not apply: ${error.message}`, run: null, trials: new Map() };
    }
  }

  /**
   * Trains the clones, the longer the better they learn, until the best has plainly learnt; longer than it took the fault to show.
   *
   * @param effort briefly: only for as many steps as one of them would have to be trained for, to be seen to learn
   */
  train(tried: readonly Tried[], effort: "briefly" | "patiently" = "patiently"): void {
    const running = tried.filter(({ run }) => run !== null);
    const enough = this.#rungs.find((steps) => this.#isEnough(steps)) ?? Number.POSITIVE_INFINITY;
    const rungs = effort === "briefly" ? this.#rungs.filter((steps) => steps <= enough) : this.#rungs;
    halve(running, rungs, {
      advance: (each, steps) => this.#bringTo(each, steps),
      lossOf: ({ trials }, steps) => trials.get(steps)?.finalLoss ?? Number.NaN,
      hasBegun: ({ trials }, steps) => hasLearnt(trials.get(steps) as Trial),
      isDecided: (each, steps) => this.#isEnough(steps) && this.hasLearnt(each),
    });
  }

  /** Whether a clone learnt anything. */
  hasBegun(tried: Tried): boolean {
    const trial = latest(tried);
    return trial !== null && hasLearnt(trial);
  }

  /** Whether there is no doubt that a clone learnt. */
  hasLearnt(tried: Tried): boolean {
    const trial = latest(tried);
    return trial !== null && trial.losses.length >= this.#enough && hasLearntPlainly(trial);
  }

  /** Whether the remedy does what it claims, by the measure of the fault. */
  judge(tried: Tried): VerifiedRemedy<Treatment> {
    const { remedy, evidence } = tried;
    const trial = latest(tried);
    if (trial === null) return { remedy, passed: false, evidence, trialLoss: Number.NaN };
    const said = evidence === "" ? describe(trial) : `${evidence}; ${describe(trial)}`;
    const result = { remedy, trialLoss: trial.finalLoss };
    if (remedy.measure !== "training" && !this.#case.isInTraining)
      return { ...result, passed: trial.finite, evidence: said };
    const before = this.#untreatedAt(trial.losses.length);
    const better = !before.finite || trial.finalLoss < before.finalLoss;
    const untreated = before.finite ? `${short(before.finalLoss)} untreated` : "not finite untreated";
    return { ...result, passed: hasLearnt(trial) && better, evidence: `${said}, ${untreated}` };
  }

  #examine(
    remedy: Remedy<Treatment>,
    { model }: Treatment,
    known: string,
  ): { readonly healthy: boolean; readonly evidence: string } {
    const { batch, loss, seed } = this.#case;
    if (remedy.measure === "training") return { healthy: true, evidence: known };
    if (remedy.measure === "output") {
      const [finding] = mismatchesOf(model, batch, loss);
      return finding === undefined
        ? { healthy: true, evidence: "output and loss fit" }
        : { healthy: false, evidence: `still mismatched: ${finding.consequence}` };
    }
    // An alarm about gradient flow needs a harmful factor: re-draws are only asked where there is one.
    const quick = diagnose(model, batch, loss, { redraws: 0 });
    const { verdict, flow } =
      quick.verdict === "healthy" ? quick : diagnose(model, batch, loss, { redraws, seed });
    const factor = `gradient first/last layer ${short(flow.totalFactor)}`;
    return verdict === "healthy"
      ? { healthy: true, evidence: factor }
      : { healthy: false, evidence: `still ${verdict}: ${factor}` };
  }

  /** Whether a fault like the one that was found would have shown in so many steps, and learning too. */
  #isEnough(steps: number): boolean {
    return steps >= this.#enough && steps > 2 * this.#case.shownIn;
  }

  #bringTo(tried: Tried, steps: number): void {
    if (tried.trials.has(steps)) return;
    const { batches, heldOut, loss } = this.#case;
    const run = tried.run as TrialRun;
    run.advance(batches.slice(run.losses.length, steps));
    tried.trials.set(steps, judgeTrial(run, heldOut, loss));
  }

  /** How the untreated one does after as many steps; after as many as it takes, where it breaks off. */
  #untreatedAt(steps: number): Trial {
    const rung = this.#rungs.find((each) => each >= steps) as number;
    for (const each of this.#rungs) if (each <= rung) this.#bringTo(this.#untreated, each);
    return this.#untreated.trials.get(rung) as Trial;
  }
}

/** How it stood last; null where it was not trained. */
const latest = ({ trials }: Tried): Trial | null => [...trials.values()].at(-1) ?? null;

function describe({ losses, finite, finalLoss, shuffledLoss }: Trial): string {
  if (!finite) return `the loss is not finite after ${losses.length} steps`;
  return `loss ${short(losses[0])} to ${short(finalLoss)} in ${losses.length} steps, ${short(shuffledLoss)} on shuffled targets`;
}

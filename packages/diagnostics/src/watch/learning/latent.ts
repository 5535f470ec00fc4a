import { harmfulFactor } from "../../detectors/flow-harm.ts";
import { nextToNothing, toldApart } from "../../detectors/tells-apart.ts";
import type { Finding } from "../../finding.ts";
import { chainOf } from "../../flow/chain.ts";
import { Milestones } from "../steps/milestones.ts";
import { Fading, type Sight } from "./fading.ts";
import { fadedGradient, seenSoFar } from "./findings.ts";
import type { Pass } from "./pass.ts";
import type { Progress } from "./progress.ts";

/**
 * What the first step showed that no healthy network shows and that need not harm, such as gradients that fade through time where the task may do
 * without them. Training itself says whether it harms: it does where after many updates the loss is about where it was and comes down no
 * more, and the output tells no examples apart.
 */
export class Latent {
  readonly #findings: Finding[] = [];
  readonly #progress: Progress;
  /** Null once it was seen. */
  #fading: Fading | null = new Fading();
  readonly #milestones = new Milestones();

  /** @param progress of the loss, which sees each before `see` */
  constructor(progress: Progress) {
    this.#progress = progress;
  }

  /** Takes what was found at the first step. */
  keep(findings: readonly Finding[]): void {
    this.#findings.push(...findings.filter(mayHarm));
  }

  /** Takes what a sweep showed, after so many updates. */
  see(sight: Sight, updates: number): void {
    this.#fading?.next(sight);
    if (!this.#milestones.isDue(updates)) return;
    const faded = this.#fading?.look() ?? null;
    if (faded !== null) {
      this.#findings.unshift(fadedGradient(faded)); // it says more than what was there from the start
      this.#fading = null;
    }
    if (this.#findings.length === 0) this.#milestones.pass(updates);
  }

  /** Whether the layers must be looked at, to see whether what was kept does harm. */
  isDue(updates: number): boolean {
    return this.#findings.length > 0 && this.#milestones.isDue(updates);
  }

  /** What was kept, as alarms, once training shows that it does harm. */
  next({ contractions, loss, updates }: Omit<Pass, "sweep" | "gain">): Finding[] {
    this.#milestones.pass(updates);
    if (this.#findings.length === 0 || this.#milestones.passed === 0) return [];
    const last = chainOf(contractions).at(-1);
    if (last === undefined) return [];
    const share = toldApart(last, loss);
    if (!(loss > 0 && this.#progress.isNone && share < nextToNothing)) return [];
    const seen = seenSoFar({ updates, left: this.#progress.left, share });
    return this.#findings.splice(0).map((finding) => ({
      ...finding,
      severity: "alarm",
      consequence: `${finding.consequence}; ${seen}`,
    }));
  }
}

/**
 * What is harmless because it is mild stays so: a loss may stay for it has little to give. Left are gradients that fade beyond what harms, where weights
 * learn from other uses or late steps, and layers without activations.
 */
const mayHarm = ({ severity, detector, measured }: Finding): boolean =>
  severity === "info" &&
  (detector === "throughTime" ||
    detector === "linear" ||
    (detector === "gradientFlow" && measured.value > 0 && measured.value < 1 / harmfulFactor));

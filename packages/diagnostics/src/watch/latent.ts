import { harmfulFactor } from "../detectors/flow-harm.ts";
import { nextToNothing, toldApart } from "../detectors/tells-apart.ts";
import type { Finding } from "../finding.ts";
import { chainOf } from "../flow/chain.ts";
import { deviationOf, meanOf } from "../statistics.ts";
import type { Contraction } from "../trace/network.ts";
import { short } from "../words.ts";
import { Fading, type Sight } from "./fading.ts";
import { fadedGradient } from "./findings.ts";
import { Milestones } from "./milestones.ts";

/** The loss lately as a part of that at the beginning, above which it stays; and of how many sweeps each is the mean. */
const [staying, window] = [0.6, 32];

/** How many standard errors, and which part of itself, the loss must have come down by from window to window to be on its way, slow as it may be. */
const [clearly, noticeably] = [2, 2e-3];

/** What is known of a later pass. */
export interface Pass {
  readonly sweep: number;
  readonly contractions: readonly Contraction[];
  readonly loss: number;
  /** How often the parameters have changed so far. */
  readonly updates: number;
  /** √(fanIn · mean square) of the weights. */
  readonly gain: number;
}

/**
 * What the first step showed that no healthy network shows and that need not harm, such as gradients that fade through time where the task may do
 * without them. Training itself says whether it harms: it does where after many updates the loss is about where it was and comes down no
 * more, and the output tells no examples apart.
 */
export class Latent {
  readonly #findings: Finding[] = [];
  readonly #first: number[] = [];
  readonly #latest: number[] = [];
  /** Null once it was seen. */
  #fading: Fading | null = new Fading();
  readonly #milestones = new Milestones();

  /** Takes what was found at the first step. */
  keep(findings: readonly Finding[]): void {
    this.#findings.push(...findings.filter(mayHarm));
  }

  /** Takes what a sweep showed, after so many updates. */
  see(sight: Sight, updates: number): void {
    this.#fading?.next(sight);
    if (this.#first.length < window) this.#first.push(sight.loss);
    this.#latest.push(sight.loss);
    if (this.#latest.length > 2 * window) this.#latest.shift();
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
    const left = meanOf(this.#latest) / meanOf(this.#first);
    if (!(loss > 0 && left > staying && share < nextToNothing) || this.#isFalling()) return [];
    const seen = `after ${Math.round(updates)} updates the loss is ${short(left)} of what it was, and the output says next to nothing of the examples: its average in place of it would change the loss by ${short(share)} of itself at most`;
    return this.#findings.splice(0).map((finding) => ({
      ...finding,
      severity: "alarm",
      consequence: `${finding.consequence}; ${seen}`,
    }));
  }

  #isFalling(): boolean {
    const [before, now] = [this.#latest.slice(0, -window), this.#latest.slice(-window)];
    const error = Math.hypot(deviationOf(before), deviationOf(now)) / Math.sqrt(window);
    return meanOf(before) - meanOf(now) > Math.max(clearly * error, noticeably * meanOf(before));
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

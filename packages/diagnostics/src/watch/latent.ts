import { nextToNothing, toldApart } from "../detectors/tells-apart.ts";
import type { Finding } from "../finding.ts";
import { chainOf } from "../flow/chain.ts";
import { meanOf } from "../statistics.ts";
import type { Contraction } from "../trace/network.ts";
import { short } from "../words.ts";

/** How many updates a network must have had before it is asked what it has learnt. */
const fewestUpdates = 128;

/** The loss lately as a part of that at the beginning, above which it stays, and above which it is stuck; and of how many sweeps each is the mean. */
const [staying, stuck, window] = [0.8, 0.95, 16];

/** What is known of a later pass. */
export interface LaterPass {
  readonly contractions: readonly Contraction[];
  readonly loss: number;
  /** How often the parameters have changed so far. */
  readonly updates: number;
}

/**
 * What the first step showed that no healthy network shows and that need not harm, such as gradients that fade through time where the task may do
 * without them. Training itself says whether it harms: it does where after many updates the loss is where it was, or almost and the output tells no
 * examples apart.
 */
export class Latent {
  readonly #findings: Finding[] = [];
  readonly #first: number[] = [];
  readonly #latest: number[] = [];

  /** Takes what was found at the first step. */
  keep(findings: readonly Finding[]): void {
    this.#findings.push(...findings.filter(mayHarm));
  }

  /** Takes the loss of a sweep. */
  see(loss: number): void {
    if (this.#findings.length === 0) return;
    if (this.#first.length < window) this.#first.push(loss);
    this.#latest.push(loss);
    if (this.#latest.length > window) this.#latest.shift();
  }

  /** What was kept, as alarms, once training shows that it does harm. */
  next({ contractions, loss, updates }: LaterPass): Finding[] {
    if (this.#findings.length === 0 || !(updates >= fewestUpdates)) return [];
    const last = chainOf(contractions).at(-1);
    if (last === undefined) return [];
    const share = toldApart(last, loss);
    const left = meanOf(this.#latest) / meanOf(this.#first);
    const saysNothing = share < nextToNothing;
    if (!(loss > 0 && (left > stuck || (left > staying && saysNothing)))) return [];
    const output = `, and the output says next to nothing of the examples: its average in place of it would change the loss by ${short(share)} of itself at most`;
    const seen = `after ${Math.round(updates)} updates the loss is ${short(left)} of what it was${saysNothing ? output : ""}`;
    return this.#findings.splice(0).map((finding) => ({
      ...finding,
      severity: "alarm",
      consequence: `${finding.consequence}; ${seen}`,
    }));
  }
}

/** Weights that begin at zero let the gradient through after the first update. */
const mayHarm = ({ severity, pValue, detector }: Finding): boolean =>
  severity === "info" && (pValue !== null || detector === "linear");

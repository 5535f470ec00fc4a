import { toldApart } from "../detectors/tells-apart.ts";
import type { Finding } from "../finding.ts";
import type { Contraction } from "../trace/network.ts";
import { short } from "../words.ts";

/** How many updates a network must have had before it is asked what it has learnt. */
const fewestUpdates = 128;

/** The share of the loss below which what the output says of its examples is nothing. */
const nothing = 0.02;

/** What is known of a later pass. */
export interface LaterPass {
  readonly contractions: readonly Contraction[];
  readonly loss: number;
  /** How often the parameters have changed so far. */
  readonly updates: number;
}

/**
 * What the first step showed that no healthy network shows and that need not harm, such as gradients that fade through time where the task may do
 * without them. Training itself says whether it harms: it does where the output tells no examples apart after many updates.
 */
export class Latent {
  readonly #findings: Finding[] = [];

  /** Takes what was found at the first step. */
  keep(findings: readonly Finding[]): void {
    this.#findings.push(...findings.filter(mayHarm));
  }

  /** What was kept, as alarms, once training shows that it does harm. */
  next({ contractions, loss, updates }: LaterPass): Finding[] {
    const last = contractions.at(-1);
    if (this.#findings.length === 0 || last === undefined || !(updates >= fewestUpdates)) return [];
    const share = toldApart(last, loss);
    if (!(share < nothing && loss > 0)) return [];
    const seen = `after ${updates} updates the output tells no examples apart: with its average in place of it the loss would change by ${short(share)} of itself`;
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

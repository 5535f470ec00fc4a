import type { Finding } from "../../finding.ts";

/** For how many steps in a row the loss must stay above its start. */
const patience = 8;

/**
 * What becomes of a spike. Training that has learnt may pass through one and come back, as adaptive optimizers do once gradients are small: a spike
 * is a warning, and an alarm where the loss stays above its start.
 */
export class Aftermath {
  readonly #open: { readonly finding: Finding; lost: number }[] = [];

  /** Takes a spike that was found. */
  open(finding: Finding): void {
    this.#open.push({ finding, lost: 0 });
  }

  /** Takes the next step. @returns the spikes that training did not come back from */
  next(isLost: boolean): Finding[] {
    if (this.#open.length === 0) return [];
    if (!isLost) this.#open.length = 0;
    for (const spike of this.#open) spike.lost++;
    const confirmed = this.#open.filter(({ lost }) => lost === patience);
    return confirmed.map(({ finding }) => ({
      ...finding,
      severity: "alarm",
      consequence: `${finding.consequence}: ${patience} steps on, the loss is still above its start`,
    }));
  }
}

import type { Finding } from "../finding.ts";
import { Amiss } from "./amiss.ts";
import { Constancy } from "./constancy.ts";
import type { Sight } from "./fading.ts";
import { Latent, type Pass } from "./latent.ts";
import { wrongOutput } from "./pace-findings.ts";

/** What training has taught so far, by what the output says of the examples: the same of all, next to nothing, or what had better not be said. */
export class Learning {
  readonly #constancy = new Constancy();
  readonly #latent = new Latent();
  readonly #amiss: Amiss;

  /** @param whole the chance of a false alarm over the whole run, of everything */
  constructor(whole?: number) {
    this.#amiss = new Amiss(whole);
  }

  /** Takes what was found at the first step. */
  keep(findings: readonly Finding[]): void {
    this.#latent.keep(findings);
  }

  /** Takes what a sweep showed, after so many updates. */
  see(sight: Sight, updates: number): void {
    this.#latent.see(sight, updates);
  }

  /** Whether the layers must be looked at, at this sweep. */
  isDue(sweep: number, updates: number): boolean {
    return this.#latent.isDue(updates) || this.#amiss.isDue(sweep, updates);
  }

  /** Takes a look at the layers. */
  next(pass: Pass): Finding[] {
    const wrong = this.#amiss.next(pass);
    return [
      ...this.#constancy.next(pass.contractions),
      ...this.#latent.next(pass),
      ...(wrong === null ? [] : [wrongOutput(wrong)]),
    ];
  }
}

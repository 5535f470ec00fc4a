import { nextToNothing, toldApart, toldWell } from "../../detectors/tells-apart.ts";
import type { Finding } from "../../finding.ts";
import { chainOf } from "../../flow/chain.ts";
import { stalledTraining } from "../steps/findings.ts";
import type { Stalled } from "../steps/stall.ts";
import { Amiss } from "./amiss.ts";
import { Constancy } from "./constancy.ts";
import type { Sight } from "./fading.ts";
import { wrongOutput } from "./findings.ts";
import { Latent } from "./latent.ts";
import type { Pass } from "./pass.ts";
import { Progress } from "./progress.ts";
import { Unlearnt } from "./unlearnt.ts";

/** What the output takes off the loss, as a part of it, where it tells its examples apart well: no random one comes near. */
const learnt = 1;

/** A later pass, and the key of its program. */
export type LearningPass = Pass & { readonly key: number };

/** What training has taught so far, by what the output says of the examples: the same of all, next to nothing, or what had better not be said. */
export class Learning {
  readonly #constancy = new Constancy();
  readonly #progress = new Progress();
  readonly #latent = new Latent(this.#progress);
  readonly #amiss: Amiss;
  readonly #unlearnt = new Unlearnt(this.#progress);
  #suspected: { readonly stalled: Stalled; readonly key: number } | null = null;

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
    this.#progress.next(sight.loss);
    this.#latent.see(sight, updates);
  }

  /** Takes training that stays where it began: that is no fault of a network that had learnt by then. @param key of the program */
  suspect(stalled: Stalled, key: number): void {
    this.#suspected = { stalled, key };
  }

  /** Whether the layers must be looked at, at this sweep. */
  isDue(sweep: number, updates: number): boolean {
    return (
      this.#suspected !== null ||
      this.#latent.isDue(updates) ||
      this.#unlearnt.isDue(updates) ||
      this.#amiss.isDue(sweep, updates)
    );
  }

  /** Takes a look at the layers. */
  next(pass: LearningPass): Finding[] {
    const wrong = this.#amiss.next(pass);
    return [
      ...this.#constancy.next(pass.contractions),
      ...this.#latent.next(pass),
      ...this.#confirmed(pass),
      ...this.#unlearnt.next(pass),
      ...(wrong === null ? [] : [wrongOutput(wrong)]),
    ];
  }

  #confirmed({ contractions, loss, key }: LearningPass): Finding[] {
    if (this.#suspected?.key !== key) return [];
    const { stalled } = this.#suspected;
    this.#suspected = null;
    const last = chainOf(contractions).at(-1);
    const isLearnt = last !== undefined && toldWell(last, loss) > learnt;
    // A network that came to the floor of its loss has noise for a gradient, and something to say.
    const isSilent = last !== undefined && toldApart(last, loss) < nextToNothing;
    return !isLearnt && (isSilent || stalled.pValue !== null) ? [stalledTraining(stalled)] : [];
  }
}

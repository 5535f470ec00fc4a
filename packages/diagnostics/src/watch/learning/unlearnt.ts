import { nextToNothing, toldApart } from "../../detectors/tells-apart.ts";
import type { Finding } from "../../finding.ts";
import { chainOf } from "../../flow/chain.ts";
import { type Contraction, unitAxisOf } from "../../trace/network.ts";
import { Milestones } from "../steps/milestones.ts";
import { constant, distinct, spreadOf } from "./constancy.ts";
import { alikeInputs, constantOutput, unlearntTask } from "./findings.ts";
import type { Pass } from "./pass.ts";
import type { Progress } from "./progress.ts";

/** At this milestone, behind 256 updates, most networks are under way that take their time to begin. */
const patience = 3;

/** Sums of numbers that are the same may differ by so many units in the last place. */
const rounding = 16;

/**
 * Says when training has come to nothing, whatever the reason: the loss is where it was, and the output says next to nothing of the examples. There
 * may be nothing to say, so it is a warning. Where the same comes out for inputs that differ there is a reason, and it is an alarm.
 */
export class Unlearnt {
  readonly #progress: Progress;
  readonly #milestones = new Milestones();

  /** @param progress of the loss, as somebody else tells it */
  constructor(progress: Progress) {
    this.#progress = progress;
  }

  /** Whether the layers must be looked at. */
  isDue(updates: number): boolean {
    return this.#milestones.isDue(updates);
  }

  next({ contractions, loss, updates }: Omit<Pass, "sweep" | "gain">): Finding[] {
    if (!this.#milestones.pass(updates) || this.#milestones.passed < patience) return [];
    const chain = chainOf(contractions);
    const last = chain.at(-1);
    if (last === undefined || !(loss > 0 && this.#progress.isNone)) return [];
    const share = toldApart(last, loss);
    if (!(share < nextToNothing)) return [];
    const spread = spreadOf(last.output, unitAxisOf(last)) || 0; // NaN: all of it is 0
    if (!(spread < constant)) return [unlearntTask({ updates, left: this.#progress.left, share })];
    const found = constantOutput(last.place, spread);
    if (!differ(chain[0])) return [alikeInputs(found)];
    return [{ ...found, severity: spread < rounding * unitOf(last) ? "alarm" : "warning" }];
  }
}

/** What numbers of this size are rounded to, as a share. */
const unitOf = ({ output }: Contraction): number => (output.dtype === "f64" ? 2 ** -52 : 2 ** -23);

const differ = (first: Contraction): boolean => spreadOf(first.signal, unitAxisOf(first)) > distinct;

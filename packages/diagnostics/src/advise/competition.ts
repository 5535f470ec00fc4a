import { short } from "../words.ts";
import type { Ranked, Verdict } from "./advice.ts";
import { confidenceSequence } from "./confidence-sequence.ts";
import type { Contestant } from "./contestant.ts";

export interface CompetitionOptions {
  /** Of a full training, for one network. */
  readonly steps: number;
  /** Steps over all networks that must not be exceeded. */
  readonly budget: number;
  /** The chance with which one that is as good as the best is sent away early. */
  readonly alpha: number;
}

/** How often a round is looked at before its end. */
const looks = 4;

/**
 * Successive halving: all candidates train side by side, and after each round the better half goes on, for twice as long.
 *
 * Within a round those of the worse half leave at once whose loss on the very batches that the leader saw is higher beyond doubt, by a
 * confidence sequence over the paired differences; so a clear case ends early.
 *
 * @see Jamieson, Talwalkar 2016, "Non-stochastic best arm identification and hyperparameter optimization"
 */
export function compete(
  contestants: readonly Contestant[],
  { steps, budget, alpha }: CompetitionOptions,
): Verdict {
  let active = [...contestants];
  const gone: Ranked[] = [];
  const rounds = Math.max(1, Math.ceil(Math.log2(contestants.length)));
  const networks = contestants.length === 0 ? 1 : contestants[0].networks;
  for (let round = 0; round < rounds && active.length > 1; round++) {
    const planned = Math.ceil(contestants.length / 2 ** round);
    const began = active[0].length;
    const end = Math.min(steps, began + Math.floor(budget / rounds / planned / networks));
    const stay = Math.ceil(planned / 2);
    for (let look = 1; look <= looks && active.length > 1; look++) {
      const until = began + Math.round(((end - began) * look) / looks);
      for (const each of active) each.advance(until - each.length);
      active.sort((a, b) => b.standing - a.standing);
      const [leader] = active;
      const leaving = active.filter((each, rank) => {
        if (rank === 0) return false;
        if (each.broken || (look === looks && rank >= stay)) return true;
        return rank >= stay && isWorse(each, leader, began, alpha);
      });
      active = active.filter((each) => !leaving.includes(each));
      gone.unshift(...leaving.map((each) => left(each, leader, began, alpha)));
    }
  }
  const [winner] = active;
  return {
    ranking: [...active.map((each) => stayed(each, winner)), ...gone],
    ending:
      active.length === 1
        ? "one candidate is left"
        : `${active.length} candidates are left, the budget is not`,
  };
}

/** Its loss minus the leader's on each batch since `began`. */
function differences(each: Contestant, leader: Contestant, began: number): number[] {
  const [own, best] = [each.losses.slice(began), leader.losses.slice(began)];
  return own.slice(0, best.length).map((loss, k) => loss - best[k]);
}

function isWorse(each: Contestant, leader: Contestant, began: number, alpha: number): boolean {
  return confidenceSequence(differences(each, leader, began), { alpha })[0] > 0;
}

function left(each: Contestant, leader: Contestant, began: number, alpha: number): Ranked {
  const { candidate, standing, steps, length, broken } = each;
  if (broken)
    return { candidate, score: standing, steps, reasons: [`its loss is not finite after ${length} steps`] };
  const [low, high] = confidenceSequence(differences(each, leader, began), { alpha });
  const paired = Number.isFinite(low)
    ? [
        `on the same batches its loss was ${short(low)} to ${short(high)} above that of ${leader.candidate.name}`,
      ]
    : [];
  const told = `${short(standing)} on held-out batches after ${length} steps, ${short(leader.standing)} for ${leader.candidate.name}`;
  return { candidate, score: standing, steps, reasons: [told, ...paired] };
}

function stayed({ candidate, standing, steps, length }: Contestant, winner: Contestant): Ranked {
  const told = `${short(standing)} on held-out batches after ${length} steps`;
  const place = candidate === winner.candidate ? "the best of those left" : "among those left";
  return { candidate, score: standing, steps, reasons: [`${told}: ${place}`] };
}

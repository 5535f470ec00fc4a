import { meanOf, slopeOf } from "../statistics.ts";
import { short } from "../words.ts";
import type { Ranked, Verdict } from "./advice.ts";
import { confidenceSequence } from "./confidence-sequence.ts";
import type { Contestant } from "./contestant.ts";

export interface CompetitionOptions {
  /** Of a full training, for one network. */
  readonly steps: number;
  /** Steps over all networks that must not be exceeded. */
  readonly budget: number;
  /** The chance with which one that is as good as the leader is sent away before the end of a round. */
  readonly alpha: number;
}

/** How often a round is looked at, its end included. */
const looks = 4;

/**
 * Successive halving: all candidates train side by side, and after each round the half that does better on what was held out goes on, for twice as
 * long.
 *
 * Within a round, those of the worse half by training loss leave at once whose loss on the very batches that the leader saw is higher beyond
 * doubt, by a confidence sequence over the paired differences, and does not come closer to it: a clear case ends early, and what it leaves goes to
 * the rounds to come.
 *
 * @see Jamieson, Talwalkar 2016, "Non-stochastic best arm identification and hyperparameter optimization"
 */
export function compete(
  contestants: readonly Contestant[],
  { steps, budget, alpha }: CompetitionOptions,
): Verdict {
  let active = [...contestants];
  const gone: Ranked[] = [];
  const rounds = Math.ceil(Math.log2(contestants.length));
  let end = 0;
  for (let round = 0; round < rounds; round++) {
    const planned = Math.ceil(contestants.length / 2 ** round);
    const stay = Math.ceil(planned / 2);
    const began = end;
    // What clear cases leave of a round goes to the next ones.
    const left = budget - contestants.reduce((sum, each) => sum + each.steps, 0);
    const networks = active.reduce((sum, each) => sum + each.networks, 0);
    end = Math.min(steps, began + Math.floor(left / (rounds - round) / networks));
    for (let look = 1; look <= looks && active.length > 1; look++) {
      const until = began + Math.round(((end - began) * look) / looks);
      for (const each of active) each.advance(until - each.length);
      const isEnd = look === looks;
      if (isEnd) for (const each of active) each.look();
      const lossOf = (each: Contestant): number => order(meanOf(each.losses.slice(began)));
      active.sort(isEnd ? (a, b) => b.standing - a.standing : (a, b) => lossOf(a) - lossOf(b));
      const [leader] = active;
      const leaving = active.filter(
        (each, rank) =>
          each !== leader &&
          (each.broken || (rank >= stay && (isEnd || isWorse(each, leader, began, alpha)))),
      );
      if (!isEnd) for (const each of [leader, ...leaving]) if (leaving.length > 0) each.look();
      active = active.filter((each) => !leaving.includes(each));
      gone.unshift(...leaving.map((each) => departed(each, leader, began, alpha)));
    }
  }
  for (const each of active) if (Number.isNaN(each.standing)) each.look();
  return { ranking: [...active.map(stayed), ...gone], ending: "one candidate is left" };
}

const order = (loss: number): number => (Number.isNaN(loss) ? Number.POSITIVE_INFINITY : loss);

/** Its loss minus the leader's on each batch since `began`. */
function differences(each: Contestant, leader: Contestant, began: number): number[] {
  const [own, best] = [each.losses.slice(began), leader.losses.slice(began)];
  return own.slice(0, best.length).map((loss, k) => loss - best[k]);
}

/** Higher beyond doubt, and not on the way down to the leader's. */
function isWorse(each: Contestant, leader: Contestant, began: number, alpha: number): boolean {
  const behind = differences(each, leader, began);
  return confidenceSequence(behind, { alpha })[0] > 0 && slopeOf(behind) >= 0;
}

function departed(each: Contestant, leader: Contestant, began: number, alpha: number): Ranked {
  const { candidate, standing, steps, length, broken } = each;
  if (broken)
    return { candidate, score: standing, steps, reasons: [`its loss is not finite after ${length} steps`] };
  const first = leader.candidate.name;
  const [low, high] = confidenceSequence(differences(each, leader, began), { alpha });
  const told = `${short(standing)} on held-out batches after ${length} steps, ${short(leader.standing)} for ${first}`;
  const paired = `on the same batches its loss lay ${short(low)} to ${short(high)} above that of ${first}`;
  return { candidate, score: standing, steps, reasons: Number.isFinite(low) ? [told, paired] : [told] };
}

function stayed({ candidate, standing, steps, length }: Contestant): Ranked {
  const told = `${short(standing)} on held-out batches after ${length} steps, to the end`;
  return { candidate, score: standing, steps, reasons: [told] };
}

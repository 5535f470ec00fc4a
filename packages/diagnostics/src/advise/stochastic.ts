import type { Generator } from "@isograd/autograd";
import { deviationOf, meanOf } from "../statistics.ts";
import { short } from "../words.ts";
import type { Ranked, Verdict } from "./advice.ts";
import type { Contestant } from "./contestant.ts";

export interface StochasticOptions {
  /** Of a full training, for one network. */
  readonly steps: number;
  /** Steps over all networks that must not be exceeded. */
  readonly budget: number;
  /** How sure of its choice it has to be to end before that. */
  readonly confidence: number;
  readonly generator: Generator;
}

/** Into how many segments a full training is cut. */
const segments = 16;

/**
 * Thompson sampling during warm-up: each turn a candidate is drawn with the chance that it will be the best, and trains for one segment.
 *
 * How it stands at the end is predicted from how it stands now: what the others gained on from there is added, and the difference to them is
 * taken for a random walk in the logarithm of the steps, whose size is that of the differences seen so far.
 *
 * @see Thompson 1933, "On the likelihood that one unknown probability exceeds another"; Swersky, Snoek, Adams 2014, "Freeze-thaw Bayesian optimization"
 */
export function sampleInTurns(
  contestants: readonly Contestant[],
  { steps, budget, confidence, generator }: StochasticOptions,
): Verdict {
  const segment = Math.max(1, Math.floor(steps / segments));
  const arms = contestants.map((contestant) => new Arm(contestant));
  const fits = ({ contestant }: Arm): boolean => !contestant.broken && contestant.length + segment <= steps;
  let spent = 0;
  const pull = (arm: Arm): void => {
    arm.pull(segment);
    spent += segment * arm.contestant.networks;
  };
  for (const arm of arms) if (spent + segment * arm.contestant.networks <= budget) pull(arm);
  let ending = "the budget is spent";
  for (;;) {
    const beliefs = believe(arms);
    if (chanceOfFirst(beliefs, generator) >= confidence) {
      ending = "the first is the best with the chance that was asked for";
      break;
    }
    const open = beliefs.filter(
      ({ arm }) => fits(arm) && spent + segment * arm.contestant.networks <= budget,
    );
    if (open.length === 0) break;
    pull(largestDraw(open, generator).arm);
  }
  return { ranking: believe(arms).map(rankedOf), ending };
}

/** A candidate with how it stood after each of its segments. */
class Arm {
  readonly standings: number[] = [];

  constructor(readonly contestant: Contestant) {}

  pull(count: number): void {
    this.contestant.advance(count);
    this.contestant.look();
    this.standings.push(this.contestant.standing);
  }
}

/** Where an arm is expected to stand at the end, up to what all have in common. */
interface Belief {
  readonly arm: Arm;
  readonly mean: number;
  readonly deviation: number;
}

/** The best first; what broke, last. */
function believe(arms: readonly Arm[]): Belief[] {
  const alive = arms.filter(({ contestant, standings }) => !contestant.broken && standings.length > 0);
  const longest = Math.max(0, ...alive.map(({ standings }) => standings.length));
  // What those gained who went on from there, at each place.
  const steps = Array.from({ length: longest }, (_, k) =>
    alive.flatMap(({ standings }) =>
      k > 0 && k < standings.length ? [standings[k] - standings[k - 1]] : [],
    ),
  );
  const gains = steps.map((increments) => (increments.length === 0 ? 0 : meanOf(increments)));
  const variance = walkOf(alive, steps);
  const beliefs = arms.map((arm): Belief => {
    const count = arm.standings.length;
    if (count === 0 || arm.contestant.broken) return { arm, mean: Number.NEGATIVE_INFINITY, deviation: 0 };
    const ahead = gains.slice(count).reduce((sum, gain) => sum + gain, 0);
    const deviation = Math.sqrt(variance * Math.log(segments / Math.min(segments, count)));
    return { arm, mean: arm.standings[count - 1] + ahead, deviation };
  });
  return beliefs.sort((a, b) => (a.mean === b.mean ? 0 : b.mean - a.mean));
}

/**
 * The variance of a difference per unit of log steps: the mean of what its changes say, and, counted as one more of them, of how far behind the
 * best the better half began.
 */
function walkOf(alive: readonly Arm[], steps: readonly (readonly number[])[]): number {
  const first = alive.map(({ standings }) => standings[0]).sort((a, b) => b - a);
  const better = first.slice(1, Math.ceil((first.length + 1) / 2));
  const behind = better.map((value) => (first[0] - value) ** 2);
  let [sum, count] = behind.length === 0 ? [0, 0] : [meanOf(behind) / Math.log(segments), 1];
  steps.forEach((increments, k) => {
    // Of one alone nobody knows what is common.
    if (increments.length < 2) return;
    const freedom = increments.length - 1;
    sum += (freedom * deviationOf(increments) ** 2) / Math.log((k + 1) / k);
    count += freedom;
  });
  return count === 0 ? 0 : sum / count;
}

function largestDraw(beliefs: readonly Belief[], generator: Generator): Belief {
  let [best, largest] = [beliefs[0], Number.NEGATIVE_INFINITY];
  for (const belief of beliefs) {
    const drawn = belief.mean + belief.deviation * generator.normal();
    if (drawn > largest) [best, largest] = [belief, drawn];
  }
  return best;
}

const draws = 256;

/** How often the first comes out best. */
function chanceOfFirst(beliefs: readonly Belief[], generator: Generator): number {
  let wins = 0;
  for (let k = 0; k < draws; k++) if (largestDraw(beliefs, generator) === beliefs[0]) wins++;
  return wins / draws;
}

function rankedOf({ arm: { contestant, standings }, mean, deviation }: Belief): Ranked {
  const { candidate, steps, length, broken, standing } = contestant;
  const told = broken
    ? `its loss is not finite after ${length} steps`
    : standings.length === 0
      ? "the budget did not reach it"
      : `${short(standing)} on held-out batches after ${length} steps, drawn ${standings.length} times; expected to stand ${short(deviation)} from there against the others`;
  return { candidate, score: mean, steps, reasons: [told] };
}

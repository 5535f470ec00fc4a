import type { Generator } from "@isograd/autograd";
import { meanOf } from "../statistics.ts";
import { short } from "../words.ts";
import type { Ranked, Verdict } from "./advice.ts";
import type { Contestant } from "./contestant.ts";
import { type Extrapolation, extrapolate } from "./extrapolation.ts";

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
 * Thompson sampling during warm-up: each turn a candidate is drawn with the chance that it will be the best at the end, and trains for one
 * segment.
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
  for (;;) {
    const beliefs = believe(arms);
    const ranking = beliefs.map(rankedOf);
    if (chanceOfFirst(beliefs, generator) >= confidence)
      return { ranking, ending: "the first is the best with the chance that was asked for" };
    const open = beliefs.filter(
      ({ arm }) => fits(arm) && spent + segment * arm.contestant.networks <= budget,
    );
    const next = largestDraw(open, generator);
    if (next === null) return { ranking, ending: "the budget is spent" };
    pull(next.arm);
  }
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

interface Belief extends Extrapolation {
  readonly arm: Arm;
}

/** Of what broke, or was not reached. */
const lost: Extrapolation = { mean: Number.NEGATIVE_INFINITY, deviation: Number.NaN };

/** The best first; what is lost, last. */
function believe(arms: readonly Arm[]): Belief[] {
  const alive = arms.filter(({ contestant, standings }) => !contestant.broken && standings.length > 0);
  const extrapolations = extrapolate(
    alive.map(({ standings }) => standings),
    segments,
  );
  return arms
    .map((arm): Belief => ({ arm, ...(extrapolations[alive.indexOf(arm)] ?? lost) }))
    .sort((a, b) => b.mean - a.mean);
}

/** Null where all are lost. */
function largestDraw(beliefs: readonly Belief[], generator: Generator): Belief | null {
  let [best, largest]: [Belief | null, number] = [null, Number.NEGATIVE_INFINITY];
  for (const belief of beliefs) {
    const drawn = belief.mean + belief.deviation * generator.normal();
    if (drawn > largest) [best, largest] = [belief, drawn];
  }
  return best;
}

const draws = 256;

/** How often the first comes out best. */
const chanceOfFirst = (beliefs: readonly Belief[], generator: Generator): number =>
  meanOf(Array.from({ length: draws }, () => Number(largestDraw(beliefs, generator) === beliefs[0])));

function rankedOf({ arm: { contestant, standings }, mean, deviation }: Belief): Ranked {
  const { candidate, steps, length, broken, standing } = contestant;
  const told = broken
    ? `its loss is not finite after ${length} steps`
    : standings.length === 0
      ? "the budget did not reach it"
      : `${short(standing)} on held-out batches after ${length} steps, drawn ${standings.length} times; expected to stand ${short(deviation)} from there against the others`;
  return { candidate, score: mean, steps, reasons: [told] };
}

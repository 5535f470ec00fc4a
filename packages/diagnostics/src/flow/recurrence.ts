import {
  judge,
  meanOf,
  type Prediction,
  predictionBand,
  skewedPrediction,
  slopeOf,
  sumOfSquares,
} from "../statistics.ts";
import type { Contraction } from "../trace/network.ts";
import type { Trace } from "../trace/trace.ts";
import type { Ways } from "../trace/ways.ts";
import { sentBack } from "./between.ts";
import { deltaSquare } from "./chain.ts";
import { bandAlpha, fewestRedraws, stepLaw } from "./healthy.ts";
import type { HealthySlope, Recurrence } from "./profile.ts";

/** Fewer steps show no slope. */
const fewestSteps = 3;

/** The layers that take what they made themselves a step before, with the gradient at each step in time. */
export function recurrencesOf(
  { contractions, ways }: Pick<Trace, "contractions" | "ways">,
  chain: readonly Contraction[],
  flows: readonly (readonly number[])[] | null,
): Recurrence[] {
  return groupsOf(contractions).map((uses) => {
    const logs = uses.map((use) => Math.log(deltaSquare(use)));
    const passed = uses.slice(1).map((use, k) => passedBy(uses[k], use, ways));
    const known = passed.filter((factor) => !Number.isNaN(factor));
    return {
      place: uses[0].place,
      gradientNorms: logs.map((log) => Math.exp(log / 2)),
      factorPerStep: logs.includes(Number.NEGATIVE_INFINITY) ? 0 : Math.exp(-slopeOf(logs) / 2),
      healthy: logs.every(Number.isFinite) ? slopeLaw(uses, slopeOf(logs), chain, flows) : null,
      passed,
      omega: meanOf(known.map((factor) => (factor - 1) ** 2)),
    };
  });
}

/** The uses of the same weights on one way through time, the first first. */
function groupsOf(contractions: readonly Contraction[]): Contraction[][] {
  const taken = new Set<Contraction>();
  const groups: Contraction[][] = [];
  for (const last of contractions.toReversed()) {
    if (taken.has(last) || last.cotangent === null) continue;
    const uses: Contraction[] = [];
    for (let at: Contraction | null = last; at !== null; at = at.below) {
      if (at.cotangent === null || !sharesWeights(at, last)) continue;
      uses.push(at);
      taken.add(at);
    }
    if (uses.length >= fewestSteps) groups.unshift(uses.reverse());
  }
  return groups;
}

export function sharesWeights(a: Contraction, b: Contraction): boolean {
  return a.weight === b.weight || (a.weightSource !== null && a.weightSource === b.weightSource);
}

/** From the state behind a step, which the next one takes, to the state before it. */
function passedBy(step: Contraction, next: Contraction, ways: Ways): number {
  const arrived = next.signal.node && ways.stationOf(next.signal.node)?.arrived[next.signal.outputIndex];
  const sent = sentBack(step, ways);
  if (!arrived || sent.length === 0) return Number.NaN;
  const back = sent.reduce((sum, { cotangent }) => sum + sumOfSquares(cotangent), 0);
  return Math.sqrt(back / sumOfSquares(arrived));
}

/** The law of the slope of log |δ|² over the steps: from the re-draws of the same network, else from the closed form of each step. */
function slopeLaw(
  uses: readonly Contraction[],
  slope: number,
  chain: readonly Contraction[],
  flows: readonly (readonly number[])[] | null,
): HealthySlope {
  const positions = uses.map((use) => chain.indexOf(use));
  const simulated = flows !== null && flows.length >= fewestRedraws && !positions.includes(-1);
  const law = simulated
    ? skewedPrediction(flows.map((flow) => slopeOf(positions.map((position) => flow[position]))))
    : closedSlope(uses);
  const [low, high] = predictionBand(law, bandAlpha);
  return {
    source: simulated ? "redraws" : "closed form",
    band: [Math.exp(-high / 2), Math.exp(-low / 2)],
    ...judge(slope, law),
  };
}

/**
 * The slope is a sum of the steps, each weighted by how many values lie on its far side, and how far out. All steps have the same weights: what
 * chance made of them it made of every step, so that their deviations add up, not their variances.
 */
function closedSlope(uses: readonly Contraction[]): Prediction {
  const middle = (uses.length - 1) / 2;
  const spread = uses.reduce((sum, _, k) => sum + (k - middle) ** 2, 0);
  let [mean, deviation, weight] = [0, 0, 0];
  for (let k = uses.length - 1; k > 0; k--) {
    weight += (k - middle) / spread;
    // Forwards in time a step takes back what it adds going backwards.
    const law = stepLaw(uses[k - 1]);
    mean -= weight * law.mean;
    deviation += weight * Math.sqrt(law.variance);
  }
  return { mean, below: deviation, above: deviation, freedom: Number.POSITIVE_INFINITY };
}

import type { Remedy, VerifiedRemedy } from "../remedy.ts";
import { combine, stepsOf } from "./combine.ts";
import { changeOptimizer } from "./remedies/optimizer.ts";
import { stepsBeside } from "./remedies-for.ts";
import type { Treatment } from "./treatment.ts";

/** How many networks that learn are tried with other steps. */
const pairedNetworks = 2;

/** How many pairs of these remedies there are to try at most. */
export function mostPairs(remedies: readonly Remedy<Treatment>[]): number {
  const networks = remedies.filter(isOfNetwork).length;
  const best = Math.min(pairedNetworks, networks) * stepsBeside().length;
  return Math.max(best, networks * changeOptimizer().length) + networks;
}

/** A remedy to be tried. */
export interface Candidate {
  readonly remedy: Remedy<Treatment>;
  /** What the network with it shows, where it was looked at before. */
  readonly known?: string;
}

/** The networks that were seen to learn best, with other steps; where none learns their ranks are noise, and all are tried with Adam. */
export function otherSteps(ranked: readonly VerifiedRemedy<Treatment>[], someLearn: boolean): Candidate[] {
  const networks = networksOf(ranked);
  const [some, steps] = someLearn
    ? [networks.slice(0, pairedNetworks), stepsBeside()]
    : [networks, changeOptimizer()];
  return some.flatMap((network) => steps.map((each) => paired(network, each)));
}

/** The steps that were seen to teach best, for other networks. */
export function otherNetworks(ranked: readonly VerifiedRemedy<Treatment>[]): Candidate[] {
  const best = ranked.find(({ remedy, passed }) => passed && remedy.measure === "training");
  if (best === undefined) return [];
  const known = new Set(ranked.map(({ remedy }) => remedy.name));
  return networksOf(ranked)
    .map((network) => paired(network, stepsOf(best.remedy)))
    .filter(({ remedy }) => !known.has(remedy.name));
}

/** Those that came out healthy. */
const networksOf = (ranked: readonly VerifiedRemedy<Treatment>[]): VerifiedRemedy<Treatment>[] =>
  ranked.filter(({ remedy, trialLoss }) => isOfNetwork(remedy) && !Number.isNaN(trialLoss));

const isOfNetwork = ({ measure }: Remedy<Treatment>): boolean => measure === "flow";

const paired = ({ remedy, evidence }: VerifiedRemedy<Treatment>, steps: Remedy<Treatment>): Candidate => ({
  remedy: combine(remedy, steps),
  known: evidence.split(";")[0],
});

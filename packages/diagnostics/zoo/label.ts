import type { Label } from "./result.ts";

/** What the score of a run is held against. */
export interface Reference {
  /** The best of the grid of healthy settings. */
  readonly best: number;
  /** The score of who knows nothing. */
  readonly chance: number;
}

/** The share of what the best has learnt that a good outcome has learnt at least. */
const enough = 0.95;
/** The share below which an outcome failed: AutoTrainer takes accuracies above 0.7 for no failure. */
const failed = 0.7;
/** What an odd run has learnt at least: few examples a step, or frozen layers, cost score by their nature. */
const enoughForOdd = 0.5;
/** The share of what there is to learn that the best of a grid has learnt at least: below it the grid says nothing. */
const leastBest = 0.2;

/** The share of what the best has learnt, with what chance gives taken off both; 0 where the score is not finite. */
export function skill(score: number, { best, chance }: Reference): number {
  return Number.isFinite(score) ? (score - chance) / (best - chance) : 0;
}

/** Whether an outcome is as good as that of a healthy run: at least 95 % of what the best of the grid has learnt. */
export const isGood = (score: number, reference: Reference): boolean =>
  hasLearnt(reference) && skill(score, reference) >= enough;

const hasLearnt = ({ best, chance }: Reference): boolean => best - chance >= leastBest * (1 - chance);

/**
 * Healthy or not by the outcome alone. Chance spoils some outcomes whatever is injected: a fault counts as faulty where the same fault with other
 * draws came out badly too, and where little is left of what there is to learn; else it weakened the run.
 */
export function labelOf(
  kind: "grid" | "fault" | "oddity",
  reference: Reference,
  score: number,
  again = score,
): Label {
  const good = isGood(score, reference);
  if (kind === "grid") return good ? "healthy" : "unlucky";
  if (kind === "oddity")
    return hasLearnt(reference) && skill(score, reference) >= enoughForOdd ? "odd" : "unlucky";
  if (good) return "tolerated";
  if (isGood(again, reference)) return "unlucky";
  return skill(score, reference) < failed ? "faulty" : "weakened";
}

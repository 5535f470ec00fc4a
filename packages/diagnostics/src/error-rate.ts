import { ArgumentError } from "@isograd/autograd";

/**
 * The chance that a healthy network is reported at all, from the lint before its first pass to the end of its training. Everything that judges by
 * chance takes its share from here.
 */
export const runAlpha = 0.001;

/** How it is split. What is certain, such as a NaN, takes no share. */
const shares = {
  /** What is said of an architecture before any data. */
  lint: 0.1,
  /** The first step: half for gradient flow, half for the units, each by Holm's correction. */
  firstStep: 0.4,
  /** What changes while training, over all layers and all time. */
  monitor: 0.2,
  /** Whether the steps are too small, over all time. */
  steps: 0.1,
  /** Whether what is learnt is wrong, over all time. */
  learning: 0.05,
  /** Units counted again while training, over all layers and all time. */
  units: 0.15,
} as const;

/** A stage of the examination of a network. */
export type Stage = keyof typeof shares;

/** The chance that a stage reports anything of a healthy network. @param whole the chance for all stages together */
export const alphaOf = (stage: Stage, whole = runAlpha): number => whole * shares[stage];

/** What may be spent at a look, the first of all being 1, so that all looks together, however many, spend `alpha`: Σ 1/(k(k + 1)) = 1. */
export const spentAt = (alpha: number, look: number): number => alpha / (look * (look + 1));

/** @throws ArgumentError, naming `operation`, unless it is a chance between 0 and 1 */
export function checkAlpha(operation: string, alpha: number): void {
  if (!(alpha > 0 && alpha < 1)) throw new ArgumentError(operation, "expected alpha between 0 and 1", alpha);
}

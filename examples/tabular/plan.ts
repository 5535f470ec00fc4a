import type { NetworkPlan } from "./ensemble.ts";

export interface Plan extends NetworkPlan {
  /** How many rows are read at most. */
  readonly rows: number;
  readonly folds: number;
  readonly members: number;
}

export const wholePlan: Plan = {
  rows: Number.POSITIVE_INFINITY,
  folds: 5,
  members: 5,
  hiddenLayers: 4,
  width: 64,
  epochs: 30,
  batchSize: 512,
  learningRate: 0.01,
};
export const quickPlan: Plan = { ...wholePlan, rows: 6_000, epochs: 15, batchSize: 128 };

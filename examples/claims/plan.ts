/** How much is measured. */
export interface Plan {
  /** How many networks each way to train is judged by. */
  readonly seeds: number;
  /** How many networks each learning rate is chosen by. */
  readonly choosingSeeds: number;
  /** Of each training. */
  readonly steps: number;
  /** Images to learn from. */
  readonly images: number;
  /** Images to choose by, and as many again for the test. */
  readonly heldOut: number;
  /** Every so many of the learning rates are tried: all (1), every other (2). */
  readonly stride: number;
}

export const wholePlan: Plan = {
  seeds: 6,
  choosingSeeds: 2,
  steps: 200,
  images: 4000,
  heldOut: 1000,
  stride: 1,
};
export const quickPlan: Plan = {
  seeds: 3,
  choosingSeeds: 1,
  steps: 24,
  images: 800,
  heldOut: 400,
  stride: 2,
};

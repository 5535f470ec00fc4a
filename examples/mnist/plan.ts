/** How long is trained, and on what. */
export interface Plan {
  /** Of the training images, the first ones. */
  readonly images: number;
  /** How many of these are held out and looked at after each epoch, to choose by; the test images then stay unseen. */
  readonly heldOut: number;
  readonly epochs: number;
  readonly batchSize: number;
  /** At its highest. */
  readonly learningRate: number;
}

export const wholePlan: Plan = {
  images: 60_000,
  heldOut: 0,
  epochs: 8,
  batchSize: 100,
  learningRate: 5e-3,
};
export const quickPlan: Plan = { ...wholePlan, images: 6_000, epochs: 3, batchSize: 50 };

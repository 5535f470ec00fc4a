import type { Oddity } from "./oddity.ts";

export const trainingOddities: readonly Oddity[] = [
  { name: "warm-up", change: (setting) => ({ ...setting, schedule: "warmUp" }) },
  { name: "rate falls in steps", change: (setting) => ({ ...setting, schedule: "steps" }) },
  {
    name: "rate falls by a cosine",
    change: (setting) => (setting.schedule === "cosine" ? null : { ...setting, schedule: "cosine" }),
  },
  {
    name: "goes on when the loss has converged",
    change: (setting) => ({ ...setting, steps: 4 * setting.steps, schedule: "constant" }),
  },
  {
    name: "gradients accumulated",
    change: (setting) =>
      setting.normalisation === "batch" ? null : { ...setting, accumulate: 4, batch: setting.batch / 4 },
  },
  {
    name: "fine-tuned from a trained start",
    change: (setting) => ({ ...setting, preparation: "trained", learningRate: setting.learningRate / 3 }),
  },
  {
    name: "small batches",
    change: (setting) => ({ ...setting, batch: 8, learningRate: setting.learningRate / 2 }),
  },
  {
    name: "one example a step",
    change: (setting) =>
      setting.normalisation === "batch"
        ? null
        : { ...setting, batch: 1, learningRate: setting.learningRate / 3, steps: 4 * setting.steps },
  },
];

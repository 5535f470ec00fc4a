import { adding } from "./adding.ts";
import type { DescentSettings } from "./descent.ts";
import type { Problem } from "./problem.ts";
import { temporalOrder } from "./temporal-order.ts";

/** A way to train a network that reads sequences. */
export interface Method {
  readonly name: string;
  readonly network: "plain" | "lstm";
  readonly descent: DescentSettings;
}

/** Learning rates were chosen by validation sequences, with seeds that are not among those of the table. */
export const methods: readonly Method[] = [
  { name: "plain", network: "plain", descent: { learningRate: 0.1 } },
  { name: "plain, clipped", network: "plain", descent: { learningRate: 0.1, threshold: 1 } },
  { name: "plain, Ω", network: "plain", descent: { learningRate: 0.1, preserve: 1 } },
  {
    name: "plain, clipped, Ω",
    network: "plain",
    descent: { learningRate: 0.1, threshold: 1, preserve: 1 },
  },
  {
    name: "LSTM, clipped, Adam",
    network: "lstm",
    descent: { optimizer: "adam", learningRate: 0.01, threshold: 1 },
  },
];

export interface Setting {
  readonly problem: Problem;
  readonly length: number;
  /** The most that each training may take. */
  readonly steps: number;
}

export interface Plan {
  readonly settings: readonly Setting[];
  /** How many trainings each method has at each setting, each with a seed of its own. */
  readonly trials: number;
  /** How many sequences a trained network is judged by. */
  readonly heldOut: number;
}

export const wholePlan: Plan = {
  settings: [
    { problem: temporalOrder, length: 20, steps: 3000 },
    { problem: temporalOrder, length: 50, steps: 3000 },
    { problem: adding, length: 20, steps: 3000 },
  ],
  trials: 4,
  heldOut: 10_000, // as in the paper
};

export const quickPlan: Plan = {
  settings: [{ problem: temporalOrder, length: 20, steps: 1000 }],
  trials: 2,
  heldOut: 2000,
};

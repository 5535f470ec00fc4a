import { adding } from "./adding.ts";
import type { DescentSettings } from "./descent.ts";
import type { Problem } from "./problem.ts";
import { temporalOrder } from "./temporal-order.ts";

export interface Setting {
  readonly problem: Problem;
  readonly length: number;
  /** The most that each training may take. */
  readonly steps: number;
  /** Of gradient descent. */
  readonly learningRate: number;
}

/** A way to train a network that reads sequences. */
export interface Method {
  readonly name: string;
  readonly network: "plain" | "lstm";
  readonly descent: (setting: Setting) => DescentSettings;
}

export const methods: readonly Method[] = [
  { name: "plain", network: "plain", descent: ({ learningRate }) => ({ learningRate }) },
  { name: "clipped", network: "plain", descent: ({ learningRate }) => ({ learningRate, threshold: 1 }) },
  { name: "Ω", network: "plain", descent: ({ learningRate }) => ({ learningRate, preserve: 1 }) },
  {
    name: "clipped, Ω",
    network: "plain",
    descent: ({ learningRate }) => ({ learningRate, threshold: 1, preserve: 1 }),
  },
  {
    name: "LSTM, Adam, clipped",
    network: "lstm",
    descent: () => ({ optimizer: "adam", learningRate: 0.01, threshold: 1 }),
  },
];

export interface Plan {
  readonly settings: readonly Setting[];
  /** How many trainings each method has at each setting, each with a seed of its own. */
  readonly trials: number;
  /** How many sequences a trained network is judged by. */
  readonly heldOut: number;
}

/** The learning rates were chosen by validation sequences and seeds of their own, from 0.01, 0.03, 0.1, 0.3 and 1. */
const [orderRate, addingRate] = [0.1, 0.3];

export const wholePlan: Plan = {
  settings: [
    { problem: temporalOrder, length: 20, steps: 2500, learningRate: orderRate },
    { problem: temporalOrder, length: 50, steps: 2500, learningRate: orderRate },
    { problem: adding, length: 20, steps: 4000, learningRate: addingRate },
  ],
  trials: 3,
  heldOut: 10_000, // as in the paper
};

export const quickPlan: Plan = {
  settings: [{ problem: temporalOrder, length: 20, steps: 1000, learningRate: orderRate }],
  trials: 1,
  heldOut: 2000,
};

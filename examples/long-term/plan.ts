import { isDeepStrictEqual } from "node:util";
import { adding } from "./adding.ts";
import type { DescentSettings } from "./descent.ts";
import type { Problem } from "./problem.ts";
import { temporalOrder } from "./temporal-order.ts";

export interface Setting {
  readonly problem: Problem;
  readonly length: number;
  /** The most that each training may take. */
  readonly steps: number;
  /** Learning rates of gradient descent, the best for each: chosen by validation sequences, with seeds that are not those of the table. */
  readonly rates: { readonly clipped: number; readonly unclipped: number };
}

/** A way to train a network that reads sequences. */
export interface Method {
  readonly name: string;
  readonly network: "plain" | "lstm";
  readonly descent: (setting: Setting) => DescentSettings;
}

const methods: readonly Method[] = [
  { name: "plain", network: "plain", descent: ({ rates }) => ({ learningRate: rates.unclipped }) },
  { name: "plain, as fast", network: "plain", descent: ({ rates }) => ({ learningRate: rates.clipped }) },
  {
    name: "clipped",
    network: "plain",
    descent: ({ rates }) => ({ learningRate: rates.clipped, threshold: 1 }),
  },
  { name: "Ω", network: "plain", descent: ({ rates }) => ({ learningRate: rates.unclipped, preserve: 1 }) },
  {
    name: "Ω, clipped",
    network: "plain",
    descent: ({ rates }) => ({ learningRate: rates.clipped, threshold: 1, preserve: 1 }),
  },
  {
    name: "LSTM, clipped, Adam",
    network: "lstm",
    descent: () => ({ optimizer: "adam", learningRate: 0.01, threshold: 1 }),
  },
];

/** Those that differ at a setting. */
export const methodsAt = (setting: Setting): readonly Method[] =>
  methods.filter((method, k) =>
    methods
      .slice(0, k)
      .every(
        ({ network, descent }) =>
          network !== method.network || !isDeepStrictEqual(descent(setting), method.descent(setting)),
      ),
  );

export interface Plan {
  readonly settings: readonly Setting[];
  /** How many trainings each method has at each setting, each with a seed of its own. */
  readonly trials: number;
  /** How many sequences a trained network is judged by. */
  readonly heldOut: number;
}

const orderRates = { clipped: 0.1, unclipped: 0.01 };

export const wholePlan: Plan = {
  settings: [
    { problem: temporalOrder, length: 20, steps: 2500, rates: orderRates },
    { problem: temporalOrder, length: 50, steps: 2500, rates: orderRates },
    { problem: adding, length: 20, steps: 4000, rates: { clipped: 0.3, unclipped: 0.1 } },
  ],
  trials: 3,
  heldOut: 10_000, // as in the paper
};

export const quickPlan: Plan = {
  settings: [{ problem: temporalOrder, length: 20, steps: 1000, rates: orderRates }],
  trials: 1,
  heldOut: 2000,
};

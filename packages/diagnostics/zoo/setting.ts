import type { activationsByName } from "./named/activations.ts";
import type { weightLaws } from "./named/weight-laws.ts";

export type Activation = keyof typeof activationsByName;

/** A law that weights are drawn from; `scale` is a factor on it, or the bound or value where the law says so. */
export interface Weights {
  readonly law: keyof typeof weightLaws;
  readonly scale: number;
}

/** All that decides a training besides its data and its draws: plain data, so that a fault or an oddity is a small change of it. */
export interface Setting {
  /** Layers with weights, the output's among them; blocks of a residual network, steps of a recurrent one. */
  readonly depth: number;
  readonly width: number;
  readonly activation: Activation;
  readonly weights: Weights;
  /** What hidden biases begin with. */
  readonly bias: number;
  readonly normalisation: "none" | "batch" | "layer";
  /** The share that is dropped behind each hidden layer. */
  readonly dropout: number;
  /** What stands between the last layer and the loss. */
  readonly head: "none" | "softmax" | "sigmoid" | "relu";
  readonly loss: "own" | "meanSquare";
  /** On the loss; a sum in place of a mean is a factor of the number of examples. */
  readonly lossFactor: number;
  readonly optimizer: "sgd" | "momentum" | "adam" | "adagrad" | "rmsprop";
  readonly learningRate: number;
  readonly schedule: "constant" | "warmUp" | "steps" | "cosine";
  /** The largest norm of all gradients together; null: they are not clipped. */
  readonly clipping: number | null;
  readonly batch: number;
  /** Batches whose gradients are added up before each update. */
  readonly accumulate: number;
  /** Updates. */
  readonly steps: number;
  readonly dtype: "f32" | "f64";
  /** The share of the labels, or of the spread of the numbers to be told, that is drawn at random. */
  readonly labelNoise: number;
  /** The share of the examples of the first class that stays. */
  readonly kept: number;
  /** The share of the inputs that is set to 0. */
  readonly sparsity: number;
  /** What is done to the model before it is trained. */
  readonly preparation: "none" | "frozen" | "shared" | "spareRows" | "trained";
}

/** What most settings have in common. */
export const plainSetting = {
  bias: 0,
  normalisation: "none",
  dropout: 0,
  head: "none",
  loss: "own",
  lossFactor: 1,
  schedule: "constant",
  clipping: null,
  batch: 32,
  accumulate: 1,
  dtype: "f32",
  labelNoise: 0,
  kept: 1,
  sparsity: 0,
  preparation: "none",
} as const satisfies Partial<Setting>;

/** What of a setting was changed, for people: `depth 4 -> 12, activation tanh -> sigmoid`. */
export function changes(before: Setting, after: Setting): string {
  const said = (value: unknown): string =>
    typeof value === "number"
      ? `${Number(value.toPrecision(3))}`
      : typeof value === "object" && value !== null
        ? Object.values(value).map(said).join(" ")
        : String(value);
  const keys = Object.keys(after) as (keyof Setting)[];
  return keys
    .filter((key) => said(before[key]) !== said(after[key]))
    .map((key) => `${key} ${said(before[key])} -> ${said(after[key])}`)
    .join(", ");
}

import { ArgumentError, add, exp, mul, sigmoid, softmax, type Tensor } from "@isograd/autograd";
import { binaryCrossEntropyWithLogits } from "./binary-cross-entropy.ts";
import { crossEntropy } from "./cross-entropy.ts";
import { poissonNllLoss } from "./likelihood.ts";
import type { LossOptions } from "./reduction.ts";
import { mseLoss } from "./regression.ts";

/** What stands behind the last layer for a kind of problem: both take what that layer returns. */
export interface OutputHead {
  /** What the network predicts: a probability, an expected count, a value. */
  activation(outputs: Tensor): Tensor;
  /** What to train by. */
  loss(outputs: Tensor, targets: Tensor, options?: LossOptions): Tensor;
}

export interface OutputOptions {
  /** The least value of `boundedRegression`; default 0. */
  readonly low?: number;
  /** The largest value of `boundedRegression`; default 1. */
  readonly high?: number;
}

const heads = {
  binary: { activation: sigmoid, loss: binaryCrossEntropyWithLogits },
  multiClass: {
    // Classes lie along axis 1, as in the loss.
    activation: (outputs) => softmax(outputs, outputs.rank > 1 ? 1 : 0),
    loss: crossEntropy,
  },
  multiLabel: { activation: sigmoid, loss: binaryCrossEntropyWithLogits },
  count: { activation: exp, loss: poissonNllLoss },
  regression: { activation: (outputs) => outputs, loss: mseLoss },
} as const satisfies Readonly<Record<string, OutputHead>>;

/** A kind of problem: what the targets are. */
export type Task = keyof typeof heads | "boundedRegression";

/**
 * The activation of the last layer, and the loss, that go with a kind of problem.
 *
 * The loss takes what the last layer returns, not what the activation makes of it, so that it keeps its digits where probabilities are near 0 and 1.
 *
 * - `binary`, `multiLabel`: targets from 0 to 1 each; a logistic sigmoid, and the cross entropy of each
 * - `multiClass`: classes [batch, ...], or their probabilities; softmax over axis 1, and the cross entropy
 * - `count`: whole numbers from 0; the exponential, and the likelihood of a Poisson distribution
 * - `regression`: numbers; the outputs as they are, and the squared error
 * - `boundedRegression`: numbers from `low` to `high`; a sigmoid between them, and the squared error
 *
 * @throws ArgumentError for a task that there is none of, or unless low is below high and both are finite
 * @see McCullagh, Nelder 1989, "Generalized Linear Models": canonical links
 * @example
 * const { activation, loss } = outputFor("binary");
 * activation(tensor([0, 2])); // [0.5, 0.8808]
 * loss(tensor([0, 2]), tensor([0, 1])); // 0.4100
 */
export function outputFor(task: Task, { low = 0, high = 1 }: OutputOptions = {}): OutputHead {
  if (task === "boundedRegression") return bounded(low, high);
  if (Object.hasOwn(heads, task)) return heads[task];
  const known = [...Object.keys(heads), "boundedRegression"].join(", ");
  throw new ArgumentError("outputFor", `expected one of ${known}`, task);
}

function bounded(low: number, high: number): OutputHead {
  if (!(low < high && Number.isFinite(high - low)))
    throw new ArgumentError("outputFor", "expected finite bounds, low < high", [low, high]);
  const activation = (outputs: Tensor): Tensor => add(mul(sigmoid(outputs), high - low), low);
  return {
    activation,
    loss: (outputs, targets, options) => mseLoss(activation(outputs), targets, options),
  };
}

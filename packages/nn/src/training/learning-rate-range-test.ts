import { ArgumentError, type Tensor } from "@isograd/autograd";
import type { Module } from "../module/module.ts";
import type { Optimizer } from "../optimizers/optimizer.ts";
import { checkCount } from "../optimizers/settings.ts";
import { Scheduler } from "../schedules/scheduler.ts";
import type { StopSignal } from "./breathe.ts";
import type { BatchSource } from "./evaluate.ts";
import { train } from "./train.ts";

export interface RangeTestOptions<Input = Tensor, Output = Tensor> {
  readonly model: Module<readonly [input: Input], Output>;
  readonly loss: (outputs: Output, targets: Tensor) => Tensor;
  /** Of parameters of the model. */
  readonly optimizer: Pick<Optimizer, "parameters" | "cloneFor">;
  /** Gone through as often as it takes. */
  readonly data: BatchSource<Input>;
  /** The rate of the first step; default 1e-7. */
  readonly minLearningRate?: number;
  /** The rate of the last step; default 10. */
  readonly maxLearningRate?: number;
  /** How many steps to take; default 100. */
  readonly steps?: number;
  /** Whether rates grow by equal factors (default) or by equal parts. */
  readonly growth?: "exponential" | "linear";
  /** How many times the lowest loss ends the test, where losses are positive; default 4. */
  readonly divergence?: number;
  readonly signal?: StopSignal;
}

/** What each learning rate did to the loss. */
export interface RangeTest {
  readonly learningRates: readonly number[];
  /** Before the step with each rate. */
  readonly losses: readonly number[];
  /** Means of the losses over some steps on both sides, by which the others are judged. */
  readonly smoothed: readonly number[];
  /** The rate at which the loss falls fastest, before it is lowest; null if it does not fall. */
  readonly suggestion: number | null;
}

/**
 * Trains a copy of a model while the learning rate grows step by step, until the loss runs away: which rates are of use?
 *
 * Model and optimizer stay as they are. Where data is shuffled, its generator goes on.
 *
 * @throws ArgumentError unless 0 < minLearningRate < maxLearningRate, steps is a whole number from 2 on, divergence above 1 and the parameters
 *   are the model's; what `train` throws
 * @see Smith 2017, "Cyclical learning rates for training neural networks", section 3.3
 * @example
 * const whole = batches({ inputs, targets });
 * const { suggestion } = await learningRateRangeTest({ model, loss: mseLoss, optimizer, data: whole });
 * suggestion !== null && suggestion > 0.001 && suggestion < 1; // true
 * optimizer.learningRate = suggestion ?? 0.1;
 */
export async function learningRateRangeTest<Input = Tensor, Output = Tensor>(
  options: RangeTestOptions<Input, Output>,
): Promise<RangeTest> {
  const { minLearningRate = 1e-7, maxLearningRate = 10, steps = 100, growth = "exponential" } = options;
  const { loss, data, signal, divergence = 4 } = options;
  if (
    !(0 < minLearningRate && minLearningRate < maxLearningRate && maxLearningRate < Number.POSITIVE_INFINITY)
  )
    throw new ArgumentError("learningRateRangeTest", "expected 0 < minLearningRate < maxLearningRate", [
      minLearningRate,
      maxLearningRate,
    ]);
  checkCount("learningRateRangeTest", "steps - 1", steps - 1);
  if (!(divergence > 1))
    throw new ArgumentError("learningRateRangeTest", "expected divergence above 1", divergence);
  const ratio = maxLearningRate / minLearningRate;
  const rate = (step: number): number => {
    const share = step / (steps - 1);
    return growth === "exponential"
      ? minLearningRate * ratio ** share
      : minLearningRate + (maxLearningRate - minLearningRate) * share;
  };
  const model = options.model.clone();
  const optimizer = optimizerOfCopy(options.optimizer, options.model, model);
  const scheduler = new Scheduler(optimizer, rate);
  const reach = Math.round(steps / 40);
  const losses: number[] = [];
  let lowest = Number.POSITIVE_INFINITY;
  // An epoch has a batch at least, so as many epochs as steps are enough.
  const run = train({ model, loss, optimizer, data, epochs: steps, signal, errorIfNonFinite: false });
  for await (const taken of run) {
    if (!Number.isFinite(taken.loss)) break;
    losses.push(taken.loss);
    if (losses.length === steps) break;
    // Judged by whole windows only: the first few batches may differ by more than rates make.
    if (losses.length > 2 * reach) {
      const recent = mean(losses.slice(-1 - 2 * reach));
      lowest = Math.min(lowest, recent);
      if (lowest > 0 && recent > divergence * lowest) break;
    }
    scheduler.step();
  }
  const smoothed = losses.map((_, k) => {
    const width = Math.min(reach, k, losses.length - 1 - k);
    return mean(losses.slice(k - width, k + width + 1));
  });
  const learningRates = losses.map((_, k) => rate(k));
  const steepest = steepestFall(smoothed);
  return { learningRates, losses, smoothed, suggestion: steepest === null ? null : learningRates[steepest] };
}

/** The optimizer, at the same point, for a copy of the model that its parameters belong to. */
function optimizerOfCopy(
  optimizer: Pick<Optimizer, "parameters" | "cloneFor">,
  model: Pick<Module, "parameters">,
  copy: Pick<Module, "parameters">,
): Optimizer {
  const [own, copied] = [model.parameters(), copy.parameters()];
  const places = new Map(own.map((parameter, k) => [parameter, k]));
  const parameters = optimizer.parameters.map((parameter) => {
    const place = places.get(parameter);
    if (place === undefined)
      throw new ArgumentError(
        "learningRateRangeTest",
        "expected an optimizer of the model's parameters",
        parameter,
      );
    return copied[place];
  });
  return optimizer.cloneFor(parameters);
}

/** Where values fall fastest, up to the lowest; null if they do not fall. */
function steepestFall(values: readonly number[]): number | null {
  const lowest = values.indexOf(Math.min(...values));
  let [place, fall]: [number | null, number] = [null, 0];
  for (let k = 1; k <= lowest; k++) {
    const slope = values[Math.min(k + 1, values.length - 1)] - values[k - 1];
    if (slope < fall) [place, fall] = [k, slope];
  }
  return place;
}

const mean = (values: readonly number[]): number =>
  values.reduce((sum, value) => sum + value, 0) / values.length;

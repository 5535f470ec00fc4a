import { parameter, zeros } from "@isograd/autograd";
import {
  chainedLR,
  constantLR,
  cosineAnnealingLR,
  cosineAnnealingWarmRestarts,
  cyclicLR,
  exponentialLR,
  linearLR,
  multiStepLR,
  oneCycleLR,
  polynomialLR,
  ReduceLROnPlateau,
  type Schedule,
  Scheduler,
  SGD,
  sequentialLR,
  stepLR,
} from "@isograd/nn";
import { tolerances } from "../compare.ts";
import { type Check, type Options, offered, type ScheduleCase } from "./case.ts";
import { differentNumbers } from "./numbers.ts";
import { renamedOptions } from "./options.ts";

/** Options that have other names here, by PyTorch's. */
const names = {
  total_iters: "totalIterations",
  T_max: "totalIterations",
  T_0: "firstIterations",
  T_mult: "multiplier",
  eta_min: "minLearningRate",
  min_lr: "minLearningRate",
  base_lr: "baseLearningRate",
  max_lr: "maxLearningRate",
  pct_start: "risingShare",
};

/** A schedule of the options that it has in PyTorch. */
const of =
  <O>(make: (options: O) => Schedule) =>
  (options: Options): Schedule =>
    make(renamedOptions(options, names) as O);

const all = (schedulers: readonly Pick<ScheduleCase, "name" | "options">[]): readonly Schedule[] =>
  schedulers.map(({ name, options }) => offered(schedules, name)(options));

/** PyTorch's schedules and ours. */
const schedules: Readonly<Record<string, (options: Options) => Schedule>> = {
  StepLR: of(stepLR),
  MultiStepLR: of(multiStepLR),
  ConstantLR: of(constantLR),
  LinearLR: of(linearLR),
  ExponentialLR: of(exponentialLR),
  PolynomialLR: of(polynomialLR),
  CosineAnnealingLR: of(cosineAnnealingLR),
  CosineAnnealingWarmRestarts: of(cosineAnnealingWarmRestarts),
  CyclicLR: of(cyclicLR),
  OneCycleLR: ({ total_steps, epochs, steps_per_epoch, ...others }) =>
    of(oneCycleLR)({ ...others, total_steps: total_steps ?? epochs * steps_per_epoch }),
  ChainedScheduler: ({ schedulers }) => chainedLR(...all(schedulers)),
  SequentialLR: ({ schedulers, milestones }) => sequentialLR(all(schedulers), milestones),
};

export const checkSchedule: Check<ScheduleCase> = ({ name, options, base_lr, metric, lrs }) => {
  const optimizer = new SGD([parameter(zeros([1]))], { learningRate: base_lr });
  const scheduler =
    name === "ReduceLROnPlateau"
      ? new ReduceLROnPlateau(optimizer, renamedOptions(options, names))
      : new Scheduler(optimizer, offered(schedules, name)(options));
  const found = [optimizer.learningRate];
  while (found.length < lrs.length) {
    scheduler.step(metric?.[found.length - 1] as number);
    found.push(optimizer.learningRate);
  }
  return differentNumbers(found, lrs, tolerances.value);
};

import { add, backward, cos, mul, parameter, square, sum, tensor, zeros } from "@isograd/autograd";
import {
  Adam,
  AdamW,
  chainedLR,
  constantLR,
  cosineAnnealingLR,
  cosineAnnealingWarmRestarts,
  cyclicLR,
  cyclicMomentum,
  exponentialLR,
  lambdaLR,
  linearLR,
  multiplicativeLR,
  multiStepLR,
  type OptimizerClass,
  oneCycleLR,
  oneCycleMomentum,
  polynomialLR,
  ReduceLROnPlateau,
  type Schedule,
  Scheduler,
  SGD,
  sequentialLR,
  stepLR,
} from "@isograd/nn";
import { describe, expect, it } from "vitest";
import { expectNumbers, readCases } from "../reference/cases.ts";

// biome-ignore lint/suspicious/noExplicitAny: what a reference file holds is known when it is read, not before
type Options = Readonly<Record<string, any>>;
type Named = readonly [name: string, options: Options];

interface ScheduleCase {
  readonly name: string;
  readonly options: Options;
  readonly rates: readonly number[];
  readonly momentums?: readonly number[];
}

interface Trajectory {
  readonly name: "SGD" | "Adam" | "AdamW";
  readonly options: Options;
  readonly schedule: Named;
  readonly halfway: readonly number[];
  readonly x: readonly number[];
}

const { metrics, cases, trajectories } = readCases("schedules.json") as unknown as {
  readonly metrics: Readonly<Record<string, readonly (number | string)[]>>;
  readonly cases: readonly ScheduleCase[];
  readonly trajectories: readonly Trajectory[];
};

const functions: Readonly<Record<string, (count: number) => number>> = {
  inverse: (step) => 1 / (1 + step),
  halves: (step) => (step % 5 === 0 ? 0.5 : 1),
};

/** Options by our names. */
const ours = {
  step_size: "stepSize",
  total_iters: "totalIterations",
  start_factor: "startFactor",
  end_factor: "endFactor",
  T_max: "totalIterations",
  T_0: "firstIterations",
  T_mult: "multiplier",
  eta_min: "minLearningRate",
  min_lr: "minLearningRate",
  base_lr: "baseLearningRate",
  max_lr: "maxLearningRate",
  step_size_up: "stepSizeUp",
  step_size_down: "stepSizeDown",
  scale_fn: "scale",
  scale_mode: "scaleMode",
  base_momentum: "baseMomentum",
  max_momentum: "maxMomentum",
  total_steps: "totalSteps",
  pct_start: "risingShare",
  anneal_strategy: "annealStrategy",
  three_phase: "threePhase",
  div_factor: "divFactor",
  final_div_factor: "finalDivFactor",
  threshold_mode: "thresholdMode",
} as Readonly<Record<string, string>>;

const renamed = (options: Options): Options =>
  Object.fromEntries(
    Object.entries(options).map(([name, value]) => [ours[name] ?? name, functions[value] ?? value]),
  );

const of =
  <O>(make: (options: O) => Schedule) =>
  (options: Options): Schedule =>
    make(renamed(options) as O);

const all = (parts: readonly Named[]): Schedule[] => parts.map(([name, options]) => schedules[name](options));

const schedules: Readonly<Record<string, (options: Options) => Schedule>> = {
  LambdaLR: ({ lr_lambda }) => lambdaLR(functions[lr_lambda]),
  MultiplicativeLR: ({ lr_lambda }) => multiplicativeLR(functions[lr_lambda]),
  StepLR: of(stepLR),
  MultiStepLR: of(multiStepLR),
  ConstantLR: of(constantLR),
  LinearLR: of(linearLR),
  ExponentialLR: of(exponentialLR),
  PolynomialLR: of(polynomialLR),
  CosineAnnealingLR: of(cosineAnnealingLR),
  CosineAnnealingWarmRestarts: of(cosineAnnealingWarmRestarts),
  CyclicLR: of(cyclicLR),
  OneCycleLR: of(oneCycleLR),
  ChainedScheduler: ({ schedulers }) => chainedLR(...all(schedulers)),
  SequentialLR: ({ schedulers, milestones }) => sequentialLR(all(schedulers), milestones),
};

const momentums: Readonly<Record<string, (options: Options) => Schedule>> = {
  CyclicLR: of(cyclicMomentum),
  OneCycleLR: of(oneCycleMomentum),
};

const optimizers: Record<Trajectory["name"], OptimizerClass<never, unknown>> = { SGD, Adam, AdamW };

const base = 0.1;
const optimizerOf = () => new SGD([parameter(zeros([1]))], { learningRate: base });

describe("schedules", () => {
  const pure = cases.filter(({ name }) => name in schedules);

  it.each(pure)("$name $options goes where PyTorch's does, step by step", ({ name, options, rates }) => {
    const optimizer = optimizerOf();
    const scheduler = new Scheduler(optimizer, schedules[name](options));
    const found = rates.map((_, k) => {
      if (k > 0) scheduler.step();
      return optimizer.learningRate;
    });
    expectNumbers(found, rates);
  });

  it.each(pure)("$name $options is a function of the step: backwards it is the same", (example) => {
    const { name, options, rates } = example;
    const schedule = schedules[name](options);
    const backwards = rates.map((_, k) => schedule(rates.length - 1 - k, base));
    expectNumbers(backwards.reverse(), rates);
  });

  it.each(cases.filter(({ momentums }) => momentums))("$name $options cycles momentum", (example) => {
    const { name, options, momentums: expected = [] } = example;
    const schedule = momentums[name](options);
    expectNumbers(
      expected.map((_, k) => schedule(k, 0.5)),
      expected,
    );
  });

  it("are all PyTorch's", () => {
    expect(new Set(cases.map(({ name }) => name))).toEqual(
      new Set([...Object.keys(schedules), "ReduceLROnPlateau"]),
    );
  });
});

it.each(cases.filter(({ name }) => name === "ReduceLROnPlateau"))(
  "ReduceLROnPlateau $options reduces when PyTorch's does",
  ({ options: { metric, ...options }, rates }) => {
    const optimizer = optimizerOf();
    const plateau = new ReduceLROnPlateau(optimizer, renamed(options));
    const found = [optimizer.learningRate];
    for (const value of metrics[metric]) {
      plateau.step(value === "inf" ? Number.POSITIVE_INFINITY : Number(value));
      found.push(optimizer.learningRate);
    }
    expectNumbers(found, rates);
  },
);

it.each(trajectories)("$name $options goes where PyTorch's does, with momentum cycled", (example) => {
  const { name, options, halfway, x: expected } = example;
  const [scheduleName, scheduleOptions] = example.schedule;
  const x = parameter(tensor([1, -2, 0.3], { dtype: "f64" }));
  const optimizer = new optimizers[name]([x], { ...options, learningRate: base } as never);
  const scheduler = new Scheduler(optimizer, {
    learningRate: schedules[scheduleName](scheduleOptions),
    momentum: momentums[scheduleName](scheduleOptions),
  });
  for (let k = 0; k < 23; k++) {
    optimizer.zeroGrad();
    backward(sum(add(square(x), cos(mul(2, x)))));
    optimizer.step();
    scheduler.step();
    if (k === 11) expectNumbers(x.values(), halfway, 1e-8);
  }
  expectNumbers(x.values(), expected, 1e-8);
});

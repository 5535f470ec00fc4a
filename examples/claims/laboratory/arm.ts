import { Generator, NonFiniteError, type Tensor } from "@isograd/autograd";
import {
  type BatchSource,
  batches,
  type EvaluatingOptimizer,
  evaluate,
  type Module,
  mapBatches,
  type Optimizer,
  type SecondOrderOptimizer,
  SGD,
  train,
} from "@isograd/nn";
import { type SecondOrderTraining, trainBySecondOrder } from "./second-order.ts";
import { firstExamples, type Task } from "./task.ts";

/** A network and the way it is trained, but for the learning rate. */
export interface Arm {
  readonly build: (task: Task, generator: Generator) => Module<readonly [Tensor], Tensor>;
  /** Default: plain gradient descent. */
  readonly optimizer?: (
    parameters: readonly Tensor[],
    learningRate: number,
  ) => Pick<Optimizer, "step" | "zeroGrad"> | EvaluatingOptimizer;
  /** Default: a constant rate. */
  readonly schedule?: (optimizer: Optimizer, steps: number) => { step(): void };
  /** In place of `optimizer`; its damping is what is chosen. */
  readonly secondOrder?: (parameters: readonly Tensor[], damping: number) => SecondOrderOptimizer;
  /** Those that are tried. */
  readonly rates?: readonly number[];
  /** Default 32. */
  readonly batchSize?: number;
  /** How many steps are taken, as a factor on the plan's; default 1. */
  readonly pace?: number;
  /** A look at data before training, as an initialisation from data takes. */
  readonly prepare?: (model: Module<readonly [Tensor], Tensor>, inputs: Tensor) => void;
}

export interface Outcome {
  /** On the examples asked for; that of chance where numbers became infinite. */
  readonly score: number;
  readonly stayedFinite: boolean;
  /** That of the last step; NaN where numbers became infinite. */
  readonly loss: number;
}

export interface Training {
  readonly task: Task;
  readonly arm: Arm;
  readonly learningRate: number;
  readonly seed: string;
  readonly steps: number;
  readonly on: "choosing" | "test";
  readonly signal?: AbortSignal;
}

/** Trains one network. The same seed gives the same data in the same order to every arm. */
export async function trainArm(training: Training): Promise<Outcome> {
  const { task, arm, learningRate, seed, on, signal } = training;
  const generator = new Generator(seed);
  const model = arm.build(task, generator.fork("weights"));
  arm.prepare?.(model, firstExamples(task, 256).inputs);
  const steps = Math.round(training.steps * (arm.pace ?? 1));
  const data = dataOf(task, arm, generator.fork("data"));
  try {
    const common = { task, model, data, steps, signal };
    const loss =
      arm.secondOrder === undefined
        ? await trainByGradient({ ...common, arm, learningRate })
        : await trainBySecondOrder({
            ...common,
            optimizer: arm.secondOrder(model.parameters(), learningRate),
          });
    const { score } = await evaluate(model, [task[on]], { score: task.score });
    return { score, stayedFinite: true, loss };
  } catch (error) {
    if (!(error instanceof NonFiniteError)) throw error;
    return { score: task.chance, stayedFinite: false, loss: Number.NaN };
  }
}

interface GradientTraining extends Omit<SecondOrderTraining, "optimizer"> {
  readonly arm: Arm;
  readonly learningRate: number;
}

/** Returns the loss of the last step. */
async function trainByGradient(training: GradientTraining): Promise<number> {
  const { task, model, arm, data, steps, signal, learningRate } = training;
  const parameters = model.parameters();
  const optimizer = arm.optimizer?.(parameters, learningRate) ?? new SGD(parameters, { learningRate });
  const scheduler = arm.schedule?.(optimizer as Optimizer, steps);
  const epochs = Math.ceil(steps / Math.floor(task.training.targets.shape[0] / batchSizeOf(task, arm)));
  const options = { model, loss: task.loss, optimizer, scheduler, data, epochs, signal, checkFinite: false };
  let last = Number.NaN;
  for await (const { step, loss } of train(options)) {
    last = loss;
    if (step + 1 === steps) break;
  }
  return last;
}

/** All of the data at once where the batch is larger. */
const batchSizeOf = ({ training }: Task, { batchSize = 32 }: Arm): number =>
  Math.min(batchSize, training.targets.shape[0] as number);

function dataOf(task: Task, arm: Arm, generator: Generator): BatchSource {
  const { disturb, training } = task;
  const options = {
    batchSize: batchSizeOf(task, arm),
    shuffle: true,
    dropLast: true,
    generator: generator.fork("order"),
  };
  const data = batches({ inputs: training.inputs, targets: training.targets }, options);
  if (disturb === undefined) return data;
  return mapBatches(data, ({ inputs, targets }, draws) => ({ inputs: disturb(inputs, draws), targets }), {
    generator: generator.fork("disturbances"),
  });
}

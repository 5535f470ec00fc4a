import { type Generator, narrow, type Tensor } from "@isograd/autograd";

/** Rows of inputs [n, ...] and targets [n, ...]. */
export interface Examples {
  readonly inputs: Tensor;
  readonly targets: Tensor;
}

/** Something to learn, with data that nobody learns from. */
export interface Task {
  readonly name: string;
  readonly training: Examples;
  /** What learning rates are chosen by. */
  readonly choosing: Examples;
  readonly test: Examples;
  readonly inFeatures: number;
  readonly outFeatures: number;
  readonly loss: (outputs: Tensor, targets: Tensor) => Tensor;
  /** In points of 100: accuracy, or the share of the variance that is explained. */
  readonly score: (outputs: Tensor, targets: Tensor) => number;
  /** The score of one who has not learnt. */
  readonly chance: number;
  /** What happens to a batch on the way to training. */
  readonly disturb?: (inputs: Tensor, generator: Generator) => Tensor;
}

/** The first of those that are learnt from. */
export function firstExamples({ training: { inputs, targets } }: Task, count: number): Examples {
  const rows = Math.min(count, targets.shape[0] as number);
  return { inputs: narrow(inputs, 0, 0, rows), targets: narrow(targets, 0, 0, rows) };
}

/** The same task with fewer examples to learn from. */
export const first = (count: number, task: Task): Task => ({
  ...task,
  name: `${count} of ${task.name}`,
  training: firstExamples(task, count),
});

/** The same inputs with other targets. */
export function retargeted(task: Task, map: (targets: Tensor) => Tensor): Task {
  const part = ({ inputs, targets }: Examples): Examples => ({ inputs, targets: map(targets) });
  return {
    ...task,
    training: part(task.training),
    choosing: part(task.choosing),
    test: part(task.test),
  };
}

import { Generator, relu, type Tensor } from "@isograd/autograd";
import type { Batch } from "@isograd/diagnostics";
import type { MakeOptimizer } from "@isograd/diagnostics/nn";
import {
  ActivationLayer,
  Adam,
  accuracy,
  BatchNorm1d,
  batches,
  crossEntropy,
  Linear,
  type Module,
  mseLoss,
  r2Score,
  Sequential,
  SGD,
} from "@isograd/nn";
import { circles, digits, edges, type Problem, parity, spirals, waves } from "./problems.ts";

/** A problem to choose an activation for. */
export interface Task {
  readonly name: string;
  /** With any activation; its weights are drawn anew. */
  readonly model: Module;
  readonly loss: (output: Tensor, targets: Tensor) => Tensor;
  readonly optimizer: MakeOptimizer;
  /** One a step. */
  readonly training: readonly Batch[];
  /** What advice may compare candidates on. */
  readonly heldOut: readonly Batch[];
  /** What tells at the end how good they are; advice never sees it. */
  readonly test: Batch;
  /** From 0 to 100: accuracy, or explained variance. */
  readonly points: (output: Tensor, targets: Tensor) => number;
}

/** A kind of task; how deep, how wide and how fast is drawn. */
interface Family {
  readonly name: string;
  readonly problem: Problem;
  readonly inputs: number;
  readonly outputs: number;
  /** Hidden layers, their units, learning rates: one of each. */
  readonly depths: readonly number[];
  readonly widths: readonly number[];
  readonly rates: readonly number[];
  readonly optimizer: "Adam" | "SGD";
  readonly normalized?: boolean;
  /** Training examples, passed through again and again. */
  readonly examples: number;
  readonly steps: number;
}

/** Made when asked for: digits are read from a file. */
function families(): Family[] {
  const [small, large] = [digits(7), digits(14)];
  const plane = { inputs: 2, examples: 700, steps: 320, optimizer: "Adam" } as const;
  const numbers = { outputs: 1, examples: 800, steps: 320, optimizer: "Adam" } as const;
  const coarse = { problem: small, inputs: 49, outputs: 10, examples: 1000, steps: 256 } as const;
  return [
    {
      name: "spirals",
      problem: spirals,
      outputs: 3,
      depths: [2, 3],
      widths: [24, 32, 48],
      rates: [0.005, 0.01],
      ...plane,
    },
    {
      name: "circles, deep and narrow",
      problem: circles,
      outputs: 2,
      depths: [8, 10, 12],
      widths: [6, 8, 10],
      rates: [0.003, 0.006],
      ...plane,
    },
    {
      name: "parity, plain gradient descent",
      problem: parity,
      inputs: 6,
      outputs: 2,
      depths: [2, 3],
      widths: [12, 16, 24],
      rates: [0.03, 0.06],
      optimizer: "SGD",
      examples: 800,
      steps: 320,
    },
    { name: "digits", depths: [2, 3], widths: [48, 64], rates: [0.002, 0.004], optimizer: "Adam", ...coarse },
    {
      name: "digits, wide and shallow",
      problem: large,
      inputs: 196,
      outputs: 10,
      depths: [1],
      widths: [192, 256],
      rates: [0.001, 0.002],
      optimizer: "Adam",
      examples: 1000,
      steps: 160,
    },
    {
      name: "digits, deep, gradient descent",
      depths: [12, 16],
      widths: [32, 40],
      rates: [0.005, 0.01],
      optimizer: "SGD",
      ...coarse,
    },
    {
      name: "digits, batch normalisation",
      depths: [4, 6],
      widths: [32, 40],
      rates: [0.01, 0.02],
      optimizer: "SGD",
      normalized: true,
      ...coarse,
    },
    {
      name: "waves, regression",
      problem: waves,
      inputs: 4,
      depths: [2, 3],
      widths: [32, 48],
      rates: [0.003, 0.006],
      ...numbers,
    },
    {
      name: "edges, regression",
      problem: edges,
      inputs: 5,
      depths: [2, 3],
      widths: [24, 32],
      rates: [0.003, 0.006],
      ...numbers,
    },
  ];
}

const batchSize = 32;

function networkOf(widths: readonly number[], normalized: boolean): Module {
  const last = widths.length - 2;
  return new Sequential(
    widths.slice(1).flatMap((outFeatures, k) => {
      const linear = new Linear({ inFeatures: widths[k], outFeatures });
      if (k === last) return [linear];
      const norm = normalized ? [new BatchNorm1d({ numFeatures: outFeatures })] : [];
      return [linear, ...norm, new ActivationLayer(relu)];
    }),
  );
}

/** One batch a step, in a new order at each pass. */
function batchesOf(data: Batch, steps: number, generator: Generator): Batch[] {
  const source = batches({ ...data }, { batchSize, shuffle: true, dropLast: true, generator });
  const taken: Batch[] = [];
  while (taken.length < steps) for (const batch of source) if (taken.length < steps) taken.push(batch);
  return taken;
}

const percent = (output: Tensor, targets: Tensor): number => 100 * accuracy(output, targets);
function explained(output: Tensor, targets: Tensor): number {
  const tally = r2Score().start();
  tally.add(output, targets);
  return 100 * Math.max(0, tally.value());
}

/** The tasks as this seed draws them: architecture, learning rate, data. */
export function tasksOf(seed: string): Task[] {
  return families().map((family): Task => {
    const generator = new Generator(seed).fork(family.name);
    const { name, problem, inputs, outputs, examples, steps } = family;
    const oneOf = (values: readonly number[]): number => values[generator.integer(values.length)];
    const [depth, width, learningRate] = [oneOf(family.depths), oneOf(family.widths), oneOf(family.rates)];
    const hidden = new Array<number>(depth).fill(width);
    const isRegression = outputs === 1;
    return {
      name,
      model: networkOf([inputs, ...hidden, outputs], family.normalized ?? false),
      loss: isRegression ? mseLoss : crossEntropy,
      optimizer: ({ model }) =>
        family.optimizer === "Adam"
          ? new Adam(model.parameters(), { learningRate })
          : new SGD(model.parameters(), { learningRate, momentum: 0.9 }),
      training: batchesOf(problem(generator.fork("training"), examples), steps, generator.fork("order")),
      heldOut: [problem(generator.fork("held out"), 500)],
      test: problem(generator.fork("test"), 2000),
      points: isRegression ? explained : percent,
    };
  });
}

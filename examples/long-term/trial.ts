import { Generator, NonFiniteError } from "@isograd/autograd";
import { evaluate, train } from "@isograd/nn";
import { Descent, type DescentSettings } from "./descent.ts";
import { lstmReader, plainReader } from "./network.ts";
import type { Problem, Sequences } from "./problem.ts";

export interface Trial {
  readonly problem: Problem;
  /** Of the sequences. */
  readonly length: number;
  readonly seed: number | string;
  readonly network: "plain" | "lstm";
  readonly descent: DescentSettings;
  /** The most that may be taken. */
  readonly steps: number;
  /** How many held-out sequences it is judged by: a thousand at a time. */
  readonly heldOut: number;
}

export interface Outcome {
  /** The share of held-out sequences that are answered wrong in the end. */
  readonly errorRate: number;
  /** How many steps were taken: to where the problem was solved, or the numbers became infinite, or all. */
  readonly steps: number;
  readonly stayedFinite: boolean;
  readonly clipped: number;
  readonly losses: readonly number[];
  readonly norms: readonly number[];
}

/** An error rate below this counts as solved. */
export const solvedBelow = 0.01;
/** Training ends where that on the validation sequences is: few enough of them that chance does not decide. */
const enough = solvedBelow / 2;

const batchSize = 20;
/** How many steps lie between two looks at the validation sequences. */
const lookEvery = 250;

/** Trains one network on sequences that are drawn anew for each step. */
export async function runTrial(trial: Trial, signal?: AbortSignal): Promise<Outcome> {
  const { problem, network } = trial;
  const generator = new Generator(trial.seed);
  const reader = (network === "lstm" ? lstmReader : plainReader)(problem, generator.fork("weights"));
  const descent = new Descent(reader, trial.descent);
  const errorsOn = async (sequences: readonly Sequences[]): Promise<number> => {
    const { errorRate } = await evaluate(reader, sequences, { errorRate: problem.errorRate }, { signal });
    return errorRate;
  };
  const validation = heldOutSequences({ ...trial, heldOut: 1000 }, generator.fork("validation"));
  const losses: number[] = [];
  let stayedFinite = true;
  try {
    const data = freshBatches(trial, generator.fork("training"));
    const options = {
      model: reader,
      loss: problem.loss,
      optimizer: descent,
      data,
      signal,
      checkFinite: false,
    };
    for await (const { step, loss } of train(options)) {
      losses.push(loss);
      if ((step + 1) % lookEvery === 0 && (await errorsOn(validation)) < enough) break;
    }
  } catch (error) {
    if (!(error instanceof NonFiniteError)) throw error;
    stayedFinite = false;
  }
  const test = heldOutSequences(trial, generator.fork("test"));
  const { norms, clipped } = descent;
  return { errorRate: await errorsOn(test), steps: losses.length, stayedFinite, clipped, losses, norms };
}

function* freshBatches({ problem, length, steps }: Trial, generator: Generator): Iterable<Sequences> {
  for (let step = 0; step < steps; step++) yield problem.draw(generator, length, batchSize);
}

/** Sequences that nobody has seen. */
function heldOutSequences({ problem, length, heldOut }: Trial, generator: Generator): Sequences[] {
  const counts = Array.from({ length: Math.ceil(heldOut / 1000) }, (_, k) =>
    Math.min(1000, heldOut - 1000 * k),
  );
  return counts.map((count) => problem.draw(generator, length, count));
}

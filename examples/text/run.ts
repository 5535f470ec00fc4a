import { Generator } from "@isograd/autograd";
import type { CheckpointStore } from "@isograd/nn";
import { type Book, cutBook, readMobyDick } from "./book.ts";
import { CountingModel } from "./counting.ts";
import type { Learner } from "./learner.ts";
import { lstmLearner } from "./lstm-learner.ts";
import { type Plan, quickPlan, wholePlan } from "./plan.ts";
import { trainLearner } from "./train.ts";
import { transformerLearner } from "./transformer-learner.ts";
import { write } from "./write.ts";

export interface Options {
  readonly seed: number;
  readonly quick: boolean;
  /** Which are trained, in this order. */
  readonly models: readonly ("lstm" | "transformer")[];
  readonly print: (line: string) => void;
  readonly signal?: AbortSignal;
  /** Where checkpoints of a model are kept. */
  readonly checkpointsOf?: (name: string) => CheckpointStore;
}

const makers = {
  lstm: (book: Book, plan: Plan, generator: Generator) => lstmLearner(book, plan.lstm, generator),
  transformer: (book: Book, plan: Plan, generator: Generator) =>
    transformerLearner(book, plan.transformer, generator),
};

/** How many characters of the validation part are read after each epoch. */
const glance = 10_000;

/** Trains on nine tenths of a book and says how well the last twentieth is predicted, in nats a character. @returns that, by name */
export async function run(options: Options): Promise<Record<string, number>> {
  const { seed, quick, models, print } = options;
  const plan = quick ? quickPlan : wholePlan;
  const book = cutBook(readMobyDick().slice(0, plan.characters));
  const { alphabet, training, validation, test } = book;
  print(
    `Moby-Dick: ${training.length} characters to learn from, ${validation.length} to choose by, ${test.length} for the test; ${alphabet.size} different ones`,
  );
  const found = new Map([["counting", counted(book, print)]]);
  for (const kind of models) {
    const learner = makers[kind](book, plan, new Generator(seed).fork(kind));
    await learn(learner, book, options);
    const nats = await learner.nats(test, options.signal);
    found.set(learner.name, nats);
    print(`${learner.name}: ${nats.toFixed(3)} nats a character on the test part`);
    print(sample(learner, book, seed));
  }
  return Object.fromEntries(found);
}

/** The contexts that are best on the validation part, measured on the test part. */
function counted({ alphabet, training, validation, test }: Book, print: (line: string) => void): number {
  const model = new CountingModel(training, alphabet.size, 6);
  const chosen = model.nats(validation);
  const best = chosen.indexOf(Math.min(...chosen));
  const nats = model.nats(test);
  print(
    `counting: ${nats[best].toFixed(3)} nats a character on the test part by the last ${best} characters; ${nats[0].toFixed(3)} by none, ${Math.log(alphabet.size).toFixed(3)} by chance`,
  );
  return nats[best];
}

async function learn(learner: Learner, { validation }: Book, options: Options): Promise<void> {
  const { print, signal, checkpointsOf } = options;
  const { name, model, data, pace } = learner;
  const parameters = model.parameters().reduce((sum, { size }) => sum + size, 0);
  print(`${name}: ${parameters} parameters, ${pace.epochs} epochs of ${data.length} steps`);
  const began = performance.now();
  const clipping = await trainLearner(learner, {
    signal,
    checkpoints: checkpointsOf?.(name),
    onEpoch: async ({ epoch, loss }) => {
      const nats = await learner.nats(validation.subarray(0, glance), signal);
      const minutes = (performance.now() - began) / 60_000;
      print(
        `  epoch ${epoch + 1}: ${loss.toFixed(3)} in training, ${nats.toFixed(3)} on ${glance} held-out characters, ${minutes.toFixed(1)} min`,
      );
    },
  });
  const share = ((100 * clipping.clipped) / clipping.steps).toFixed(1);
  print(
    `  clipped in ${share} % of ${clipping.steps} steps, longest gradient ${clipping.largest.toFixed(2)}`,
  );
}

function sample(learner: Learner, { alphabet }: Book, seed: number): string {
  const prompt = "The whale ";
  const written = write(learner.voice(), {
    prompt: alphabet.encode(prompt),
    length: 300,
    temperature: 0.7,
    generator: new Generator(seed).fork("sample"),
  });
  return `  | ${prompt}${alphabet.decode(written)}`.replaceAll("\n", "\n  | ");
}

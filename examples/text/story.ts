import { existsSync, rmSync } from "node:fs";
import { join } from "node:path";
import { Generator } from "@isograd/autograd";
import { checkpointFile } from "@isograd/nn/node";
import { type Book, cutBook } from "./book.ts";
import { CountingModel } from "./counting.ts";
import type { Learner } from "./learner.ts";
import { lstmLearner } from "./lstm-learner.ts";
import type { Plan } from "./plan.ts";
import { trainLearner } from "./train.ts";
import { transformerLearner } from "./transformer-learner.ts";
import { write } from "./write.ts";

const learners = {
  lstm: (book: Book, plan: Plan, generator: Generator) => lstmLearner(book, plan.lstm, generator),
  transformer: (book: Book, plan: Plan, generator: Generator) =>
    transformerLearner(book, plan.transformer, generator),
};
export type Kind = keyof typeof learners;
export const kinds = Object.keys(learners) as readonly Kind[];

export interface Telling {
  readonly plan: Plan;
  readonly seed: string;
  /** Which models are trained. */
  readonly kinds: readonly Kind[];
  /** Whether the part to choose by is predicted in the end, and the test part stays unseen. */
  readonly validate: boolean;
  /** The folder where an interrupted run goes on. */
  readonly checkpoints: string;
  readonly print: (line: string) => void;
  readonly signal?: AbortSignal;
}

/** Trains on nine tenths of a text, and says how well the end of it is predicted. @returns nats a character, by model */
export async function tell(text: string, telling: Telling): Promise<Record<string, number>> {
  const { plan, seed, validate, print, signal } = telling;
  const book = cutBook(text.slice(0, plan.characters));
  const { alphabet, training, validation, test } = book;
  const held = validate ? validation : test;
  const found: Record<string, number> = {};
  const fileOf = (kind: Kind): string =>
    join(telling.checkpoints, `isograd-${kind}-${seed}-${plan[kind].epochs}-${training.length}.safetensors`);
  print(
    `${training.length} characters to learn from, ${validation.length} to choose by, ${test.length} for the test; ${alphabet.size} different ones`,
  );
  print(counting(book, held));
  for (const kind of telling.kinds) {
    const learner = learners[kind](book, plan, new Generator(seed).fork(kind));
    print("");
    await learn(learner, book, fileOf(kind), telling);
    found[kind] = await learner.nats(held, signal);
    print(`${learner.name}: ${found[kind].toFixed(3)} nats a character on ${held.length} unseen ones`);
    print(sample(learner, book, telling));
  }
  for (const kind of telling.kinds) rmSync(fileOf(kind), { force: true }); // the next run begins anew
  return found;
}

/** What counting says of the text that is held out, by contexts of the length that is best on the validation part. */
function counting({ alphabet, training, validation }: Book, held: Int32Array): string {
  const model = new CountingModel(training, alphabet.size, 6);
  const chosen = model.nats(validation);
  const best = chosen.indexOf(Math.min(...chosen));
  const nats = model.nats(held);
  return (
    `counting: ${nats[best].toFixed(3)} nats a character on ${held.length} unseen ones by the ${best} before; ` +
    `${nats[0].toFixed(3)} by none, ${Math.log(alphabet.size).toFixed(3)} by chance`
  );
}

/** How many characters of the validation part are read after each epoch. */
const glance = 10_000;

async function learn(
  learner: Learner,
  { validation }: Book,
  file: string,
  { print, signal }: Telling,
): Promise<void> {
  const { name, model, data, pace } = learner;
  const parameters = model.parameters().reduce((sum, { size }) => sum + size, 0);
  print(`${name}: ${parameters} parameters, ${pace.epochs} epochs of ${data.length} steps`);
  if (existsSync(file)) print(`  goes on from ${file}`);
  const began = performance.now();
  const clipping = await trainLearner(learner, {
    signal,
    checkpoints: checkpointFile(file, { everySeconds: 20 }),
    onEpoch: async ({ epoch, loss }) => {
      const nats = await learner.nats(validation.subarray(0, glance));
      const minutes = (performance.now() - began) / 60_000;
      print(
        `  epoch ${epoch + 1}: ${loss.toFixed(3)} in training, ${nats.toFixed(3)} in validation, ${minutes.toFixed(1)} min`,
      );
    },
  });
  const share = ((100 * clipping.clipped) / clipping.steps).toFixed(1);
  print(
    `  gradients shortened in ${share} % of ${clipping.steps} steps; the longest was ${clipping.largest.toFixed(2)}`,
  );
}

function sample(learner: Learner, { alphabet }: Book, { plan, seed }: Telling): string {
  const prompt = "The whale ";
  const written = write(learner.voice(), {
    prompt: alphabet.encode(prompt),
    length: plan.written,
    temperature: 0.7,
    generator: new Generator(seed).fork("sample"),
  });
  return `  | ${prompt}${alphabet.decode(written)}`.replaceAll("\n", "\n  | ");
}

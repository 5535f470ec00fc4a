import { existsSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { Generator } from "@isograd/autograd";
import { checkpointFile } from "@isograd/nn/node";
import { type Book, cutBook, readMobyDick } from "./book.ts";
import { CountingModel } from "./counting.ts";
import type { Learner } from "./learner.ts";
import { lstmLearner } from "./lstm-learner.ts";
import { type Plan, quickPlan, wholePlan } from "./plan.ts";
import { trainLearner } from "./train.ts";
import { transformerLearner } from "./transformer-learner.ts";
import { write } from "./write.ts";

type Print = (line: string) => void;

/** Which models there are. */
const learners = {
  lstm: (book: Book, plan: Plan, generator: Generator) => lstmLearner(book, plan.lstm, generator),
  transformer: (book: Book, plan: Plan, generator: Generator) =>
    transformerLearner(book, plan.transformer, generator),
};
type Kind = keyof typeof learners;

/**
 * Trains on nine tenths of "Moby-Dick", and says how well the last twentieth is predicted, in nats a character.
 *
 * @param args `--model lstm` or `--model transformer`, default both; `--seed N`; `--quick`: a piece of the book and small models;
 *   `--validate`: look at the held-out part to choose by instead of the test; `--checkpoints FOLDER`: where an interrupted run goes on
 */
export async function run(args: readonly string[], print: Print, signal?: AbortSignal): Promise<void> {
  const { values } = parseArgs({
    args: [...args],
    options: {
      model: { type: "string" },
      seed: { type: "string", default: "7" },
      quick: { type: "boolean", default: false },
      validate: { type: "boolean", default: false },
      checkpoints: { type: "string", default: tmpdir() },
    },
  });
  const plan = values.quick ? quickPlan : wholePlan;
  const book = cutBook(readMobyDick().slice(0, plan.characters));
  const held = values.validate ? book.validation : book.test;
  const { alphabet, training, validation, test } = book;
  print(
    `Moby-Dick: ${training.length} characters to learn from, ${validation.length} to choose by, ${test.length} for the test; ${alphabet.size} different ones`,
  );
  print(counting(book, held));
  for (const kind of kindsOf(values.model)) {
    const learner = learners[kind](book, plan, new Generator(values.seed).fork(kind));
    const file = join(values.checkpoints, `isograd-${kind}-${values.seed}-${training.length}.safetensors`);
    print("");
    await learn(learner, book, { file, print, signal });
    const nats = await learner.nats(held, signal);
    print(`${learner.name}: ${nats.toFixed(3)} nats a character on ${held.length} unseen ones`);
    print(sample(learner, book, values.seed));
    rmSync(file, { force: true }); // the next run begins anew
  }
}

function kindsOf(name: string | undefined): Kind[] {
  const kinds = Object.keys(learners) as Kind[];
  const chosen = kinds.filter((kind) => (name ?? kind) === kind);
  if (chosen.length === 0) throw new RangeError(`--model: expected one of ${kinds}, got ${name}`);
  return chosen;
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

interface Learning {
  readonly file: string;
  readonly print: Print;
  readonly signal?: AbortSignal;
}

/** How many characters of the validation part are read after each epoch. */
const glance = 10_000;

async function learn(
  learner: Learner,
  { validation }: Book,
  { file, print, signal }: Learning,
): Promise<void> {
  const { name, model, data, pace } = learner;
  const parameters = model.parameters().reduce((sum, { size }) => sum + size, 0);
  print(`${name}: ${parameters} parameters, ${pace.epochs} epochs of ${data.length} steps`);
  if (existsSync(file)) print(`  goes on from ${file}`);
  const began = performance.now();
  const clipping = await trainLearner(learner, {
    signal,
    checkpoints: checkpointFile(file, { everySeconds: 10 }),
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

function sample(learner: Learner, { alphabet }: Book, seed: string): string {
  const prompt = "The whale ";
  const written = write(learner.voice(), {
    prompt: alphabet.encode(prompt),
    length: 400,
    temperature: 0.7,
    generator: new Generator(seed).fork("sample"),
  });
  return `  | ${prompt}${alphabet.decode(written)}`.replaceAll("\n", "\n  | ");
}

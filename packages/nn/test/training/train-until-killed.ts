import { createHash } from "node:crypto";
import { writeSync } from "node:fs";
import { Generator, randn, tanh } from "@isograd/autograd";
import { Adam, batches, Dropout, fit, Linear, mseLoss, Sequential, setSeed } from "@isograd/nn";
import { checkpointFile } from "@isograd/nn/node";

/** After how many steps there is a checkpoint. */
export const everySteps = 3;

/** A run that shuffles and drops; `file` null: without checkpoints. @returns a hash of the weights in the end */
export async function longRun(file: string | null, onStep: (step: number) => void): Promise<string> {
  setSeed(5);
  const inputs = randn(new Generator(1), [90, 8]);
  const model = new Sequential([
    new Linear({ inFeatures: 8, outFeatures: 32 }),
    tanh,
    new Dropout({ probability: 0.2 }),
    new Linear({ inFeatures: 32, outFeatures: 1 }),
  ]);
  await fit({
    model,
    loss: mseLoss,
    optimizer: new Adam(model.parameters(), { learningRate: 0.01 }),
    data: batches({ inputs, targets: randn(new Generator(2), [90, 1]) }, { batchSize: 9, shuffle: true }),
    epochs: 20,
    onStep: ({ step }) => onStep(step + 1),
    checkpoints: file === null ? undefined : checkpointFile(file, { everySteps, keep: 2 }),
  });
  const hash = createHash("sha256");
  for (const parameter of model.parameters()) hash.update(parameter.values());
  return hash.digest("hex");
}

// As a program of its own: each step and the end are written at once, whatever happens next.
if (process.argv[2] === "run") {
  const say = (text: string | number): unknown => writeSync(1, `${text}\n`);
  longRun(process.argv[3], say).then((weights) => say(`done ${weights}`));
}

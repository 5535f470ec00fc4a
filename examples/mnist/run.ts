import { existsSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { checkpointFile } from "@isograd/nn/node";
import { readMnist } from "../demo/data/mnist.ts";
import { quickPlan, wholePlan } from "./plan.ts";
import { type DigitEpoch, testDigits, trainDigits } from "./train.ts";

/**
 * Trains on MNIST and says how many of the test images are read right.
 *
 * @param args `--seed N`; `--quick`: fewer images; `--validate`: look at held-out training images instead of the test images; `--data FOLDER`
 *   with MNIST's files; `--checkpoint FILE`: where an interrupted run goes on, in the temporary folder by default
 */
export async function run(
  args: readonly string[],
  print: (line: string) => void,
  signal?: AbortSignal,
): Promise<void> {
  const { values } = parseArgs({
    args: [...args],
    options: {
      seed: { type: "string", default: "7" },
      quick: { type: "boolean", default: false },
      validate: { type: "boolean", default: false },
      data: { type: "string" },
      checkpoint: { type: "string" },
    },
  });
  const mnist = readMnist(values.data ?? null);
  const wanted = values.quick ? quickPlan : wholePlan;
  const images = Math.min(wanted.images, mnist.training.count);
  const plan = { ...wanted, images, heldOut: values.validate ? Math.floor(images / 12) : 0 };
  const name = ["isograd-mnist", values.seed, images, plan.heldOut].join("-");
  const file = values.checkpoint ?? join(tmpdir(), `${name}.safetensors`);

  print(`MNIST: ${images - plan.heldOut} training images, ${plan.epochs} epochs, seed ${values.seed}`);
  if (existsSync(file)) print(`goes on from ${file}`);
  const model = await trainDigits(mnist, {
    plan,
    seed: values.seed,
    checkpoints: checkpointFile(file, { everySeconds: 10 }),
    signal,
    onEpoch: (epoch) => print(describe(epoch)),
  });
  if (!values.validate) {
    const { accuracy, crossEntropy } = await testDigits(model, mnist, signal);
    const { count } = mnist.test;
    const error = percent(Math.sqrt((accuracy * (1 - accuracy)) / count));
    print(
      `test: ${percent(accuracy)} ± ${error} of ${count} images right, cross-entropy ${crossEntropy.toFixed(4)}; ${elapsed()}`,
    );
  }
  rmSync(file, { force: true }); // the next run begins anew
}

function describe({ epoch, loss, metrics: { accuracy } }: DigitEpoch): string {
  const heldOut = accuracy === undefined ? "" : `, ${percent(accuracy)} of the held-out images right`;
  return `epoch ${epoch + 1}: loss ${loss.toFixed(4)}${heldOut}; ${elapsed()}`;
}

const percent = (share: number): string => `${(100 * share).toFixed(2)} %`;

/** Since the program began. */
const elapsed = (): string => `${(performance.now() / 1000).toFixed(1)} s`;

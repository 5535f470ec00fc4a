import { existsSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { checkpointFile } from "@isograd/nn/node";
import { readMnist } from "../demo/data/mnist.ts";
import { quickPlan, wholePlan } from "./plan.ts";
import { testDigits, trainDigits } from "./train.ts";

/**
 * Trains on MNIST and says how many of the test images are read right.
 *
 * @param args `--seed N`; `--quick`: fewer images; `--validate`: look at held-out training images instead of the test images;
 *   `--data FOLDER` with MNIST's files; `--checkpoint FILE`: where an interrupted run goes on
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
  const plan = planOf(values);
  const mnist = readMnist(values.data ?? null);
  const name = ["isograd-mnist", values.seed, plan.images, plan.heldOut].join("-");
  const file = values.checkpoint ?? join(tmpdir(), `${name}.safetensors`);
  print(
    `MNIST: ${plan.images - plan.heldOut} images to learn from, ${plan.epochs} epochs, seed ${values.seed}`,
  );
  if (existsSync(file)) print(`goes on from ${file}`);

  const model = await trainDigits(mnist, {
    plan,
    seed: values.seed,
    checkpoints: checkpointFile(file, { everySeconds: 10 }),
    signal,
    onEpoch: ({ epoch, loss, metrics: { accuracy } }) =>
      print(
        `epoch ${epoch + 1}: loss ${loss.toFixed(4)}` +
          (accuracy === undefined ? "" : `, ${percent(accuracy)} of the held-out images right`) +
          `, ${seconds()}`,
      ),
  });
  if (!values.validate) {
    const { accuracy, crossEntropy } = await testDigits(model, mnist, signal);
    const { count } = mnist.test;
    const error = Math.sqrt((accuracy * (1 - accuracy)) / count);
    print(
      `test: ${percent(accuracy)} ± ${percent(error)} of ${count} images right, cross-entropy ${crossEntropy.toFixed(4)}, ${seconds()} in all`,
    );
  }
  rmSync(file, { force: true }); // the next run begins anew
}

const planOf = ({ quick, validate }: { quick: boolean; validate: boolean }) => {
  const plan = quick ? quickPlan : wholePlan;
  return validate ? { ...plan, heldOut: plan.images / 12 } : plan;
};
const percent = (share: number): string => `${(100 * share).toFixed(2)} %`;
/** Since the program began. */
const seconds = (): string => `${(performance.now() / 1000).toFixed(0)} s`;

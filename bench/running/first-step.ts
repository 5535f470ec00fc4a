import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import { type Summary, summarize } from "./statistics.ts";

const repeats = 15;

/** A training step of an MLP 784-256-128-10 on 64 examples. */
const program = `
import { backward, Generator, rand, relu, tensor } from "@isograd/autograd";
import { crossEntropy, Linear, SGD, Sequential } from "@isograd/nn";

const layer = (inFeatures, outFeatures) => new Linear({ inFeatures, outFeatures });
const model = new Sequential([layer(784, 256), relu, layer(256, 128), relu, layer(128, 10)]);
const optimizer = new SGD(model.parameters(), { learningRate: 0.1 });
const inputs = rand(new Generator(1), [64, 784]);
const labels = tensor(Int32Array.from({ length: 64 }, (_, k) => k % 10));

export function step() {
  optimizer.zeroGrad();
  const loss = crossEntropy(model.call(inputs), labels);
  backward(loss);
  optimizer.step();
  return loss.item();
}`;

/** Takes one step in fresh processes, which have imported what they need and made model and data; milliseconds. */
export async function firstStepTime(): Promise<Summary> {
  const folder = mkdtempSync(join(tmpdir(), "isograd-first-step-"));
  const file = join(folder, "program.mjs");
  const packages = fileURLToPath(new URL("../../packages", import.meta.url));
  try {
    await build({
      stdin: { contents: program, resolveDir: packages },
      alias: Object.fromEntries(
        ["autograd", "nn"].map((name) => [`@isograd/${name}`, join(packages, name, "src/index.ts")]),
      ),
      outfile: file,
      bundle: true,
      platform: "node",
      format: "esm",
      target: "es2022",
    });
    const timed = `const { step } = await import(${JSON.stringify(file)}); const start = performance.now(); step(); console.log(performance.now() - start);`;
    const times = Array.from({ length: repeats }, () =>
      Number(execFileSync(process.execPath, ["--input-type=module", "--eval", timed], { encoding: "utf8" })),
    );
    return summarize(times);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

import { writeFileSync } from "node:fs";
import {
  backward,
  Generator,
  observe,
  randn,
  relu,
  select,
  type Tensor,
  tanh,
  tensor,
} from "@isograd/autograd";
import { type Watcher, watch } from "@isograd/diagnostics";
import {
  ActivationLayer,
  Adam,
  Conv2d,
  crossEntropy,
  Flatten,
  Linear,
  LSTM,
  MaxPool2d,
  Sequential,
  SGD,
} from "@isograd/nn";
import type { Target } from "../zoo/report/circumstances.ts";

// Prints what watching every step of training costs, and what a watcher with a budget takes: watched and unwatched blocks of steps take turns
// on one model, and each watched block is compared with its unwatched neighbour. Medians, with 95 % confidence intervals. Without arguments it writes
// docs/overhead.json.
//   pnpm watch:bench [seconds a row] [part of a name]

const isWhole = process.argv.length === 2;
const [seconds = "30", part = ""] = process.argv.slice(2);

interface Workload {
  readonly name: string;
  /** Units or channels a layer. */
  readonly width: number;
  readonly make: () => () => void;
}

const labels = (generator: Generator, count: number): Tensor =>
  tensor(Int32Array.from({ length: count }, () => generator.integer(10)));

function mlp(width: number, examples: number, depth = 4): () => void {
  const generator = new Generator("bench");
  const layers = Array.from({ length: depth }, (_, k) => [
    new Linear({ inFeatures: k === 0 ? 64 : width, outFeatures: width, generator }),
    new ActivationLayer(k % 2 === 0 ? relu : tanh),
  ]).flat();
  const model = new Sequential([...layers, new Linear({ inFeatures: width, outFeatures: 10, generator })]);
  const [inputs, targets] = [randn(generator, [examples, 64]), labels(generator, examples)];
  const optimizer = new SGD(model.parameters(), { learningRate: 1e-3 });
  return () => {
    optimizer.zeroGrad();
    backward(crossEntropy(model.call(inputs), targets));
    optimizer.step();
  };
}

function cnn(): () => void {
  const generator = new Generator("bench");
  const conv = (inChannels: number, outChannels: number) =>
    new Conv2d({ inChannels, outChannels, kernelSize: 3, padding: 1, generator });
  const model = new Sequential([
    conv(1, 64),
    new ActivationLayer(relu),
    new MaxPool2d({ kernelSize: 2 }),
    conv(64, 64),
    new ActivationLayer(relu),
    new MaxPool2d({ kernelSize: 2 }),
    new Flatten(),
    new Linear({ inFeatures: 64 * 16, outFeatures: 10, generator }),
  ]);
  const [inputs, targets] = [randn(generator, [32, 1, 16, 16]), labels(generator, 32)];
  const optimizer = new Adam(model.parameters(), { learningRate: 1e-3 });
  return () => {
    optimizer.zeroGrad();
    backward(crossEntropy(model.call(inputs), targets));
    optimizer.step();
  };
}

function lstm(): () => void {
  const generator = new Generator("bench");
  const layer = new LSTM({ inputSize: 16, hiddenSize: 64, generator });
  const head = new Linear({ inFeatures: 64, outFeatures: 10, generator });
  const [inputs, targets] = [randn(generator, [12, 32, 16]), labels(generator, 32)];
  const optimizer = new SGD([...layer.parameters(), ...head.parameters()], { learningRate: 1e-3 });
  return () => {
    optimizer.zeroGrad();
    const { output } = layer.call(inputs);
    backward(crossEntropy(head.call(select(output, 0, 11)), targets));
    optimizer.step();
  };
}

const workloads: readonly Workload[] = [
  { name: "MLP 64 wide, 32 examples", width: 64, make: () => mlp(64, 32) },
  { name: "MLP 64 wide, 128 examples", width: 64, make: () => mlp(64, 128) },
  { name: "MLP 256 wide, 64 examples", width: 256, make: () => mlp(256, 64) },
  { name: "CNN 64 channels, 32 images", width: 64, make: cnn },
  { name: "LSTM 64 wide, 12 steps", width: 64, make: lstm },
  { name: "MLP 16 wide, 32 examples", width: 16, make: () => mlp(16, 32) },
];

/** Steps of a block, and blocks from one look at the layers to the next. */
const [blockSteps, blocksToLook] = [10, 10];
const unitsEvery = blockSteps * blocksToLook;

/** The part of the time that only warms up. */
const warmUp = 0.25;

/** In milliseconds of the processor, which others that use it disturb less than the clock. */
function timeOf(step: () => void): number {
  const began = process.cpuUsage();
  for (let k = 0; k < blockSteps; k++) step();
  const { user, system } = process.cpuUsage(began);
  return (user + system) / 1000;
}

/** Alternates blocks until the time is up; those of the warm-up are left out. */
function alternate(run: (block: number) => void, milliseconds: number): void {
  const began = performance.now();
  for (let block = 0; performance.now() < began + milliseconds || block % blocksToLook !== 0; block++)
    run(block);
}

const quantile = (values: readonly number[], share: number): number =>
  values.toSorted((a, b) => a - b)[Math.floor(share * (values.length - 1))];
const median = (values: readonly number[]): number => quantile(values, 0.5);

/** A share of the time, and in words with where 95 % of those lie that are drawn from the samples anew. */
interface Estimate {
  readonly share: number;
  readonly text: string;
}

function interval(
  samples: readonly (readonly number[])[],
  estimate: (samples: readonly (readonly number[])[]) => number,
): Estimate {
  if (samples[0].length === 0) return { share: Number.NaN, text: "too few steps" };
  const generator = new Generator("interval");
  const again = Array.from({ length: 500 }, () =>
    estimate(samples.map((sample) => sample.map(() => sample[generator.integer(sample.length)]))),
  );
  const percent = (ratio: number): string => ((ratio - 1) * 100).toFixed(1);
  const whole = estimate(samples);
  return {
    share: whole - 1,
    text: `${percent(whole)} % (${percent(quantile(again, 0.025))} to ${percent(quantile(again, 0.975))})`,
  };
}

/** Times blocks with and without a watcher in turn, and hands out the ratio of each pair. */
function compare(step: () => void, watcher: Watcher, milliseconds: number) {
  const pairs: { readonly alone: number; readonly watched: number; readonly looked: boolean }[] = [];
  let warm = 0;
  const began = performance.now();
  alternate((block) => {
    const times = { alone: 0, watched: 0 };
    // Which comes first takes turns as well.
    for (const which of block % 2 === 0 ? (["alone", "watched"] as const) : (["watched", "alone"] as const)) {
      const handle = which === "watched" ? observe(watcher) : null;
      times[which] = timeOf(step);
      handle?.remove();
    }
    const looked = watcher.history.slice(-blockSteps).some(({ totalFactor }) => !Number.isNaN(totalFactor));
    pairs.push({ ...times, looked });
    if (performance.now() < began + warmUp * milliseconds) warm = pairs.length;
  }, milliseconds);
  return pairs.slice(warm);
}

/** The first step is the dearest and comes once: it is timed apart, in milliseconds. */
function begin(
  step: () => void,
  budget: number | undefined,
): { readonly watcher: Watcher; readonly first: number } {
  const began = performance.now();
  const watcher = watch({ unitsEvery, budget });
  step();
  watcher.stop();
  return { watcher, first: performance.now() - began };
}

const row = (cells: readonly string[]): string =>
  cells.map((cell, k) => (k === 0 ? cell.padEnd(28) : cell.padStart(24))).join("");
console.log(row(["", "a step", "every step", "with a budget of 5 %", "first step"]));

const wide: { readonly name: string; readonly everyStep: Estimate }[] = [];
for (const { name, width, make } of workloads.filter((each) => each.name.includes(part))) {
  const step = make();
  step();
  const { watcher, first } = begin(step, undefined);
  const pairs = compare(step, watcher, (1000 * Number(seconds)) / 2);
  const ratios = (looked: boolean): number[] =>
    pairs.flatMap((pair) => (pair.looked === looked ? [pair.watched / pair.alone] : []));
  const everyStep = interval([ratios(false), ratios(true)], ([plain, looks]) => {
    return median(plain) + (looks.length === 0 ? 0 : (median(looks) - median(plain)) / blocksToLook);
  });
  // Its clock runs on while the other has its turn: it sees twice the time that it is watching. What it spends comes in bursts: means.
  const budgeted = compare(step, begin(step, 0.05 / 2).watcher, (1000 * Number(seconds)) / 2);
  const rounds = Array.from({ length: Math.floor(budgeted.length / blocksToLook) }, (_, k) => {
    const round = budgeted.slice(k * blocksToLook, (k + 1) * blocksToLook);
    const total = (key: "alone" | "watched"): number => round.reduce((sum, pair) => sum + pair[key], 0);
    return total("watched") / total("alone");
  });
  const alone = median(pairs.map((pair) => pair.alone)) / blockSteps;
  console.log(
    row([
      name,
      `${(1000 * alone).toFixed(0)} us`,
      everyStep.text,
      interval([rounds], ([values]) => median(values)).text,
      `${(first - alone).toFixed(0)} ms more`,
    ]),
  );
  if (width >= 64) wide.push({ name, everyStep });
}

if (isWhole) {
  const target: Target = {
    what: "time that watching every step takes, at width ≥ 64",
    asked: "≤ 5 %",
    published: "15 to 50 % (TensorFlow Debugger), 1 % and 8 % on small data (AutoTrainer)",
    measured: wide.map(({ name, everyStep }) => `${name}: ${everyStep.text}`).join("; "),
    isMet: wide.every(({ everyStep }) => everyStep.share <= 0.05),
  };
  writeFileSync("docs/overhead.json", `${JSON.stringify({ target }, null, 2)}\n`);
}

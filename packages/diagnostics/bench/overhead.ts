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
import { watch } from "@isograd/diagnostics";
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

// Prints what watching every step of training costs: watched and unwatched blocks of steps take turns on one model. The ratio of
// the lower quartiles.
//   pnpm watch:bench [blocks] [part of a name]

const [blocks = "40", part = ""] = process.argv.slice(2);

interface Workload {
  readonly name: string;
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
  { name: "MLP 64 wide, 32 examples", make: () => mlp(64, 32) },
  { name: "MLP 64 wide, 128 examples", make: () => mlp(64, 128) },
  { name: "MLP 256 wide, 64 examples", make: () => mlp(256, 64) },
  { name: "CNN 64 channels, 32 images", make: cnn },
  { name: "LSTM 64 wide, 12 steps", make: lstm },
];

/** A block has one look at the layers, whatever else is seen at each step. */
const unitsEvery = 100;

const quantile = (values: readonly number[], share: number): number =>
  values.toSorted((a, b) => a - b)[Math.floor(share * (values.length - 1))];
const percent = (ratio: number): string => `${((ratio - 1) * 100).toFixed(1)} %`;

/** In milliseconds of the processor, which others that use it disturb less than the clock. */
function timeOf(step: () => void): number {
  const began = process.cpuUsage();
  for (let k = 0; k < unitsEvery; k++) step();
  const { user, system } = process.cpuUsage(began);
  return (user + system) / 1000;
}

for (const { name, make } of workloads.filter((each) => each.name.includes(part))) {
  const step = make();
  // The first look is the dearest and comes once: it is timed apart.
  const began = performance.now();
  // Its clock runs on while the two others have their turns: it sees thrice the time that it is watching.
  const watchers = [watch({ unitsEvery }), watch({ unitsEvery, budget: 0.05 / 3 })];
  step();
  const first = (performance.now() - began) / watchers.length;
  for (const watcher of watchers) watcher.stop();
  const timed = [null, ...watchers].map((watcher) => () => {
    const handle = watcher === null ? null : observe(watcher);
    const time = timeOf(step);
    handle?.remove();
    return time;
  });
  const times: number[][] = timed.map(() => []);
  for (let k = 0; k < Number(blocks) + 3; k++) {
    // Which comes first takes turns as well; the first rounds only warm up.
    for (let j = 0; j < timed.length; j++) {
      const which = (k + j) % timed.length;
      const time = timed[which]();
      if (k >= 3) times[which].push(time);
    }
  }
  // What else runs on the machine only ever adds: the lower quartile is what the work takes.
  const [alone, everyStep, budgeted] = times;
  const more = (of: readonly number[], share: number): string =>
    percent(quantile(of, share) / quantile(alone, share));
  const row = [
    name.padEnd(28),
    `${((1000 * quantile(alone, 0.25)) / unitsEvery).toFixed(0).padStart(6)} us a step`,
    `every step ${more(everyStep, 0.25)} more (at the median ${more(everyStep, 0.5)})`,
    `budget of 5 % ${more(budgeted, 0.25)} (${more(budgeted, 0.5)})`,
    `first step ${first.toFixed(0)} ms`,
  ];
  process.stdout.write(`${row.join("   ")}\n`);
}

import { backward, Generator, randn, relu, type Tensor, tanh, tensor } from "@isograd/autograd";
import { watch } from "@isograd/diagnostics";
import { ActivationLayer, Adam, Conv2d, crossEntropy, Flatten, Linear, LSTM, MaxPool2d, SGD, Sequential } from "@isograd/nn";

// Prints what watching every step of training costs: watched and unwatched blocks of steps take turns on one model, and the time that the processor
// spent counts, not that of the clock. The median of the ratios, and the range of the middle half.
//   pnpm watch:bench [blocks] [part of a name]

const [blocks = "25", part = ""] = process.argv.slice(2);

interface Workload {
  readonly name: string;
  /** How many steps a block has. */
  readonly steps: number;
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
    conv(1, 64), new ActivationLayer(relu), new MaxPool2d({ kernelSize: 2 }),
    conv(64, 64), new ActivationLayer(relu), new MaxPool2d({ kernelSize: 2 }),
    new Flatten(), new Linear({ inFeatures: 64 * 16, outFeatures: 10, generator }),
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
    const { state } = layer.call(inputs);
    backward(crossEntropy(head.call((state as { hidden: Tensor }).hidden.reshape?.([32, 64]) ?? hiddenOf(state)), targets));
    optimizer.step();
  };
}

function hiddenOf(state: unknown): Tensor {
  const { hidden } = state as { hidden: Tensor };
  return hidden;
}

const workloads: readonly Workload[] = [
  { name: "MLP 64 wide, 32 examples", steps: 100, make: () => mlp(64, 32) },
  { name: "MLP 64 wide, 128 examples", steps: 60, make: () => mlp(64, 128) },
  { name: "MLP 256 wide, 64 examples", steps: 20, make: () => mlp(256, 64) },
  { name: "CNN 64 channels, 32 images", steps: 5, make: cnn },
];

const processorTime = (): number => {
  const { user, system } = process.cpuUsage();
  return user + system;
};

function timeOf(step: () => void, steps: number): number {
  const began = processorTime();
  for (let k = 0; k < steps; k++) step();
  return processorTime() - began;
}

const quantile = (sorted: readonly number[], share: number): number => sorted[Math.floor(share * (sorted.length - 1))];
const percent = (ratio: number): string => `${((ratio - 1) * 100).toFixed(1)} %`;

for (const { name, steps, make } of workloads.filter((each) => each.name.includes(part))) {
  const step = make();
  const watched = (budget?: number): number => {
    using _watcher = watch(budget === undefined ? {} : ({ budget } as object));
    step(); // the first look is the dearest, and is no step of every day
    return timeOf(step, steps);
  };
  for (let k = 0; k < 3; k++) { timeOf(step, steps); watched(); }
  const ratios = Array.from({ length: Number(blocks) }, (_, k) => {
    // Which comes first takes turns as well.
    if (k % 2 === 0) {
      const alone = timeOf(step, steps);
      return watched() / alone;
    }
    const seen = watched();
    return seen / timeOf(step, steps);
  }).sort((a, b) => a - b);
  const perStep = timeOf(step, steps) / steps;
  process.stdout.write(
    `${name.padEnd(30)} ${perStep.toFixed(0).padStart(7)} us a step   watched ${percent(quantile(ratios, 0.5))} (${percent(quantile(ratios, 0.25))} to ${percent(quantile(ratios, 0.75))})\n`,
  );
}

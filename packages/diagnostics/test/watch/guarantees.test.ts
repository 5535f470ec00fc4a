import {
  backward,
  Generator,
  indexSelect,
  mul,
  relu,
  reshape,
  select,
  type Tensor,
  tanh,
  tensor,
} from "@isograd/autograd";
import { type Watcher, type WatchOptions, watch } from "@isograd/diagnostics";
import {
  ActivationLayer,
  Adam,
  BatchNorm2d,
  Conv2d,
  crossEntropy,
  Dropout,
  Flatten,
  Linear,
  LSTM,
  type Optimizer,
  RMSprop,
  Sequential,
  SGD,
} from "@isograd/nn";
import { describe, expect, it } from "vitest";
import { classes } from "../networks/data.ts";
import { type Plain, plain, weightsOf } from "../networks/plain.ts";

const rows = classes({ seed: "rows" });

interface Learner {
  readonly parameters: Tensor[];
  readonly buffers: Tensor[];
  readonly lossOf: () => Tensor;
}

const drop = (): Dropout => new Dropout({ generator: new Generator("drop") });

const learners: Record<string, () => Learner> = {
  "an MLP with dropout": () => {
    const model = plain({ width: 12, depth: 4, activation: relu, weights: 2, seed: 1, behind: drop });
    return {
      parameters: model.parameters(),
      buffers: [],
      lossOf: () => crossEntropy(model.call(rows.inputs), rows.targets),
    };
  },
  "a CNN with batch norm and dropout": () => {
    const generator = new Generator("cnn");
    const { inputs, targets } = classes({ seed: "images", inputs: [1, 6, 6], examples: 8 });
    const model = new Sequential([
      new Conv2d({ inChannels: 1, outChannels: 4, kernelSize: 3, padding: 1, generator }),
      new BatchNorm2d({ numFeatures: 4 }),
      new ActivationLayer(relu),
      new Conv2d({ inChannels: 4, outChannels: 4, kernelSize: 3, generator }),
      new ActivationLayer(tanh),
      drop(),
      new Flatten(),
      new Linear({ inFeatures: 64, outFeatures: 4, generator }),
    ]);
    return {
      parameters: model.parameters(),
      buffers: [...model.namedBuffers()].map(({ tensor: buffer }) => buffer),
      lossOf: () => crossEntropy(model.call(inputs), targets),
    };
  },
  "an LSTM": () => {
    const generator = new Generator("lstm");
    const lstm = new LSTM({ inputSize: 5, hiddenSize: 6, generator });
    const head = new Linear({ inFeatures: 6, outFeatures: 4, generator });
    const { inputs, targets } = classes({ seed: "sequences", inputs: [5], examples: 24 });
    const first = indexSelect(targets, 0, tensor(Int32Array.of(0, 1, 2, 3)));
    return {
      parameters: [...lstm.parameters(), ...head.parameters()],
      buffers: [],
      // Six steps of four sequences.
      lossOf: () =>
        crossEntropy(head.call(select(lstm.call(reshape(inputs, [6, 4, 5])).output, 0, 5)), first),
    };
  },
};

const optimizers: Record<string, (parameters: Tensor[]) => Optimizer> = {
  "SGD with momentum": (parameters) => new SGD(parameters, { learningRate: 0.1, momentum: 0.9 }),
  Adam: (parameters) => new Adam(parameters, { learningRate: 0.01 }),
  RMSprop: (parameters) => new RMSprop(parameters, { learningRate: 0.01 }),
};

describe.each(Object.entries(learners))("training %s is the same to the bit", (_, make) => {
  it.each(Object.entries(optimizers))("with and without a watcher, by %s", (__, optimizerOf) => {
    const train = (options: WatchOptions | null): unknown[] => {
      const { parameters, buffers, lossOf } = make();
      const optimizer = optimizerOf(parameters);
      const watcher = options === null ? null : watch(options);
      const losses = Array.from({ length: 8 }, () => {
        optimizer.zeroGrad();
        const loss = lossOf();
        backward(loss);
        optimizer.step();
        return loss.item();
      });
      watcher?.stop();
      if (watcher !== null) expect(watcher.history).toHaveLength(8);
      return [losses, ...[...parameters, ...buffers].map((each) => [each.values(), each.grad?.values()])];
    };
    const alone = train(null);
    expect(train({ unitsEvery: 2 })).toEqual(alone);
    expect(train({ unitsEvery: 3, budget: 0.01 })).toEqual(alone);
  });
});

interface Training {
  readonly model: Sequential;
  readonly steps?: number;
  readonly dtype?: "f32" | "f64";
  /** On the loss of each step. */
  readonly factor?: number;
  /** The sum over the examples in place of the mean. */
  readonly summed?: boolean;
  readonly rate?: (step: number) => number;
}

/** What a watcher says of a training by plain gradient descent, the learning rate divided by the factor on the loss. */
function verdictOf({ model, steps = 50, dtype = "f32", ...training }: Training): string[] {
  const { factor = 1, summed = false, rate = () => 0.05 } = training;
  const { inputs, targets } = classes({ seed: "rows", dtype });
  const whole = factor * (summed ? 32 : 1);
  const optimizer = new SGD(model.parameters(), { learningRate: 1 });
  using watcher: Watcher = watch({ unitsEvery: 10 });
  for (let step = 0; step < steps; step++) {
    optimizer.learningRate = rate(step) / whole;
    optimizer.zeroGrad();
    backward(mul(crossEntropy(model.call(inputs), targets, { reduction: summed ? "sum" : "mean" }), factor));
    optimizer.step();
  }
  return watcher.findings.map(({ finding, step }) => `${finding.fault} ${finding.places.join(" ")} ${step}`);
}

const networks: Record<string, Partial<Plain>> = {
  healthy: { weights: 2 },
  exploding: { weights: 8, depth: 14 },
  vanishing: { weights: 0.3, depth: 14 },
};

/** As many units of the first hidden layers, in another order: the same function. */
function permuted(model: Sequential): Sequential {
  const [first, second] = weightsOf(model);
  const order = tensor(Int32Array.from({ length: first.shape[0] }, (_, k) => (k * 5 + 3) % first.shape[0]));
  first.assign(indexSelect(first, 0, order).detach());
  second.assign(indexSelect(second, 1, order).detach());
  return model;
}

describe.each(Object.entries(networks))("the verdict on %s training is the same", (name, options) => {
  const make = (dtype: "f32" | "f64" = "f32"): Sequential =>
    plain({ width: 16, depth: 6, activation: relu, seed: "verdict", dtype, ...options });
  const expected = verdictOf({ model: make() });

  it("as it should be", () => {
    if (name === "healthy") expect(expected).toEqual([]);
    else expect(expected[0]).toMatch(new RegExp(`^${name}.* 0$`));
  });

  it.each([1e-6, 1e6])("under a factor of %f on the loss", (factor) => {
    expect(verdictOf({ model: make(), factor })).toEqual(expected);
  });

  it("with a sum in place of a mean, and in double precision", () => {
    expect(verdictOf({ model: make(), summed: true })).toEqual(expected);
    // A training that explodes goes its own way in each precision: its first step does not.
    const atFirst = (found: string[]) => found.filter((each) => name === "healthy" || each.endsWith(" 0"));
    expect(atFirst(verdictOf({ model: make("f64"), dtype: "f64" }))).toEqual(atFirst(expected));
  });

  it("with the units in another order", () => {
    expect(verdictOf({ model: permuted(make()) })).toEqual(expected);
  });
});

describe.each([
  ["too small", 1e-7, 130, /^stalled {2}129$/],
  ["too large", 1e3, 2, /^divergent {2}1$/],
])("the verdict on steps that are %s is the same", (_, learningRate, steps, expected) => {
  const verdict = (training: Partial<Training> = {}): string[] => {
    const { dtype } = training;
    const model = plain({ width: 6, depth: 2, activation: relu, weights: 2, seed: "pace", dtype });
    return verdictOf({ model, steps, rate: () => learningRate, ...training });
  };

  it.each<[string, Partial<Training>]>([
    ["as it is", {}],
    ["under a factor of a millionth on the loss", { factor: 1e-6 }],
    ["under a factor of a million", { factor: 1e6 }],
    ["with a sum in place of a mean", { summed: true }],
    ["in double precision", { dtype: "f64" }],
  ])("%s", (__, training) => {
    expect(verdict(training)[0]).toMatch(expected);
  });
});

describe("no schedule of the learning rate is a fault", () => {
  it.each<[string, (step: number) => number]>([
    ["warm-up", (step) => 0.1 * Math.min(1, step / 30)],
    ["steps", (step) => 0.1 * 0.1 ** Math.floor(step / 30)],
    ["cosine", (step) => 0.05 * (1 + Math.cos((Math.PI * step) / 90))],
    ["warm restarts", (step) => 0.05 * (1 + Math.cos((Math.PI * (step % 30)) / 30))],
  ])("%s", (_, rate) => {
    const model = plain({ width: 16, depth: 5, activation: relu, weights: 2, seed: "schedule" });
    expect(verdictOf({ model, steps: 90, rate })).toEqual([]);
  });
});

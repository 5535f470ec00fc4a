import {
  add,
  backward,
  enableGrad,
  Generator,
  gradients,
  matmul,
  mean,
  mul,
  noGrad,
  parameter,
  randn,
  relu,
  square,
  type Tensor,
  tanh,
} from "@isograd/autograd";
import { diagnose, type Finding, type Watcher, type WatchOptions, watch } from "@isograd/diagnostics";
import { verifyRemedies } from "@isograd/diagnostics/nn";
import {
  BatchNorm1d,
  crossEntropy,
  Dropout,
  type Layer,
  type Linear,
  mseLoss,
  Optimizer,
  Sequential,
  SGD,
  sgd,
} from "@isograd/nn";
import { describe, expect, it } from "vitest";
import { classes, pixels } from "../networks/data.ts";
import { type Plain, plain } from "../networks/plain.ts";
import { convolutional, recurrent, residual } from "../networks/structured.ts";

const examples = classes({ seed: "watch" });

/** Trains for so many steps under a watcher, each step's loss times a factor. */
function watchTraining(
  model: Sequential,
  {
    steps,
    learningRate = 0.05,
    factor = () => 1,
    ...options
  }: { steps: number; learningRate?: number; factor?: (step: number) => number } & WatchOptions,
): Watcher {
  const optimizer = new SGD(model.parameters(), { learningRate });
  const watcher = watch(options);
  try {
    for (let step = 0; step < steps; step++) {
      optimizer.zeroGrad();
      backward(mul(crossEntropy(model.call(examples.inputs), examples.targets), factor(step)));
      optimizer.step();
    }
  } finally {
    watcher.stop();
  }
  return watcher;
}

const found = ({ findings }: Watcher): [fault: string, step: number][] =>
  findings.map(({ finding, step }) => [finding.fault, step]);

const healthy = (options: Partial<Plain> = {}): Sequential =>
  plain({ width: 16, depth: 5, activation: relu, weights: 2, seed: "watch", ...options });

describe("training is the same to the bit", () => {
  it("with and without a watcher, over 50 steps with dropout, running statistics and momentum", () => {
    const train = (watched: boolean): { bits: unknown[]; losses: number[] } => {
      const behind = (numFeatures: number): Layer =>
        new Sequential([new BatchNorm1d({ numFeatures }), new Dropout({ generator: new Generator("drop") })]);
      const model = healthy({ behind });
      const optimizer = new SGD(model.parameters(), { learningRate: 0.1, momentum: 0.9 });
      const watcher = watched ? watch({ unitsEvery: 3 }) : null;
      const losses = Array.from({ length: 50 }, () => {
        optimizer.zeroGrad();
        const loss = crossEntropy(model.call(examples.inputs), examples.targets);
        backward(loss);
        optimizer.step();
        return loss.item();
      });
      watcher?.stop();
      if (watcher !== null) expect(watcher.history).toHaveLength(50);
      const tensors = [...model.namedParameters(), ...model.namedBuffers()].map(({ tensor }) => tensor);
      return { losses, bits: tensors.flatMap((held) => [held.values(), held.grad?.values()]) };
    };
    expect(train(true)).toEqual(train(false));
  });
});

describe("a watcher is silent", () => {
  it.each([
    ["ReLU, He", healthy({ depth: 12 })],
    ["tanh", healthy({ depth: 12, activation: tanh, weights: 1 })],
    ["default weights", healthy({ depth: 3, weights: undefined })],
    ["batch norm", healthy({ depth: 8, behind: (numFeatures) => new BatchNorm1d({ numFeatures }) })],
    ["residual", residual("watch", 4).model as Sequential],
  ])("over healthy training: %s", (_, model) => {
    expect(found(watchTraining(model, { steps: 120 }))).toEqual([]);
  });

  it.each([
    ["convolutions", () => convolutional("watch", true)],
    ["recurrent networks", () => recurrent("watch", 12)],
    [
      "pixels",
      () => ({ ...residual("watch", 2), model: healthy({ inputs: 196 }), batch: pixels({ seed: "watch" }) }),
    ],
  ])("at the first step of %s", (_, make) => {
    const { model, batch, loss } = make();
    using watcher = watch();
    const output = typeof model === "function" ? model(batch.inputs) : model.call(batch.inputs);
    backward(loss(output, batch.targets));
    expect(watcher.history).toHaveLength(1);
    expect(found(watcher)).toEqual([]);
  });

  it("under a factor on the loss that changes with every run, not with the steps", () => {
    for (const scale of [1e-6, 1e6])
      expect(
        found(watchTraining(healthy(), { steps: 60, learningRate: 0.05 / scale, factor: () => scale })),
      ).toEqual([]);
  });

  it("at a single batch out of the ordinary", () => {
    const factor = (step: number): number => (step === 50 ? 1e4 : 1);
    expect(found(watchTraining(healthy(), { steps: 90, learningRate: 1e-5, factor }))).toEqual([]);
  });

  it("once the loss is exactly 0", () => {
    const weight = parameter([[1]]);
    using watcher = watch();
    for (let step = 0; step < 60; step++) {
      const target = step < 40 ? 2 : 1;
      backward(mean(square(add(matmul(parameter([[1]]).detach(), weight), -target))));
    }
    expect(watcher.history[50]).toMatchObject({ loss: 0, gradientNorm: 0 });
    expect(found(watcher)).toEqual([]);
  });
});

describe("a watcher finds", () => {
  it.each([
    ["exploding", { depth: 14, weights: 8 }],
    ["vanishing", { depth: 14, weights: 0.5 }],
  ])("%s gradients at the first step", (fault, options) => {
    expect(found(watchTraining(healthy(options), { steps: 1 }))).toEqual([[fault, 0]]);
  });

  it("a gradient norm a thousand times as large for two steps", () => {
    const factor = (step: number): number => (step === 50 || step === 51 ? 1e3 : 1);
    const watcher = watchTraining(healthy(), { steps: 60, learningRate: 1e-6, factor });
    expect(found(watcher)).toEqual([["exploding", 51]]);
    expect(watcher.findings[0].finding.measured.statistic).toMatch(/steps 50 and 51, expected about [\d.]+,/);
  });

  it("a gradient norm a thousand times as large, gravely where the loss stays above its start", () => {
    const severities = [-1, 1].map((side) => {
      const weight = parameter(randn(new Generator(1), [16, 4]));
      using watcher = watch();
      for (let step = 0; step < 40; step++) {
        const loss = mul(mean(square(matmul(examples.inputs, weight))), step < 30 ? 1 : 1e3);
        const level = step < 30 ? 0 : side * (1e-3 * loss.item()) - loss.item() + 1e-3 * loss.item();
        backward(add(loss, level));
      }
      return watcher.findings.map(({ finding: { fault, severity }, step }) => [fault, severity, step]);
    });
    const warning = ["exploding", "warning", 31];
    expect(severities).toEqual([[warning], [warning, ["exploding", "alarm", 39]]]);
  });

  it("a gradient that goes to exactly zero, and says so in numbers", () => {
    const weight = parameter(randn(new Generator(1), [16, 4]));
    using watcher = watch();
    for (let step = 0; step < 40; step++) {
      const shift = step < 30 ? 10 : -1e4;
      backward(add(mean(relu(add(matmul(examples.inputs, weight), shift))), 1));
    }
    const { finding, step } = watcher.findings[0];
    expect([finding.fault, step]).toEqual(["vanishing", 31]);
    expect(finding.measured).toMatchObject({ value: 0 });
    expect(finding.measured.statistic).not.toContain("NaN");
    expect(watcher.history[35].gradientNorm).toBe(0);
  });

  it("a gradient that is zero from the beginning", () => {
    const weight = parameter(randn(new Generator(1), [16, 4]));
    using watcher = watch();
    for (let step = 0; step < 3; step++)
      backward(add(mean(relu(add(matmul(examples.inputs, weight), -1e4))), 1));
    expect(watcher.findings[0].finding).toMatchObject({ fault: "dead", severity: "alarm" });
    expect(found(watcher).slice(1)).toEqual([["vanishing", 1]]);
  });

  it("training that diverges", () => {
    const weight = parameter([[1], [2]]);
    const inputs = parameter([
      [1, 2],
      [2, 1],
      [0, 1],
    ]).detach();
    using watcher = watch();
    const optimizer = new SGD([weight], { learningRate: 0.9 });
    for (let step = 0; step < 40; step++) {
      optimizer.zeroGrad();
      backward(mean(square(matmul(inputs, weight))));
      optimizer.step();
    }
    expect(found(watcher).map(([fault]) => fault)).toContain("divergent");
    const { finding } = watcher.findings.find(
      ({ finding: { detector } }) => detector === "watch.divergence",
    ) as {
      finding: Finding;
    };
    expect(finding.measured.value).toBeGreaterThan(1e3);
  });

  it("values that are not finite, with the first layer that shows them", () => {
    const model = healthy({ depth: 4 });
    const watcher = watchTraining(model, {
      steps: 6,
      onFinding: () => {},
      factor: (step) => {
        if (step === 1)
          (model.layers[4] as Linear).weight.assign(mul((model.layers[4] as Linear).weight.detach(), 1e38));
        return 1;
      },
    });
    // What happened to the weights is seen first.
    const [leap, { finding, step }] = watcher.findings;
    expect([leap.finding.detector, leap.step]).toEqual(["watch.leap", 1]);
    expect([finding.detector, finding.fault, step]).toEqual(["watch.nonFinite", "nonFinite", 2]);
    expect(finding.causes[0].part).toBe("learningRate");
    expect(finding.places).toEqual(["layers.4"]);
    // What follows from it is no finding of its own.
    expect(found(watcher).filter(([fault]) => fault === "nonFinite")).toHaveLength(1);
  });

  it("units that die on the way", () => {
    const model = healthy({ depth: 4, width: 32 });
    const watcher = watchTraining(model, {
      steps: 45,
      unitsEvery: 20,
      learningRate: 1e-4,
      factor: (step) => {
        const bias = (model.layers[2] as Linear).bias as Tensor;
        if (step === 30) bias.assign(mul(add(bias.detach(), 1), -50));
        return 1;
      },
    });
    const dead = watcher.findings.find(({ finding }) => finding.fault === "dead");
    expect(dead?.step).toBe(40);
    expect(dead?.finding.places).toEqual(["layers.2"]);
  });
});

describe("units that die", () => {
  /** How grave that is where the loss is `share` of what it was; beside the network, a product may tell examples apart all the same. */
  function severityAt(share: number, isToldApart: boolean): string | undefined {
    const model = healthy({ depth: 4, width: 32 });
    const beside = parameter(mul(randn(new Generator("beside"), [16, 4]), isToldApart ? 1 : 1e-6));
    using watcher = watch({ unitsEvery: 10 });
    for (let step = 0; step <= 10; step++) {
      const bias = (model.layers[2] as Linear).bias as Tensor;
      if (step === 9) bias.assign(mul(add(bias.detach(), 1), -50));
      const output = add(model.call(examples.inputs), matmul(examples.inputs, beside));
      const loss = crossEntropy(output, examples.targets);
      backward(mul(loss, (step === 10 ? share : 1) / loss.item()));
    }
    return watcher.findings.find(({ finding }) => finding.fault === "dead")?.finding.severity;
  }

  it("are a warning, and no more, while the loss is half of what it was, or less", () => {
    expect([0.49, 0.51].map((share) => severityAt(share, true))).toEqual(["warning", "alarm"]);
  });

  it("are an alarm where the output says nothing of the examples, whatever the loss", () => {
    expect(severityAt(0.49, false)).toBe("alarm");
  });
});

describe("a step", () => {
  it("is a sweep, with its loss and its gradient norm", () => {
    const weight = parameter([[3], [4]]);
    using watcher = watch();
    backward(mseLoss(matmul(parameter([[1, 0]]).detach(), weight), parameter([[1]]).detach()));
    expect(watcher.history).toEqual([
      { step: 0, loss: 4, gradientNorm: 4, totalFactor: 1, places: ["matmul 1"], layerNorms: [4] },
    ]);
  });

  it("is not what is evaluated, diagnosed or tried meanwhile", () => {
    const model = healthy({ depth: 14, weights: 8 });
    using watcher = watch();
    noGrad(() => model.call(examples.inputs));
    const diagnosis = diagnose(model, examples, crossEntropy, { redraws: 8 });
    verifyRemedies(model, examples, crossEntropy, diagnosis, {
      optimizer: ({ model: clone }) => new Optimizer(clone.parameters(), sgd({ learningRate: 1e-3 })),
      batches: [examples],
      candidates: [],
    });
    expect(watcher.history).toEqual([]);
    expect(watcher.findings).toEqual([]);
  });

  it("knows its own passes from those that nobody swept through", () => {
    const model = healthy({ depth: 6 });
    using watcher = watch();
    model.call(examples.inputs);
    backward(crossEntropy(model.call(examples.inputs), examples.targets));
    const [{ totalFactor }] = watcher.history;
    expect(totalFactor).toBeCloseTo(
      diagnose(model, examples, crossEntropy, { redraws: 0 }).flow.totalFactor,
      5,
    );
  });

  it("may come from gradients() as well as from backward(), inside noGrad too", () => {
    const weight = parameter([[3], [4]]);
    using watcher = watch();
    const loss = (): Tensor => mean(square(matmul(parameter([[1, 0]]).detach(), weight)));
    gradients(loss(), [weight]);
    noGrad(() => backward(enableGrad(loss)));
    expect(watcher.history.map(({ gradientNorm }) => gradientNorm)).toEqual([6, 6]);
  });
});

it("reports a fault once at a place, to the listener as well, and nothing after it was stopped", () => {
  const told: [string, number][] = [];
  const model = healthy({ depth: 14, weights: 8 });
  const watcher = watchTraining(model, {
    steps: 3,
    learningRate: 0,
    unitsEvery: 1,
    onFinding: ({ fault }, step) => told.push([fault, step]),
  });
  expect(told).toEqual(found(watcher));
  expect(new Set(told.map(String)).size).toBe(told.length);
  const { length } = watcher.history;
  backward(crossEntropy(model.call(examples.inputs), examples.targets));
  expect(watcher.history).toHaveLength(length);
});

it("two watchers do not see each other", () => {
  using first = watch({ unitsEvery: 1 });
  using second = watch({ unitsEvery: 1 });
  const model = healthy();
  backward(crossEntropy(model.call(examples.inputs), examples.targets));
  expect([first.history.length, second.history.length]).toEqual([1, 1]);
  expect(first.history).toEqual(second.history);
});

import { add, backward, Generator, mul, randn, relu, type Tensor, tensor } from "@isograd/autograd";
import { type Watcher, type WatchOptions, watch } from "@isograd/diagnostics";
import { crossEntropy, type Linear, type Optimizer, type Sequential, SGD } from "@isograd/nn";
import { describe, expect, it } from "vitest";
import { classes } from "../../networks/data.ts";
import { plain } from "../../networks/plain.ts";

/** Whether the first number is larger than the second. */
const batches = Array.from({ length: 8 }, (_, k) => {
  const { inputs } = classes({ seed: `pace ${k}`, inputs: 4, examples: 16 });
  const rows = inputs.toArray() as number[][];
  return { inputs, targets: tensor(Int32Array.from(rows, ([a, b]) => (a > b ? 1 : 0))) };
});

const network = (seed = "pace"): Sequential =>
  plain({ inputs: 4, width: 6, depth: 2, outputs: 2, activation: relu, weights: 2, seed });

const lossOf = (model: Sequential, step: number): Tensor => {
  const { inputs, targets } = batches[step % batches.length];
  return crossEntropy(model.call(inputs), targets);
};

interface Training extends WatchOptions {
  readonly model?: Sequential;
  readonly optimizer?: (parameters: Tensor[]) => Optimizer;
  readonly steps?: number;
  readonly rate?: (step: number) => number;
}

const sgd =
  (learningRate: number) =>
  (parameters: Tensor[]): Optimizer =>
    new SGD(parameters, { learningRate });

function train({ model = network(), optimizer = sgd(0.1), steps = 130, ...training }: Training): Watcher {
  const { rate, ...options } = training;
  const stepper = optimizer(model.parameters());
  const watcher = watch({ unitsEvery: 1000, ...options });
  for (let step = 0; step < steps; step++) {
    stepper.zeroGrad();
    if (rate !== undefined) stepper.learningRate = rate(step);
    backward(lossOf(model, step));
    stepper.step();
  }
  watcher.stop();
  return watcher;
}

const found = ({ findings }: Watcher): string[] =>
  findings.map(({ finding: { detector }, step }) => `${detector} ${step}`);

describe("steps that are too small", () => {
  it("are found behind the 128th, with what a step does to the weights as the cause", () => {
    const watcher = train({ optimizer: sgd(1e-6) });
    expect(found(watcher)).toEqual(["watch.stall 129"]);
    const { finding } = watcher.findings[0];
    expect(finding).toMatchObject({ fault: "stalled", severity: "alarm" });
    expect(finding.measured.value).toBeLessThan(1e-4);
    expect(finding.causes[0].part).toBe("learningRate");
    expect(finding.causes[0].explanation).toMatch(/^a step changes the weights by .*e-7 of their norm/);
  });

  it.each<[string, Training]>([
    ["that suit", {}],
    ["that grow yet", { rate: (step) => 1e-6 * step }],
    ["that are never taken", { optimizer: sgd(0), steps: 63 }],
  ])("are not steps %s", (_, training) => {
    expect(found(train(training))).toEqual([]);
  });
});

describe("steps that are too large", () => {
  it("are found where one replaces the weights", () => {
    const watcher = train({ optimizer: sgd(1e3), steps: 3 });
    expect(found(watcher)[0]).toBe("watch.leap 1");
    expect(watcher.findings[0].finding).toMatchObject({ fault: "divergent", severity: "alarm" });
    expect(watcher.findings[0].finding.causes[0].part).toBe("learningRate");
  });

  it("are found where the loss is above its start", () => {
    const generator = new Generator("restless");
    const model = network();
    using watcher = watch({ unitsEvery: 1000 });
    for (let step = 0; step <= 64; step++) {
      backward(lossOf(model, step));
      for (const each of model.parameters())
        each.assign(add(each.detach(), mul(0.15, randn(generator, each.shape))));
    }
    expect(found(watcher)).toContain("watch.lost 64");
    expect(watcher.findings[0].finding.causes[0].explanation).toMatch(/their norm, time and again/);
  });

  it("are to blame for what goes wrong behind them in a network that was healthy", () => {
    const kill = (model: Sequential) => {
      const { bias } = model.layers[2] as Linear;
      if (bias !== null) bias.assign(mul(add(bias.detach(), 1), -50));
    };
    const causesOf = (rate: number, weights = 2): (string | undefined)[] => {
      const model = plain({
        inputs: 4,
        width: 32,
        depth: 3,
        outputs: 2,
        activation: relu,
        weights,
        seed: "kill",
      });
      const watcher = train({
        model,
        unitsEvery: 5,
        steps: 6,
        rate: (step) => {
          if (step === 5) kill(model);
          return rate;
        },
      });
      const dead = watcher.findings.find(({ finding }) => finding.fault === "dead")?.finding;
      return dead?.causes.map(({ part }) => part) ?? [];
    };
    expect(causesOf(1e-3)).toEqual(["bias"]);
    expect(causesOf(0.7)).toEqual(["learningRate", "bias"]);
  });
});

describe("models that are trained in turn", () => {
  it("are not taken for one, though they are as large", () => {
    const models = [network("a"), network("b")];
    const optimizers = models.map((model) => sgd(1e-6)(model.parameters()));
    using watcher = watch({ unitsEvery: 1000 });
    for (let step = 0; step < 2 * 130; step++) {
      optimizers[step % 2].zeroGrad();
      backward(lossOf(models[step % 2], Math.floor(step / 2)));
      optimizers[step % 2].step();
    }
    // They share a detector and a place: it is told once.
    expect(found(watcher)).toHaveLength(1);
    expect(found(watcher)[0]).toBe("watch.stall 259");
    expect(watcher.findings[0].finding.causes[0].explanation).toMatch(/e-7 of their norm/);
  });

  it("are not judged where they share parameters", () => {
    const model = network();
    const critic = network("critic");
    const optimizer = sgd(1e-6)([...model.parameters(), ...critic.parameters()]);
    using watcher = watch({ unitsEvery: 1000 });
    for (let step = 0; step < 270; step++) {
      optimizer.zeroGrad();
      backward(step % 2 === 0 ? lossOf(model, step) : add(lossOf(model, step), lossOf(critic, step)));
      optimizer.step();
    }
    expect(found(watcher)).toEqual([]);
  });
});

it("parameters that are new tensors at each sweep are those of the sweep before", () => {
  const model = network();
  using watcher = watch({ unitsEvery: 1000 });
  for (let step = 0; step < 130; step++) {
    const fresh = model.clone();
    const optimizer = sgd(1e-6)(fresh.parameters());
    backward(lossOf(fresh, step));
    optimizer.step();
    model.parameters().forEach((each, k) => {
      each.assign(fresh.parameters()[k].detach());
    });
  }
  expect(found(watcher)).toEqual(["watch.stall 129"]);
});

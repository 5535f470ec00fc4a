import { Generator, matmul, NonFiniteError, narrow, randn, type Tensor, tensor } from "@isograd/autograd";
import {
  Dropout,
  fit,
  Linear,
  mseLoss,
  Scheduler,
  type Sequential,
  SGD,
  setSeed,
  type TrainingStep,
  train,
} from "@isograd/nn";
import { describe, expect, it } from "vitest";
import { expectNumbers } from "../reference/cases.ts";
import { problem } from "./problem.ts";

const weightsOf = (model: Sequential) => model.parameters().map((parameter) => parameter.toArray());

async function collect(steps: AsyncIterable<TrainingStep>): Promise<TrainingStep[]> {
  const found: TrainingStep[] = [];
  for await (const step of steps) found.push(step);
  return found;
}

describe("train", () => {
  it("takes one step a batch, epoch by epoch, and learns", async () => {
    const { model, ...rest } = problem();
    const steps = await collect(train({ model, ...rest, epochs: 20 }));
    expect(steps).toHaveLength(60);
    expect(steps[4]).toEqual({ step: 4, epoch: 1, batch: 1, steps: 60, rows: 8, loss: expect.any(Number) });
    expect(steps[59].loss).toBeLessThan(1e-3 * steps[0].loss);
  });

  it("does what the same loop by hand does", async () => {
    const [automatic, manual] = [problem(), problem()];
    await collect(train({ ...automatic, epochs: 2 }));
    const { backward } = await import("@isograd/autograd");
    for (let epoch = 0; epoch < 2; epoch++) {
      for (const { inputs, targets } of manual.data) {
        manual.optimizer.zeroGrad();
        backward(mseLoss(manual.model.call(inputs), targets));
        manual.optimizer.step();
      }
    }
    expect(weightsOf(automatic.model)).toEqual(weightsOf(manual.model));
  });

  it("trains any function of a tensor", async () => {
    const { model, ...rest } = problem();
    const steps = await collect(train({ ...rest, model: (x: Tensor) => model.call(x), epochs: 10 }));
    expect(steps[29].loss).toBeLessThan(0.1 * steps[0].loss);
  });

  it("takes batches that come one after the other, and does not know how many there are", async () => {
    const { data, ...rest } = problem();
    async function* stream() {
      yield* data;
    }
    const steps = await collect(train({ ...rest, data: stream() }));
    expect(steps.map(({ steps }) => steps)).toEqual([undefined, undefined, undefined]);
    const once = data[Symbol.iterator]();
    await expect(
      collect(train({ ...rest, data: once, epochs: 2 })),
    ).rejects.toThrowErrorMatchingInlineSnapshot(
      `[ArgumentError: train: expected at least one batch in epoch 1 (a generator can be gone through once only), got 0]`,
    );
  });

  it("puts the model into training mode for each step", async () => {
    const { model, ...rest } = problem();
    model.eval();
    for await (const _ of train({ model, ...rest })) {
      expect(model.training).toBe(true);
      model.eval();
    }
    model.layers.push(new Dropout().eval());
    model.train();
    (model.layers[1] as Dropout).eval();
    for await (const _ of train({ model, ...rest }))
      expect((model.layers[1] as Dropout).training).toBe(false);
  });

  it("calls back after each step and epoch; false ends it", async () => {
    const steps: number[] = [];
    const epochs: number[] = [];
    const { ...all } = problem();
    await collect(
      train({
        ...all,
        epochs: 10,
        onStep: ({ step }) => steps.push(step),
        onEpoch: async (epoch) => {
          epochs.push(epoch);
          return epoch < 1;
        },
      }),
    );
    expect([steps, epochs]).toEqual([
      [0, 1, 2, 3, 4, 5],
      [0, 1],
    ]);
  });
});

describe("several callbacks", () => {
  it("are all called in their order, also when one ends the training", async () => {
    const calls: string[] = [];
    const epoch = (name: string, answer?: boolean) => async (at: number) => {
      await null;
      calls.push(`${name}${at}`);
      return answer;
    };
    const onStep = ["s", "t"].map(
      (name) =>
        ({ step }: TrainingStep) =>
          calls.push(`${name}${step}`),
    );
    const onEpoch = [epoch("a"), epoch("b", false), epoch("c", true)];
    const { data, ...rest } = problem();
    await collect(train({ ...rest, data: [...data].slice(0, 1), epochs: 5, onStep, onEpoch }));
    expect(calls).toEqual(["s0", "t0", "a0", "b0", "c0"]);
    const seen: number[] = [];
    const plateau = ({ loss }: { loss: number }) => seen.push(loss);
    await fit({ ...problem(), epochs: 3, onEpoch: [plateau, plateau, () => false] });
    expect(seen).toHaveLength(2);
  });
});

describe("accumulation", () => {
  it("takes the step of one large batch, whatever the sizes of its parts", async () => {
    const inputs = randn(new Generator(3), [24, 2], "f64");
    const targets = matmul(inputs, tensor([[2], [-1]], { dtype: "f64" }));
    const parts = (cuts: readonly number[]) =>
      cuts.slice(1).map((end, k) => ({
        inputs: narrow(inputs, 0, cuts[k], end - cuts[k]),
        targets: narrow(targets, 0, cuts[k], end - cuts[k]),
      }));
    const run = async (cuts: readonly number[], accumulate: number) => {
      setSeed(4);
      const model = new Linear({ inFeatures: 2, outFeatures: 1, dtype: "f64" });
      const optimizer = new SGD(model.parameters(), { learningRate: 0.1, momentum: 0.9 });
      const data = parts(cuts);
      const steps = await collect(train({ model, optimizer, loss: mseLoss, data, accumulate, epochs: 2 }));
      const numbers = [...model.weight.values(), ...steps.map(({ loss }) => loss)];
      return { numbers, rows: steps.map(({ rows }) => rows), steps };
    };
    const whole = await run([0, 16, 24], 1);
    const cut = await run([0, 1, 13, 16, 24], 3);
    expect(cut.rows).toEqual([16, 8, 16, 8]);
    expect(whole.rows).toEqual(cut.rows);
    expectNumbers(cut.numbers, whole.numbers, 1e-12);
    expect(cut.steps.map(({ batch, steps }) => [batch, steps])).toEqual([0, 1, 0, 1].map((k) => [k, 4]));
  });

  it("leaves the parameters alone if a later part has a loss that is not finite", async () => {
    const { model, ...rest } = problem();
    const before = weightsOf(model);
    let parts = 0;
    const loss = (outputs: Tensor, targets: Tensor) =>
      parts++ === 0 ? mseLoss(outputs, targets) : tensor(Number.NaN);
    const run = collect(train({ model, ...rest, loss, accumulate: 2 }));
    await expect(run).rejects.toBeInstanceOf(NonFiniteError);
    expect(weightsOf(model)).toEqual(before);
  });
});

describe("schedules", () => {
  it("set the rate of each step, or of each epoch", async () => {
    const rates = async (of: "step" | "epoch") => {
      const { optimizer, ...rest } = problem();
      const scheduler = new Scheduler(optimizer, (step) => 1e-3 * (step + 1));
      const found: number[] = [];
      const loss = (outputs: Tensor, targets: Tensor) => {
        found.push(Math.round(optimizer.learningRate * 1e3));
        return mseLoss(outputs, targets);
      };
      const how = of === "step" ? { scheduler } : { onEpoch: () => scheduler.step() };
      await collect(train({ optimizer, ...rest, loss, epochs: 2, ...how }));
      return found;
    };
    expect(await rates("step")).toEqual([1, 2, 3, 4, 5, 6]);
    expect(await rates("epoch")).toEqual([1, 1, 1, 2, 2, 2]);
  });
});

describe("ending early", () => {
  it("throws the signal's reason, with the model as the last whole step left it", async () => {
    const [stopped, whole] = [problem(), problem()];
    const controller = new AbortController();
    const reason = new Error("enough");
    let taken = 0;
    const run = async () => {
      for await (const _ of train({ ...stopped, epochs: 10, signal: controller.signal }))
        if (++taken === 4) controller.abort(reason);
    };
    await expect(run()).rejects.toBe(reason);
    expect(taken).toBe(4);
    for await (const { step } of train({ ...whole, epochs: 10 })) if (step === 3) break;
    expect(weightsOf(stopped.model)).toEqual(weightsOf(whole.model));
  });

  it("takes no step once the signal is aborted", async () => {
    const { model, ...rest } = problem();
    const before = weightsOf(model);
    await expect(fit({ model, ...rest, signal: AbortSignal.abort() })).rejects.toThrow(/aborted/);
    expect(weightsOf(model)).toEqual(before);
  });

  it("gives way to the event loop, so that a timer can stop it", async () => {
    const { data, ...rest } = problem();
    function* forever() {
      for (;;) yield* data;
    }
    const controller = new AbortController();
    setTimeout(() => controller.abort(), 20);
    await expect(fit({ ...rest, data: forever(), signal: controller.signal })).rejects.toThrow(/aborted/);
  });
});

describe("numbers that are not finite", () => {
  it("in the loss stop the training before the step", async () => {
    const { model, ...rest } = problem();
    const before = weightsOf(model);
    let steps = 0;
    const loss = (outputs: Tensor, targets: Tensor) =>
      steps++ === 0 ? mseLoss(outputs, targets) : tensor(Number.NaN);
    const run = collect(train({ model, ...rest, loss }));
    await expect(run).rejects.toBeInstanceOf(NonFiniteError);
    await expect(run).rejects.toThrowErrorMatchingInlineSnapshot(
      `[NonFiniteError: train: the loss is NaN at step 1 (epoch 0); the parameters are those before the step]`,
    );
    expect(weightsOf(model)).not.toEqual(before);
  });

  it("in the loss are passed on when told so", async () => {
    const { optimizer, ...rest } = problem();
    const diverging = new SGD(optimizer.parameters, { learningRate: 1e6 });
    const steps = await collect(
      train({ ...rest, optimizer: diverging, epochs: 20, errorIfNonFinite: false }),
    );
    expect(steps[59].loss).toBeNaN();
  });

  it("in data that the loop did not cut itself are named", async () => {
    const { data, ...rest } = problem();
    const bad = [
      {
        inputs: tensor([
          [1, 2],
          [3, Number.NaN],
        ]),
        targets: tensor([[1], [2]]),
      },
    ];
    await expect(collect(train({ ...rest, data: bad }))).rejects.toThrowErrorMatchingInlineSnapshot(
      `[NonFiniteError: train: expected finite data, inputs of the batch hold NaN at row 1, column 1]`,
    );
    await expect(collect(train({ ...rest, data: bad, checkFinite: false }))).rejects.toThrow(
      /the loss is NaN/,
    );
    expect(data.rows).toBe(24);
  });
});

describe("bad input", () => {
  it("is told", async () => {
    const { data, ...rest } = problem();
    await expect(collect(train({ ...rest, data: [] }))).rejects.toThrowErrorMatchingInlineSnapshot(
      `[ArgumentError: train: expected at least one batch in epoch 0 (a generator can be gone through once only), got 0]`,
    );
    await expect(collect(train({ ...rest, data, epochs: -1 }))).rejects.toThrowErrorMatchingInlineSnapshot(
      `[ArgumentError: train: expected epochs to be an integer and not negative, got -1]`,
    );
    await expect(collect(train({ ...rest, data, accumulate: 0 }))).rejects.toThrow(/expected accumulate/);
    const each = (outputs: Tensor, targets: Tensor) => mseLoss(outputs, targets, { reduction: "none" });
    await expect(collect(train({ ...rest, data, loss: each }))).rejects.toThrowErrorMatchingInlineSnapshot(
      `[ShapeError: train: expected a loss with one element, got [8, 1]]`,
    );
  });
});

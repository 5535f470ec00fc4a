import { Generator, matmul, parameter, randn, sub, type Tensor, tensor } from "@isograd/autograd";
import {
  Adam,
  AdamW,
  batches,
  CheckpointError,
  type CheckpointStore,
  captureCheckpoint,
  encodeSafetensors,
  fit,
  Linear,
  mseLoss,
  SGD,
  setSeed,
  train,
} from "@isograd/nn";
import { describe, expect, it } from "vitest";
import { problem } from "./problem.ts";
import { type Choices, makeRun, memoryStore } from "./runs.ts";

const plain: Choices = {
  dtype: "f32",
  optimizer: "adam",
  schedule: "steps",
  source: "batches",
  shuffle: true,
  validation: "own",
  stopping: false,
  accumulate: 3,
};

/** Everything that a checkpoint would hold. */
function bytesOf({ model, optimizer, data }: ReturnType<typeof makeRun>): Uint8Array {
  const { tensors, metadata } = captureCheckpoint({ model, optimizer: optimizer as Adam, data });
  return encodeSafetensors(tensors, metadata);
}

describe("checkpoints", () => {
  it("are taken after so many steps, at the ends of so many epochs, and at the end", async () => {
    const seen = async (times: object): Promise<string> => {
      const saved: string[] = [];
      const checkpoints: CheckpointStore = {
        ...times,
        load: () => null,
        save: (_, { step, epoch, metrics }) => {
          saved.push(`${step}/${epoch}${metrics === null ? "" : "!"}`);
        },
      };
      await fit({ ...problem(), epochs: 3, checkpoints });
      return saved.join(" ");
    };
    expect(await seen({})).toBe("3/1! 6/2! 9/3!");
    expect(await seen({ everyEpochs: 2 })).toBe("6/2! 9/3!");
    expect(await seen({ everyEpochs: 0 })).toBe("9/3!");
    expect(await seen({ everyEpochs: 0, everySteps: 4 })).toBe("4/1 8/2 9/3!");
    expect(await seen({ everyEpochs: 0, everySeconds: 0 })).toBe("1/0 2/0 3/0 4/1 5/1 6/1 7/2 8/2 9/2 9/3!");
    expect(await seen({ everyEpochs: 0, everySeconds: 60 })).toBe("9/3!");
    await expect(seen({ everySteps: 0 })).rejects.toThrowErrorMatchingInlineSnapshot(
      `[ArgumentError: checkpoints: expected everySteps to be a whole number from 1 on, got 0]`,
    );
    await expect(seen({ everySeconds: -1 })).rejects.toThrow(/everySeconds/);
    await expect(seen({ everyEpochs: 0.5 })).rejects.toThrow(/everyEpochs/);
  });

  it("go on from every moment, within a step's batches and between the last step and the end of its epoch", async () => {
    // 4 batches, of which 3 make a step: the second step of an epoch is what is left.
    const whole = makeRun(plain);
    const history = await fit(whole.options);
    for (let life = 0; life < 6; life++) {
      const checkpoints = memoryStore({ everySteps: 1, everyEpochs: 0 });
      const first = makeRun(plain);
      const onStep = [
        first.options.onStep as () => void,
        ({ step }: { step: number }) => {
          if (step === life) throw new Error("killed");
        },
      ];
      await expect(fit({ ...first.options, onStep, checkpoints })).rejects.toThrow("killed");
      const second = makeRun(plain);
      expect(await fit({ ...second.options, checkpoints })).toEqual(history);
      expect(bytesOf(second)).toEqual(bytesOf(whole));
    }
  });

  it("of a run that has ended train no further and give the same history", async () => {
    for (const stopping of [false, true]) {
      const store = memoryStore();
      const first = makeRun({ ...plain, stopping });
      const history = await fit({ ...first.options, epochs: 5, checkpoints: store });
      expect(history.epochs).toHaveLength(stopping ? 3 : 5);
      const [again, saved] = [makeRun({ ...plain, stopping }), store.saved];
      let steps = 0;
      const rest = { ...again.options, onStep: () => steps++ };
      expect(await fit({ ...rest, epochs: 5, checkpoints: store })).toEqual(history);
      expect([steps, store.saved]).toEqual([0, saved]);
      expect(bytesOf(again)).toEqual(bytesOf(first));
      // More epochs go on, but not where early stopping has ended it.
      const more = makeRun({ ...plain, stopping });
      const { losses } = await fit({ ...more.options, epochs: 7, checkpoints: store });
      expect(losses).toHaveLength(stopping ? 6 : 14);
    }
  });

  it("are taken when the signal aborts: between two steps, and while the validation data are gone through", async () => {
    const whole = makeRun(plain);
    const history = await fit(whole.options);
    for (const moment of ["step", "validation", "epoch"]) {
      const checkpoints = memoryStore({ everyEpochs: 0 });
      const controller = new AbortController();
      const abort = (when: string): void => {
        if (when === moment) controller.abort(new Error("enough"));
      };
      const first = makeRun(plain);
      const { onStep, onEpoch } = first.options;
      const stopped = fit({
        ...first.options,
        metrics: {
          error: (outputs: Tensor, targets: Tensor) => {
            // Noticed by `evaluate` once it gives way.
            if (moment === "validation") for (const end = performance.now() + 25; performance.now() < end; );
            abort("validation");
            return mseLoss(outputs, targets).item();
          },
        },
        onStep: [onStep as () => void, ({ step }: { step: number }) => step === 2 && abort("step")],
        onEpoch: [onEpoch as () => void, () => abort("epoch")],
        signal: controller.signal,
        checkpoints,
      });
      await expect(stopped).rejects.toThrow("enough");
      expect(checkpoints.saved).toBe(1);
      const second = makeRun(plain);
      expect(await fit({ ...second.options, checkpoints })).toEqual(history);
      expect(bytesOf(second)).toEqual(bytesOf(whole));
    }
  });

  it("of which one is being kept while the signal aborts is the last: no further step is taken", async () => {
    const controller = new AbortController();
    const saved: number[] = [];
    const checkpoints: CheckpointStore = {
      everySteps: 2,
      load: () => null,
      save: async (_, { step }) => {
        saved.push(step);
        controller.abort(new Error("enough"));
      },
    };
    let taken = 0;
    const onStep = () => taken++;
    const run = fit({ ...problem(), epochs: 2, checkpoints, signal: controller.signal, onStep });
    await expect(run).rejects.toThrow("enough");
    expect([saved, taken]).toEqual([[2], 2]);
  });

  it("work in the loop of `train`, which then begins behind the last one", async () => {
    const checkpoints = memoryStore({ everySteps: 2 });
    for await (const { step } of train({ ...problem(), epochs: 2, checkpoints })) if (step === 4) break;
    const steps: number[] = [];
    const resumed = problem();
    for await (const { step, epoch, batch } of train({ ...resumed, epochs: 2, checkpoints })) {
      if (steps.length === 0) expect([epoch, batch]).toEqual([1, 1]);
      steps.push(step);
    }
    // The step in which the loop was left counts as not taken, since its body did not end.
    expect(steps).toEqual([4, 5]);
    const whole = problem();
    for await (const _ of train({ ...whole, epochs: 2 }));
    expect(resumed.model.parameters().map((p) => p.toArray())).toEqual(
      whole.model.parameters().map((p) => p.toArray()),
    );
  });

  it("hold the parameters of a model that is a function, and what else is named", async () => {
    const make = () => {
      const [slope, offset] = [parameter([[0.5], [0.5]]), tensor([0])];
      const { data } = problem();
      const optimizer = new SGD([slope], { learningRate: 0.1, momentum: 0.5 });
      const model = (x: Tensor) => sub(matmul(x, slope), offset);
      const onStep = ({ step }: { step: number }) => offset.assign(tensor([step]));
      const all = { model, loss: mseLoss, optimizer, data, epochs: 2, parts: { offset }, onStep };
      return { all, values: () => [slope.toArray(), offset.toArray()] };
    };
    const [whole, first, second] = [make(), make(), make()];
    const history = await fit(whole.all);
    const checkpoints = memoryStore({ everySteps: 1 });
    for await (const { step } of train({ ...first.all, checkpoints, onEpoch: undefined }))
      if (step === 4) break;
    for await (const _ of train({ ...second.all, checkpoints, onEpoch: undefined }));
    expect(second.values()).toEqual(whole.values());
    expect(history.losses).toHaveLength(6);
  });
});

describe("a checkpoint of another run", () => {
  const make = ({
    optimizer: Optimizer = Adam,
    learningRate = 0.1,
    hidden = 2,
    rows = 24,
    momentum = 0.9,
  } = {}) => {
    setSeed(1);
    const data = batches(
      { inputs: randn(new Generator(1), [rows, 2]), targets: randn(new Generator(2), [rows, hidden]) },
      { batchSize: 8, shuffle: true },
    );
    const model = new Linear({ inFeatures: 2, outFeatures: hidden });
    const optimizer = new Optimizer(model.parameters(), { learningRate, betas: [momentum, 0.999] });
    return { model, optimizer, data, loss: mseLoss };
  };

  it("is refused, saying what differs, and nothing is changed", async () => {
    const checkpoints = memoryStore();
    await fit({ ...make(), epochs: 1, checkpoints });
    const differences = async (
      run: ReturnType<typeof make>,
      more: object = {},
    ): Promise<readonly string[]> => {
      const before = [run.model.weight.toArray(), run.data.state, run.optimizer.learningRate];
      const error = await fit({ ...run, epochs: 2, checkpoints, ...more }).catch((thrown) => thrown);
      expect(error).toBeInstanceOf(CheckpointError);
      expect([run.model.weight.toArray(), run.data.state, run.optimizer.learningRate]).toEqual(before);
      return error.differences;
    };
    expect(await differences(make({ optimizer: AdamW }))).toMatchInlineSnapshot(`
      [
        "optimizer: optimizer is "AdamW", in the checkpoint "Adam"",
      ]
    `);
    expect(await differences(make({ learningRate: 0.2, momentum: 0.8 }))).toMatchInlineSnapshot(`
      [
        "optimizer: learningRate is 0.2, in the checkpoint 0.1",
        "optimizer: betas is [0.8,0.999], in the checkpoint [0.9,0.999]",
      ]
    `);
    expect(await differences(make({ hidden: 3 }))).toMatchInlineSnapshot(`
      [
        "model: not fitting: bias (expected [3], got [2]), weight (expected [3, 2], got [2, 2])",
      ]
    `);
    expect(await differences(make({ rows: 16 }))).toMatchInlineSnapshot(`
      [
        "data: batches.state: expected the state of a source whose rows is 16, got 24",
      ]
    `);
    expect(
      await differences(make(), { accumulate: 2, earlyStopping: { patience: 2 } }),
    ).toMatchInlineSnapshot(`
      [
        "the checkpoint has no earlyStopping",
        "run: accumulate is 2, in the checkpoint 1",
      ]
    `);
    const { data, ...rest } = make();
    expect(await differences({ ...rest, data }, { data: [...data] })).toMatchInlineSnapshot(`
      [
        "the checkpoint also has data",
      ]
    `);
  });

  it("is refused where data without a state have fewer batches than were seen", async () => {
    const checkpoints = memoryStore({ everySteps: 1 });
    const { data, ...rest } = make();
    const list = [...data];
    for await (const { step } of train({ ...rest, data: list, checkpoints })) if (step === 2) break;
    const again = make();
    const run = async () => {
      for await (const _ of train({ ...again, data: list.slice(0, 1), checkpoints }));
    };
    await expect(run()).rejects.toThrowErrorMatchingInlineSnapshot(
      `[ArgumentError: train: expected data with the 2 batches that were seen before, got 1]`,
    );
  });

  it("names parts whose state cannot be known, and names that are taken", async () => {
    const checkpoints = memoryStore();
    const run = make();
    const { parameters } = run.optimizer;
    const stateless = { parameters, step: () => {}, zeroGrad: () => {} };
    await expect(
      fit({ ...run, optimizer: stateless, checkpoints }),
    ).rejects.toThrowErrorMatchingInlineSnapshot(
      `[ArgumentError: train: expected of optimizer a state, for checkpoints, got Object]`,
    );
    await expect(fit({ ...run, scheduler: { step() {} }, checkpoints })).rejects.toThrow(
      /of scheduler a state/,
    );
    const parts = { model: run.model };
    await expect(fit({ ...run, parts, checkpoints })).rejects.toThrowErrorMatchingInlineSnapshot(
      `[ArgumentError: train: expected parts of other names than run, history, optimizer, model, data, got "model"]`,
    );
  });
});

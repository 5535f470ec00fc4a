import { ArgumentError, Generator, parameter, randn, type Tensor, tensor } from "@isograd/autograd";
import {
  Adam,
  adam,
  BatchNorm1d,
  captureCheckpoint,
  chain,
  clipByGlobalNorm,
  clipByPercentile,
  Dropout,
  decodeSafetensors,
  encodeSafetensors,
  GradientDescent,
  type GradientTransform,
  LBFGS,
  Linear,
  lookahead,
  Optimizer,
  ReduceLROnPlateau,
  restoreCheckpoint,
  SAM,
  type Safetensors,
  Scheduler,
  Sequential,
  SGD,
  setSeed,
  sgd,
  stepLR,
  WeightAverage,
} from "@isograd/nn";
import fc from "fast-check";
import { describe, expect, it } from "vitest";

/** As it comes from a file. */
const throughBytes = ({ tensors, metadata }: Safetensors): Safetensors =>
  decodeSafetensors(encodeSafetensors(tensors, metadata));

const x = randn(new Generator(1), [4, 2]);

function make() {
  setSeed(1);
  const model = new Sequential([
    new Linear({ inFeatures: 2, outFeatures: 3 }),
    new BatchNorm1d({ numFeatures: 3 }),
    new Dropout({ probability: 0.5 }),
  ]);
  const free = parameter([1, 2]);
  const pair = [parameter([1]), tensor([2], { dtype: "f64" })] as const;
  return { model, free, pair, generator: new Generator("g"), counter: { state: { count: 0 } } };
}

describe("captureCheckpoint and restoreCheckpoint", () => {
  it("put models, tensors, generators and states where they were, in what is made anew", () => {
    const [first, second] = [make(), make()];
    first.model.call(x);
    first.free.assign(tensor([5, 6]));
    first.pair[1].assign(tensor([Math.PI], { dtype: "f64" }));
    first.generator.normal();
    first.counter.state.count = 7;
    const captured = throughBytes(captureCheckpoint(first));
    expect(Object.keys(captured.tensors).sort()).toMatchInlineSnapshot(`
      [
        "free",
        "model.layers.0.bias",
        "model.layers.0.weight",
        "model.layers.1.batchesTracked",
        "model.layers.1.bias",
        "model.layers.1.runningMean",
        "model.layers.1.runningVariance",
        "model.layers.1.weight",
        "pair.0",
        "pair.1",
      ]
    `);
    restoreCheckpoint(second, captured);
    expect(second.free.toArray()).toEqual([5, 6]);
    expect(second.free.requiresGrad).toBe(true);
    expect(second.pair[1].item()).toBe(Math.PI);
    expect(second.counter.state).toEqual({ count: 7 });
    expect(second.generator.normal()).toBe(first.generator.normal());
    expect(second.model.call(x).toArray()).toEqual(first.model.call(x).toArray());
  });

  it("hold what was captured, whatever becomes of the parts", () => {
    const parts = make();
    const captured = captureCheckpoint(parts);
    const before = encodeSafetensors(captured.tensors, captured.metadata);
    const optimizer = new Adam(parts.model.parameters());
    for (const p of optimizer.parameters) p.grad = p.detach();
    optimizer.step();
    parts.counter.state.count++;
    parts.model.call(x);
    expect(encodeSafetensors(captured.tensors, captured.metadata)).toEqual(before);
    restoreCheckpoint(parts, captured);
    expect(captureCheckpoint(parts)).toEqual(captured);
  });

  it("know what is frozen and what is in evaluation mode", () => {
    const [first, second] = [make(), make()];
    const [linear, norm] = first.model.layers as unknown as [Linear, BatchNorm1d];
    linear.freeze();
    norm.eval();
    (second.model.layers[2] as Dropout).eval();
    (second.model.layers[1] as unknown as BatchNorm1d).freeze();
    restoreCheckpoint({ model: second.model }, throughBytes(captureCheckpoint({ model: first.model })));
    const modes = (model: Sequential) => model.modules().map(({ training }) => training);
    const trained = (model: Sequential) => model.namedParameters().map(({ tensor }) => tensor.requiresGrad);
    expect(modes(second.model)).toEqual([true, true, false, true]);
    expect(trained(second.model)).toEqual([false, false, true, true]);
  });

  it("leave alone what else a file holds", () => {
    const parts = make();
    const { tensors, metadata } = captureCheckpoint(parts);
    const file = { tensors: { ...tensors, extra: x }, metadata: { ...metadata, note: "mine" } };
    expect(() => restoreCheckpoint(parts, throughBytes(file))).not.toThrow();
  });

  it("tell whichever byte of a file is damaged", () => {
    const parts = make();
    const before = captureCheckpoint(parts);
    const { tensors, metadata } = before;
    const bytes = encodeSafetensors(tensors, metadata);
    fc.assert(
      fc.property(fc.nat(bytes.length - 1), fc.integer({ min: 1, max: 255 }), (place, change) => {
        const damaged = bytes.slice();
        damaged[place] ^= change;
        expect(() => restoreCheckpoint(parts, decodeSafetensors(damaged))).toThrow(/expected/);
      }),
    );
    expect(captureCheckpoint(parts)).toEqual(before);
    bytes[bytes.length - 1] ^= 1;
    expect(() => restoreCheckpoint(parts, decodeSafetensors(bytes))).toThrowErrorMatchingInlineSnapshot(
      `[ArgumentError: restoreCheckpoint: expected a whole checkpoint, with the digest b636ff4c, got "1736ff4c"]`,
    );
    expect(() => restoreCheckpoint(parts, { tensors, metadata: {} })).toThrowErrorMatchingInlineSnapshot(
      `[ArgumentError: restoreCheckpoint: expected a checkpoint, with a list of its parts, got []]`,
    );
  });

  it("list everything that differs, and change nothing", () => {
    const { tensors, metadata } = captureCheckpoint(make());
    const other = {
      ...make(),
      model: new Sequential([new Linear({ inFeatures: 2, outFeatures: 3, dtype: "f64" }), new Dropout()]),
      free: parameter([1, 2, 3]),
      pair: [parameter([1])],
      counter: tensor([1]),
      more: { state: 1 },
    };
    const before = captureCheckpoint(other);
    expect(() => restoreCheckpoint(other, { tensors, metadata })).toThrowErrorMatchingInlineSnapshot(
      `[CheckpointError: restoreCheckpoint: expected a checkpoint of the same parts; the checkpoint has no more; model: layers.0.weight is f64, in the checkpoint f32; model: layers.0.bias is f64, in the checkpoint f32; model: generators at [layers.1.generator], in the checkpoint at [layers.2.generator]; model: unexpected: layers.1.weight, layers.1.bias, layers.1.runningMean, layers.1.runningVariance, layers.1.batchesTracked; free: is f32 [3], in the checkpoint f32 [2]; pair: tensor 1 is nothing, in the checkpoint f64 [1]; counter: a tensor, in the checkpoint a state]`,
    );
    expect(captureCheckpoint(other)).toEqual(before);
  });

  it("put back what was assigned already where a later part refuses its state", () => {
    const [first, second] = [make(), make()];
    first.generator.normal();
    const refusing = {
      held: 3,
      get state(): number {
        return this.held;
      },
      set state(state: number) {
        this.held = state;
        if (state === 3) throw new ArgumentError("held", "expected another number", state);
      },
    };
    const captured = captureCheckpoint({ generator: first.generator, model: first.model, refusing });
    refusing.held = 4;
    const parts = { generator: second.generator, model: second.model, refusing };
    const before = captureCheckpoint(parts);
    expect(() => restoreCheckpoint(parts, captured)).toThrowErrorMatchingInlineSnapshot(
      `[CheckpointError: restoreCheckpoint: expected a checkpoint of the same parts; refusing: held: expected another number, got 3]`,
    );
    expect(captureCheckpoint(parts)).toEqual(before);
  });

  it("refuse what is no part", () => {
    expect(() => captureCheckpoint({ "a.b": x })).toThrowErrorMatchingInlineSnapshot(
      `[ArgumentError: captureCheckpoint: expected names of parts without dots and without __ before them, got "a.b"]`,
    );
    expect(() =>
      captureCheckpoint({ step: (() => 1) as unknown as Tensor }),
    ).toThrowErrorMatchingInlineSnapshot(
      `[ArgumentError: captureCheckpoint: expected a module, tensors or something with a state as step, got () => 1]`,
    );
    expect(() => captureCheckpoint({ step: { state: () => 1 } })).toThrow(/expected plain data at "step"/);
  });
});

describe("a state that is assigned", () => {
  const weights = (): Tensor[] => [parameter([[1, 2]]), parameter([3])];
  const stepped = (transform: GradientTransform, parameters = weights()): Optimizer => {
    const optimizer = new Optimizer(parameters, transform);
    for (const p of parameters) p.grad = p.detach();
    optimizer.step();
    return optimizer;
  };
  const refusal = (to: { state: unknown }, state: unknown): string => {
    const before = structuredClone(to.state);
    try {
      to.state = state;
    } catch (error) {
      expect(to.state).toEqual(before);
      return (error as Error).message;
    }
    return "";
  };

  it("is refused by optimizers that it is not of", () => {
    const plain = new Optimizer(weights(), adam());
    expect(refusal(plain, stepped(adam()).state)).toBe("");
    expect(refusal(plain, stepped(sgd({ learningRate: 1 })).state)).toMatchInlineSnapshot(
      `"Optimizer: expected the keys learningRate, memory, momentum at state, got "learningRate, memory""`,
    );
    expect(refusal(plain, stepped(adam(), weights().slice(0, 1)).state)).toMatchInlineSnapshot(
      `"Optimizer: expected a list of 2 at state.memory, got "a list of 1""`,
    );
    expect(refusal(plain, stepped(adam(), weights().reverse()).state)).toMatchInlineSnapshot(
      `"Optimizer: expected 2 numbers at state.memory.0.square, got "a Float32Array of 1""`,
    );
    expect(refusal(plain, stepped(chain(clipByGlobalNorm(1), adam())).state)).toMatchInlineSnapshot(
      `"Optimizer: expected an object at state, got "a list of 2""`,
    );
    const slow = new Optimizer(weights(), lookahead(adam()));
    expect(refusal(slow, stepped(lookahead(adam())).state)).toBe("");
    expect(refusal(slow, stepped(lookahead(adam()), weights().reverse()).state)).toMatchInlineSnapshot(
      `"Optimizer: expected a Float32Array of 1 at state.1.slow.1, got "a Float32Array of 2""`,
    );
    const groups = (learningRate: number) =>
      new SGD(
        weights().map((p) => ({ parameters: [p] })),
        { learningRate, momentum: 0.5 },
      );
    expect(refusal(groups(1), groups(2).state)).toBe("");
    expect(refusal(groups(1), [groups(2).state[0]])).toMatchInlineSnapshot(
      `"Optimizer: expected a list of 2 at state, got "a list of 1""`,
    );
    const sam = new SAM(new SGD(weights(), { learningRate: 1 }));
    expect(refusal(sam, stepped(adam()).state)).toMatch(/Optimizer: expected/);
  });

  it("may have grown, and may be anything where the transform is one's own", () => {
    const clipped = chain(clipByPercentile(), sgd({ learningRate: 1 }));
    const [fresh, used] = [new Optimizer(weights(), clipped), stepped(clipped)];
    expect(refusal(fresh, used.state)).toBe("");
    expect(refusal(used, new Optimizer(weights(), clipped).state)).toBe("");
    const own: GradientTransform<number[]> = { init: () => [1, 2], update: (gradients) => gradients };
    const opaque = new Optimizer(weights(), chain(own, sgd({ learningRate: 1 })));
    const rest = stepped(sgd({ learningRate: 1 })).state as unknown;
    expect(refusal(opaque, ["anything", rest])).toBe("");
    expect(refusal(opaque, ["anything", "else"])).toMatch(/expected something like/);
  });

  it("is refused by whatever else it is not of", () => {
    const lbfgs = new LBFGS(weights());
    lbfgs.step(() => parameter([1]));
    expect(refusal(new LBFGS(weights()), lbfgs.state)).toBe("");
    expect(refusal(lbfgs, new GradientDescent(weights()).state)).toMatchInlineSnapshot(
      `"LBFGS: expected the keys evaluations, history, iterations, last, learningRate, scale at state, got "learningRate""`,
    );
    const short = new LBFGS(weights());
    const vector = new Float64Array(2);
    const state = { ...lbfgs.state, last: { direction: vector, step: 1, gradient: vector } };
    expect(refusal(short, state)).toMatchInlineSnapshot(
      `"LBFGS: expected 3 numbers at state.last.gradient, got "a Float64Array of 2""`,
    );
    const average = new WeightAverage(weights());
    expect(refusal(average, new WeightAverage(weights()).state)).toBe("");
    expect(refusal(average, new WeightAverage(weights().reverse()).state)).toMatchInlineSnapshot(
      `"WeightAverage: expected a Float32Array of 1 at state.values.1, got "a Float32Array of 2""`,
    );
    const scheduler = new Scheduler(new SGD(weights(), { learningRate: 1 }), stepLR({ stepSize: 2 }));
    const two = new SGD(
      weights().map((p) => ({ parameters: [p] })),
      { learningRate: 1 },
    );
    expect(refusal(scheduler, new Scheduler(two, stepLR({ stepSize: 2 })).state)).toMatchInlineSnapshot(
      `"Scheduler: expected a list of 1 at state.learningRates, got "a list of 2""`,
    );
    const plateau = new ReduceLROnPlateau(two);
    expect(refusal(plateau, { ...plateau.state, best: 3 })).toBe("");
    expect(refusal(plateau, { best: 3, waited: 0 })).toMatchInlineSnapshot(
      `"ReduceLROnPlateau: expected the keys best, cooling, waited at state, got "best, waited""`,
    );
  });
});

import { readFileSync } from "node:fs";
import { add, full, parameter, prelu, relu, type Tensor, tensor } from "@isograd/autograd";
import {
  ActivationLayer,
  type AnyModule,
  BatchNorm1d,
  BatchNorm2d,
  fromPyTorchNames,
  GRU,
  GRUCell,
  InstanceNorm1d,
  LayerNorm,
  Linear,
  LSTM,
  LSTMCell,
  loadStateDict,
  Module,
  MultiheadAttention,
  PReLU,
  pyTorchNames,
  RNN,
  Sequential,
  type StateDict,
  StateDictError,
  spectralNorm,
  stateDict,
  Transformer,
  TransformerEncoder,
  toPyTorchNames,
  weightNorm,
} from "@isograd/nn";
import { describe, expect, it } from "vitest";

const theirs: Readonly<Record<string, Readonly<Record<string, number[]>>>> = JSON.parse(
  readFileSync(new URL("../reference/names.json", import.meta.url), "utf8"),
);

const linear = (inFeatures: number, outFeatures: number) => new Linear({ inFeatures, outFeatures });
const sizes = { inputSize: 2, hiddenSize: 3 };
const small = { dModel: 4, nhead: 2, dimFeedforward: 6 };

/** The layers of the reference file. */
const ours: Readonly<Record<string, () => AnyModule>> = {
  BatchNorm1d: () => new BatchNorm1d({ numFeatures: 3 }),
  BatchNorm2d: () => new BatchNorm2d({ numFeatures: 3, affine: false }),
  InstanceNorm1d: () => new InstanceNorm1d({ numFeatures: 3, affine: true, trackRunningStats: true }),
  PReLU: () => new PReLU(),
  LSTM: () => new LSTM({ ...sizes, numLayers: 2, bidirectional: true, projSize: 2 }) as AnyModule,
  GRU: () => new GRU({ ...sizes, bidirectional: true }) as AnyModule,
  RNN: () => new RNN({ ...sizes, numLayers: 2, bias: false }) as AnyModule,
  LSTMCell: () => new LSTMCell(sizes) as AnyModule,
  GRUCell: () => new GRUCell(sizes) as AnyModule,
  MultiheadAttention: () => new MultiheadAttention({ embedDim: 4, numHeads: 2 }) as AnyModule,
  "MultiheadAttention of three": () =>
    new MultiheadAttention({ embedDim: 4, numHeads: 2, kdim: 3, vdim: 5, addBiasKv: true }) as AnyModule,
  TransformerEncoder: () =>
    new TransformerEncoder({
      ...small,
      numLayers: 2,
      norm: new LayerNorm({ normalizedShape: 4 }),
    }) as AnyModule,
  Transformer: () => new Transformer({ ...small, numEncoderLayers: 1, numDecoderLayers: 1 }) as AnyModule,
  Sequential: () =>
    new Sequential([
      linear(2, 3),
      relu,
      new Sequential([linear(3, 3), new BatchNorm1d({ numFeatures: 3 })]),
      new ActivationLayer(prelu),
    ]),
  weight_norm: () => new Sequential([weightNorm(linear(2, 3))]),
  "weight_norm of LSTM": () => {
    const lstm = new LSTM(sizes);
    weightNorm(lstm.layers[0].forward, { name: "hiddenWeight" });
    return lstm as AnyModule;
  },
  spectral_norm: () => new Sequential([spectralNorm(linear(2, 3))]),
  "parametrizations.spectral_norm": () => new Sequential([spectralNorm(linear(2, 3))]),
};

/** A state of these shapes, each tensor filled with a number of its own. */
function numbered(shapes: Readonly<Record<string, number[]>>): StateDict {
  return Object.fromEntries(
    Object.entries(shapes).map(([name, shape], k) => {
      return [name, full(shape, k, name.endsWith("num_batches_tracked") ? "i32" : "f32")];
    }),
  );
}

const shapesOf = (state: StateDict) =>
  Object.fromEntries(Object.entries(state).map(([name, { shape }]) => [name, [...shape]]));

describe("names of PyTorch", () => {
  it("knows a layer for each in the reference file", () => {
    expect(Object.keys(ours)).toEqual(Object.keys(theirs));
  });

  for (const [name, shapes] of Object.entries(theirs)) {
    it(`loads and saves a state of ${name}`, () => {
      const module = ours[name]();
      const state = numbered(shapes);
      loadStateDict(module, fromPyTorchNames(module, state));
      const found = toPyTorchNames(module, stateDict(module));
      if (name === "parametrizations.spectral_norm") {
        expect(shapesOf(found)).toEqual(theirs.spectral_norm);
        return;
      }
      expect(shapesOf(found)).toEqual(shapes);
      for (const [key, value] of Object.entries(state))
        expect(found[key].toArray(), key).toEqual(value.toArray());
    });
  }

  it("reads the parts of weight normalisation by their newer names, and a weight that is whole", () => {
    const module = new Sequential([weightNorm(linear(1, 2))]);
    const newer = {
      "0.bias": tensor([0, 0]),
      "0.parametrizations.weight.original0": tensor([[1], [2]]),
      "0.parametrizations.weight.original1": tensor([[3], [-4]]),
    };
    loadStateDict(module, fromPyTorchNames(module, newer));
    expect(module.call(tensor([[1]])).toArray()).toEqual([[1, -2]]);
    loadStateDict(
      module,
      fromPyTorchNames(module, { "0.bias": tensor([0, 0]), "0.weight": tensor([[5], [6]]) }),
    );
    expect(module.call(tensor([[1]])).toArray()).toEqual([[5, 6]]);
  });

  class Tied extends Module {
    readonly tokenTable = linear(2, 2);
    readonly blockList = [linear(2, 2), this.tokenTable];
    readonly outputHead = { weight: this.tokenTable.weight };
    forward(x: Tensor): Tensor {
      return add(x, 1);
    }
  }

  it("spells names of one's own with _ between words, and finds what is shared by any name", () => {
    const module = new Tied();
    expect(pyTorchNames(module)).toMatchInlineSnapshot(`
      {
        "blockList.0.bias": [
          "block_list.0.bias",
        ],
        "blockList.0.weight": [
          "block_list.0.weight",
        ],
        "outputHead.weight": [
          "output_head.weight",
        ],
        "tokenTable.bias": [
          "token_table.bias",
        ],
      }
    `);
    const state = numbered({
      "block_list.1.weight": [2, 2],
      "token_table.bias": [2],
      "block_list.0.weight": [2, 2],
      "block_list.0.bias": [2],
    });
    loadStateDict(module, fromPyTorchNames(module, state));
    expect(module.tokenTable.bias?.toArray()).toEqual([1, 1]);
    expect(module.blockList[0].weight.toArray()).toEqual([[2, 2], [2, 2]]); // biome-ignore format: two rows
  });

  it("splits words behind digits, and leaves capitals alone that begin a name", () => {
    class Named extends Module {
      readonly W = parameter([1]);
      readonly conv1Out = { qkvB: parameter([1]) };
      forward(x: Tensor): Tensor {
        return x;
      }
    }
    expect(Object.values(pyTorchNames(new Named())).flat()).toEqual(["W", "conv1_out.qkv_b"]);
  });

  it("takes names for classes of one's own", () => {
    const names = [{ layer: Tied, names: [[/^tokenTable\.(.+)$/, "wte.$1", "embedding.$1"], [/^outputHead\.weight$/, "lm_head"]] }] as const; // biome-ignore format: one table
    const module = new Tied();
    expect(Object.keys(toPyTorchNames(module, stateDict(module), { names }))).toMatchInlineSnapshot(`
      [
        "lm_head",
        "wte.bias",
        "block_list.0.weight",
        "block_list.0.bias",
      ]
    `);
    const read = fromPyTorchNames(
      module,
      { "embedding.bias": tensor([1, 2]), other: tensor([3]) },
      { names },
    );
    expect(Object.keys(read)).toEqual(["tokenTable.bias", "other"]);
  });

  it("leaves to loading what has no place, and refuses names that two tensors would have", () => {
    const layer = linear(1, 1);
    expect(() => loadStateDict(layer, fromPyTorchNames(layer, { weigth: tensor([[1]]) }))).toThrow(
      StateDictError,
    );
    const both = {
      "0.bias": tensor([1]),
      "0.weight_g": tensor([[1]]),
      "0.parametrizations.weight.original0": tensor([[2]]),
    };
    const module = new Sequential([weightNorm(linear(1, 1))]);
    expect(() => fromPyTorchNames(module, both)).toThrowErrorMatchingInlineSnapshot(
      `[ArgumentError: fromPyTorchNames: expected each tensor under one of its names, got "layers.0.parametrizations.weight.g"]`,
    );
    class Twins extends Module {
      readonly layerA = linear(1, 1);
      readonly layer_a = linear(1, 1);
      forward(x: Tensor): Tensor {
        return x;
      }
    }
    expect(() => pyTorchNames(new Twins())).toThrowErrorMatchingInlineSnapshot(
      `[ArgumentError: pyTorchNames: expected no two tensors of one name in PyTorch, layerA.weight has it, too, got "layer_a.weight"]`,
    );
  });
});

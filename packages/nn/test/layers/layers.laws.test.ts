import {
  add,
  assertGradients,
  backward,
  cast,
  Generator,
  grad,
  leavesOf,
  mul,
  narrow,
  prelu,
  randn,
  relu,
  softmax,
  square,
  sum,
  type Tensor,
  tanh,
  tensor,
} from "@isograd/autograd";
import * as nn from "@isograd/nn";
import {
  ActivationLayer,
  BatchNorm1d,
  BatchNorm2d,
  BatchNorm3d,
  Bilinear,
  Conv2d,
  captureCheckpoint,
  Dropout,
  decodeSafetensors,
  Embedding,
  EmbeddingBag,
  encodeSafetensors,
  Flatten,
  fromPyTorchNames,
  GRU,
  GroupNorm,
  InstanceNorm1d,
  InstanceNorm2d,
  InstanceNorm3d,
  initialize,
  LayerNorm,
  LearnedPositions,
  Linear,
  LocalResponseNorm,
  LSTM,
  loadStateDict,
  MaxPool2d,
  Module,
  MultiheadAttention,
  Parametrization,
  PReLU,
  Residual,
  RMSNorm,
  RNN,
  RNNCell,
  RotaryEmbedding,
  restoreCheckpoint,
  Sequential,
  SinusoidalPositions,
  setSeed,
  stateDict,
  summary,
  Transformer,
  TransformerDecoder,
  TransformerEncoder,
  toPyTorchNames,
  weightNorm,
} from "@isograd/nn";
import { describe, expect, it } from "vitest";
import { pointwiseLayers } from "./table/pointwise.ts";
import { Applied, type LayerRow } from "./table/row.ts";
import { spatialLayers } from "./table/spatial.ts";

const linear = () => new Linear({ inFeatures: 3, outFeatures: 2, dtype: "f64" });
const square3 = () => new Linear({ inFeatures: 3, outFeatures: 3, dtype: "f64" });
const conv = () => new Conv2d({ inChannels: 2, outChannels: 4, kernelSize: 2, groups: 2, dtype: "f64" });

/** Added to what is looked up, so that there is something of the input's shape to differentiate to. */
const looked = <L extends Embedding | EmbeddingBag>(layer: L): Module =>
  new Applied(layer as Embedding, (table, x) =>
    add(
      x,
      table.call(
        tensor(
          [
            [0, 2],
            [2, 3],
            [3, 2],
          ],
          { dtype: "i32" },
        ),
      ),
    ),
  );

const transformer = { dModel: 2, nhead: 2, dimFeedforward: 2, layerNormEps: 0.1, dtype: "f64" } as const;
const attentionNames = "inProjWeight inProjBias outProj.weight outProj.bias";
const encoderNames = (layer: string): string =>
  [
    ...attentionNames.split(" ").map((name) => `selfAttn.${name}`),
    ...["linear1", "linear2", "norm1", "norm2"].flatMap((name) => [`${name}.weight`, `${name}.bias`]),
  ]
    .map((name) => `${layer}.${name}`)
    .join(" ");
const decoderNames = (layer: string): string =>
  [
    ...["selfAttn", "multiheadAttn"].flatMap((part) =>
      attentionNames.split(" ").map((name) => `${part}.${name}`),
    ),
    ...["linear1", "linear2", "norm1", "norm2", "norm3"].flatMap((name) => [
      `${name}.weight`,
      `${name}.bias`,
    ]),
  ]
    .map((name) => `${layer}.${name}`)
    .join(" ");

/** Every layer, what it takes, and the names of what it learns and remembers. */
const table: readonly LayerRow[] = [
  ["Linear", linear, [4, 3], "weight bias", ""],
  ["Linear, three axes", linear, [2, 2, 3], "weight bias", ""],
  [
    "Linear without bias",
    () => new Linear({ inFeatures: 3, outFeatures: 2, bias: false, dtype: "f64" }),
    [4, 3],
    "weight",
    "",
  ],
  ["Conv2d", conv, [2, 2, 3, 3], "weight bias", ""],
  ["MaxPool2d", () => new MaxPool2d({ kernelSize: 2 }), [2, 1, 4, 4], "", ""],
  ["Flatten", () => new Flatten(), [2, 2, 2], "", ""],
  ["LayerNorm", () => new LayerNorm({ normalizedShape: 3, dtype: "f64" }), [4, 3], "weight bias", ""],
  [
    "BatchNorm1d",
    () => new BatchNorm1d({ numFeatures: 3, dtype: "f64" }),
    [4, 3],
    "weight bias",
    "runningMean runningVariance batchesTracked",
  ],
  [
    "BatchNorm2d",
    () => new BatchNorm2d({ numFeatures: 2, affine: false, dtype: "f64" }),
    [2, 2, 2, 2],
    "",
    "runningMean runningVariance batchesTracked",
  ],
  [
    "BatchNorm3d",
    () => new BatchNorm3d({ numFeatures: 2, dtype: "f64", trackRunningStats: false }),
    [2, 2, 1, 2, 2],
    "weight bias",
    "",
  ],
  [
    "GroupNorm",
    () => new GroupNorm({ numGroups: 2, numChannels: 4, dtype: "f64" }),
    [2, 4, 2],
    "weight bias",
    "",
  ],
  ["InstanceNorm1d", () => new InstanceNorm1d({ numFeatures: 2 }), [2, 2, 3], "", ""],
  [
    "InstanceNorm2d",
    () => new InstanceNorm2d({ numFeatures: 2, affine: true, trackRunningStats: true, dtype: "f64" }),
    [2, 2, 2, 2],
    "weight bias",
    "runningMean runningVariance batchesTracked",
  ],
  ["RMSNorm", () => new RMSNorm({ normalizedShape: [2, 3], dtype: "f64" }), [2, 2, 3], "weight", ""],
  ["LocalResponseNorm", () => new LocalResponseNorm({ size: 3, alpha: 0.5 }), [2, 4, 2], "", ""],
  ["PReLU", () => new PReLU({ numParameters: 3, dtype: "f64" }), [4, 3], "weight", ""],
  [
    "Bilinear",
    () =>
      new Applied(
        new Bilinear({ in1Features: 3, in2Features: 3, outFeatures: 2, dtype: "f64" }),
        (layer, x) => layer.call(x, tanh(x)),
      ),
    [4, 3],
    "layer.weight layer.bias",
    "",
  ],
  [
    "Embedding",
    () => looked(new Embedding({ numEmbeddings: 4, embeddingDim: 3, dtype: "f64" })),
    [3, 2, 3],
    "layer.weight",
    "",
  ],
  [
    "EmbeddingBag",
    () => looked(new EmbeddingBag({ numEmbeddings: 4, embeddingDim: 3, dtype: "f64" })),
    [3, 3],
    "layer.weight",
    "",
  ],
  [
    "LearnedPositions",
    () => new LearnedPositions({ maxLength: 4, features: 3, dtype: "f64" }),
    [2, 2, 3],
    "weight",
    "",
  ],
  ["SinusoidalPositions", () => new SinusoidalPositions({ features: 3 }), [2, 2, 3], "", ""],
  ["RotaryEmbedding", () => new RotaryEmbedding({ features: 4 }), [2, 3, 4], "", ""],
  [
    "MultiheadAttention",
    () =>
      new Applied(
        new MultiheadAttention({
          embedDim: 4,
          numHeads: 2,
          addBiasKv: true,
          dtype: "f64",
          rotary: new RotaryEmbedding({ features: 2 }),
        }),
        (layer, x) => layer.call(x, x, x, { causal: true }).output,
      ),
    [2, 2, 4],
    "layer.inProjWeight layer.inProjBias layer.biasK layer.biasV layer.outProj.weight layer.outProj.bias",
    "",
  ],
  [
    "MultiheadAttention of several sizes",
    () =>
      new Applied(
        new MultiheadAttention({
          embedDim: 4,
          numHeads: 2,
          vdim: 3,
          bias: false,
          addZeroAttn: true,
          dtype: "f64",
        }),
        (layer, x) => layer.call(x, x, narrow(x, -1, 0, 3)).output,
      ),
    [2, 1, 4],
    "layer.qProjWeight layer.kProjWeight layer.vProjWeight layer.outProj.weight",
    "",
  ],
  [
    "TransformerEncoder",
    () => new TransformerEncoder({ ...transformer, numLayers: 2, dropout: 0, activation: tanh }),
    [2, 1, 2],
    `${encoderNames("layers.0")} ${encoderNames("layers.1")}`,
    "",
  ],
  [
    "TransformerDecoder",
    () =>
      new Applied(
        new TransformerDecoder({
          ...transformer,
          numLayers: 1,
          normFirst: true,
          dropout: 0,
          activation: tanh,
          norm: new LayerNorm({ normalizedShape: 2, dtype: "f64" }),
        }),
        (layer, x) => layer.call(x, tanh(x), { tgtCausal: true }),
      ),
    [2, 1, 2],
    `${decoderNames("layer.layers.0")} layer.norm.weight layer.norm.bias`,
    "",
  ],
  ["Dropout", () => new Dropout(), [4, 3], "", "", { random: true }],
  ["ActivationLayer of tanh", () => new ActivationLayer(tanh), [4, 3], "", ""],
  [
    "ActivationLayer of prelu",
    () => new ActivationLayer(prelu, { channels: 3, dtype: "f64" }),
    [4, 3],
    "coefficients.slope",
    "",
  ],
  ["ActivationLayer of softmax", () => new ActivationLayer(softmax), [4, 3], "", ""],
  [
    "Sequential",
    () =>
      new Sequential([
        linear(),
        relu,
        new Sequential([new Linear({ inFeatures: 2, outFeatures: 1, dtype: "f64" })]),
      ]),
    [4, 3],
    "layers.0.weight layers.0.bias layers.2.layers.0.weight layers.2.layers.0.bias",
    "",
  ],
  [
    "Residual",
    () => new Residual({ inner: linear(), projection: linear(), scale: 0.5 }),
    [4, 3],
    "inner.weight inner.bias projection.weight projection.bias",
    "",
  ],
  [
    "weightNorm(Linear)",
    () => weightNorm(square3()),
    [4, 3],
    "bias parametrizations.weight.g parametrizations.weight.v",
    "",
  ],
  [
    "RNNCell",
    () => new RNNCell({ inputSize: 3, hiddenSize: 2, dtype: "f64" }),
    [2, 3],
    "inputWeight hiddenWeight inputBias hiddenBias",
    "",
  ],
  [
    "RNN",
    () => new Shown(new RNN({ inputSize: 2, hiddenSize: 2, dtype: "f64" })),
    [2, 2, 2],
    ["inputWeight", "hiddenWeight", "inputBias", "hiddenBias"]
      .map((name) => `inner.layers.0.forward.${name}`)
      .join(" "),
    "",
  ],
  [
    "InstanceNorm3d",
    () => new InstanceNorm3d({ numFeatures: 2, affine: true, dtype: "f64" }),
    [1, 2, 2, 1, 2],
    "weight bias",
    "",
  ],
  [
    "GRU without bias",
    () => new Shown(new GRU({ inputSize: 2, hiddenSize: 2, bias: false, dtype: "f64" })),
    [3, 2, 2],
    "inner.layers.0.forward.inputWeight inner.layers.0.forward.hiddenWeight",
    "",
  ],
  [
    "LSTM in both directions",
    () =>
      new Shown(new LSTM({ inputSize: 2, hiddenSize: 2, projSize: 1, bidirectional: true, dtype: "f64" })),
    [2, 1, 2],
    ["forward", "reverse"]
      .flatMap((direction) =>
        ["inputWeight", "hiddenWeight", "inputBias", "hiddenBias", "projection"].map(
          (name) => `inner.layers.0.${direction}.${name}`,
        ),
      )
      .join(" "),
    "",
  ],
];

/** How far values lie apart, in shares of the larger ones. */
function largestDifference(a: Tensor, b: Tensor): number {
  const expected = [...b.values()];
  const errors = [...a.values()].map((value, k) => Math.abs(value - expected[k]) / (1 + Math.abs(value)));
  return Math.max(...errors);
}

/** What a recurrent layer shows, as the output of a module. */
class Shown extends Module {
  constructor(readonly inner: GRU | LSTM | RNN) {
    super();
  }

  forward(x: Tensor): Tensor {
    return this.inner.call(x).output;
  }
}

const layers = [...table, ...spatialLayers, ...pointwiseLayers];

describe.each(layers)("%s", (name, make, shape, parameters, buffers, { output, random = false } = {}) => {
  const draw = (): Tensor => randn(new Generator(name), shape, "f64");
  const build = (): Module => {
    setSeed(name);
    return make();
  };
  const values = (module: Module): number[][] => leavesOf(module).map(({ tensor }) => [...tensor.values()]);

  it("names what it learns and remembers", () => {
    const layer = build();
    expect(
      layer
        .namedParameters()
        .map(({ path }) => path)
        .join(" "),
    ).toBe(parameters);
    expect(
      layer
        .namedBuffers()
        .map(({ path }) => path)
        .join(" "),
    ).toBe(buffers);
    expect(layer.parameters().every(({ requiresGrad }) => requiresGrad)).toBe(true);
  });

  it("has right gradients in evaluation, to its input and to all it learns, twice", () => {
    const layer = build().eval();
    assertGradients((x: Tensor) => layer.call(x), draw(), { parameters: layer });
  });

  // Random masks differ from call to call, so that differences of values say nothing about them.
  if (!random) {
    it("has right gradients in training", () => {
      const layer = build();
      assertGradients((x: Tensor) => layer.call(x), draw(), { parameters: layer });
    });
  }

  if (output !== undefined) {
    it("gives what has the shape that it says, and sums up its parameters", () => {
      expect(build().call(draw()).shape).toEqual(output);
      const { rows, parameters: count } = summary(build(), [...shape]);
      expect(rows[0].outputShapes).toEqual([output]);
      expect(count).toBe(
        build()
          .parameters()
          .reduce((size, tensor) => size + tensor.size, 0),
      );
    });
  }

  it("does the same at each call in evaluation", () => {
    const layer = build().eval();
    const before = values(layer);
    expect(layer.call(draw()).toArray()).toEqual(layer.call(draw()).toArray());
    expect(values(layer)).toEqual(before);
  });

  if (parameters === "" && buffers === "") {
    it("computes in the element type of its input", () => {
      const layer = build().eval();
      const [single, double] = [layer.call(cast(draw(), "f32")), layer.call(draw())];
      expect([single.dtype, double.dtype]).toEqual(["f32", "f64"]);
      expect(largestDifference(single, double)).toBeLessThan(1e-5);
    });
  }

  it("is the same for the same seed", () => {
    expect(values(build())).toEqual(values(build()));
  });

  it("begins anew from seed and path alone", () => {
    const [layer, other] = [build(), make()];
    layer.call(draw());
    initialize(layer, { seed: 5 });
    initialize(other, { seed: 5 });
    expect(values(layer)).toEqual(values(other));
  });

  it("is copied with all it holds, and the copy goes its own way", () => {
    const layer = build();
    const copy = layer.clone();
    expect(copy).toBeInstanceOf(Object.getPrototypeOf(layer).constructor);
    expect(
      copy
        .namedParameters()
        .map(({ path }) => path)
        .join(" "),
    ).toBe(parameters);
    expect(copy.call(draw()).toArray()).toEqual(layer.call(draw()).toArray());
    const before = values(layer);
    for (const tensor of copy.parameters()) tensor.assign(mul(tensor.detach(), 2));
    copy.call(draw());
    expect(values(layer)).toEqual(before);
  });

  it("is saved and loaded, by its names and by PyTorch's", () => {
    const [layer, own, theirs] = [build(), make(), make()];
    layer.call(draw());
    const state = stateDict(layer);
    loadStateDict(own, decodeSafetensors(encodeSafetensors(state)).tensors);
    loadStateDict(theirs, fromPyTorchNames(theirs, toPyTorchNames(layer, state)));
    const aim = layer.eval().call(draw()).toArray();
    for (const loaded of [own, theirs]) expect(loaded.eval().call(draw()).toArray()).toEqual(aim);
  });

  it("goes on from a checkpoint as it would have in training, draws included", () => {
    const [layer, own] = [build(), make()];
    layer.call(draw());
    const { tensors, metadata } = captureCheckpoint({ layer });
    restoreCheckpoint({ layer: own }, decodeSafetensors(encodeSafetensors(tensors, metadata)));
    expect(own.call(draw()).toArray()).toEqual(layer.call(draw()).toArray());
    expect(values(own)).toEqual(values(layer));
  });

  it("is a tree of tensors to which a transform can differentiate", () => {
    const layer = build().eval();
    const objective = (module: Module): Tensor => sum(square(module.call(draw())));
    if (layer.parameters().length === 0) return;
    backward(objective(layer));
    const gradient = grad(objective)(layer) as Module;
    const byTransform = new Map(leavesOf(gradient).map(({ path, tensor }) => [path, tensor.toArray()]));
    for (const { path, tensor } of layer.namedParameters())
      expect(byTransform.get(path)).toEqual(tensor.grad?.toArray());
  });
});

/** Held to laws of their own, or part of what stands in the table. */
const notInTable = new Set<unknown>([Transformer]);

it("holds every exported layer to these laws", () => {
  const held = new Set<unknown>(
    layers.flatMap(([, make]) =>
      make()
        .modules()
        .map((module) => module.constructor),
    ),
  );
  const missing = Object.entries(nn).filter(
    ([, exported]) =>
      typeof exported === "function" &&
      exported.prototype instanceof Module &&
      exported !== Parametrization &&
      !(exported.prototype instanceof Parametrization) &&
      !held.has(exported) &&
      !notInTable.has(exported),
  );
  expect(missing.map(([name]) => name)).toEqual([]);
});

import {
  assertGradients,
  backward,
  Generator,
  grad,
  leavesOf,
  mul,
  prelu,
  randn,
  relu,
  softmax,
  square,
  sum,
  type Tensor,
  tanh,
} from "@isograd/autograd";
import {
  ActivationLayer,
  BatchNorm1d,
  BatchNorm2d,
  Conv2d,
  Dropout,
  Flatten,
  GRU,
  initialize,
  LayerNorm,
  Linear,
  LSTM,
  MaxPool2d,
  Module,
  Residual,
  RNNCell,
  Sequential,
  setSeed,
  weightNorm,
} from "@isograd/nn";
import { describe, expect, it } from "vitest";

const linear = () => new Linear({ inFeatures: 3, outFeatures: 2, dtype: "f64" });
const square3 = () => new Linear({ inFeatures: 3, outFeatures: 3, dtype: "f64" });
const conv = () => new Conv2d({ inChannels: 2, outChannels: 4, kernelSize: 2, groups: 2, dtype: "f64" });

/** Every layer, what it takes, and the names of what it learns and remembers. */
const table: readonly [
  name: string,
  make: () => Module,
  shape: number[],
  parameters: string,
  buffers: string,
][] = [
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
  ["Dropout", () => new Dropout(), [4, 3], "", ""],
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

/** What a recurrent layer shows, as the output of a module. */
class Shown extends Module {
  constructor(readonly inner: GRU | LSTM) {
    super();
  }

  forward(x: Tensor): Tensor {
    return this.inner.call(x).output;
  }
}

describe.each(table)("%s", (name, make, shape, parameters, buffers) => {
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
  if (name !== "Dropout") {
    it("has right gradients in training", () => {
      const layer = build();
      assertGradients((x: Tensor) => layer.call(x), draw(), { parameters: layer });
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

import {
  add,
  concat,
  conv2d,
  convTranspose2d,
  type Generator,
  gelu,
  matmul,
  mean,
  mul,
  parameter,
  randn,
  relu,
  sigmoid,
  silu,
  square,
  type Tensor,
  tanh,
} from "@isograd/autograd";
import type { Batch, Loss, Model } from "@isograd/diagnostics";
import {
  ActivationLayer,
  AdaptiveAvgPool2d,
  AvgPool2d,
  BatchNorm1d,
  BatchNorm2d,
  Conv2d,
  ConvTranspose2d,
  Dropout,
  Flatten,
  GRU,
  GroupNorm,
  type Layer,
  LayerNorm,
  Linear,
  LSTM,
  MaxPool2d,
  mseLoss,
  Residual,
  RMSNorm,
  RNN,
  Sequential,
  TransformerEncoderLayer,
} from "@isograd/nn";
import { recurrent, residual, twoHeads, weightNormalised } from "../networks/structured.ts";

export interface Case {
  readonly model: Model;
  readonly batch: Batch;
  readonly loss: Loss;
}

/** What a family draws: width, depth and the like from `generator`. */
export interface Draw {
  readonly generator: Generator;
  readonly dtype: "f32" | "f64";
}

const between = (generator: Generator, low: number, high: number): number =>
  low + generator.integer(high - low + 1);

const oneOf = <T>(generator: Generator, choices: readonly T[]): T =>
  choices[generator.integer(choices.length)];

const activationOf = ({ generator, dtype }: Draw): Layer =>
  new ActivationLayer(oneOf(generator, [relu, tanh, sigmoid, gelu, silu]), { dtype });

function linear({ generator, dtype }: Draw, inFeatures: number, outFeatures: number): Linear {
  return new Linear({ inFeatures, outFeatures, dtype, generator });
}

const data = ({ generator, dtype }: Draw, ...shape: number[]): Tensor => randn(generator, shape, dtype);

/** The squared distance to random targets. */
function regression(draw: Draw, model: (x: Tensor) => Tensor, inputs: Tensor): Case {
  return { model, batch: { inputs, targets: data(draw, ...model(inputs).shape) }, loss: mseLoss };
}

const apart =
  (sequential: Sequential) =>
  (x: Tensor): Tensor =>
    sequential.call(x);

/** Rows through products with something between each of them. */
function rows(draw: Draw, behind: (width: number) => Layer[]): Case {
  const width = between(draw.generator, 4, 9);
  const depth = between(draw.generator, 2, 4);
  const layers = Array.from({ length: depth }, (_, k) => [
    linear(draw, k === 0 ? 5 : width, width),
    ...behind(width),
  ]);
  return regression(
    draw,
    apart(new Sequential([...layers.flat(), linear(draw, width, 3)])),
    data(draw, 6, 5),
  );
}

function convolutions(draw: Draw): Case {
  const { generator, dtype } = draw;
  const channels = [2, 4, 4, 6];
  const layers = channels.slice(1).flatMap((outChannels, k): Layer[] => [
    new Conv2d({
      inChannels: channels[k],
      outChannels,
      kernelSize: between(generator, 1, 3),
      stride: between(generator, 1, 2),
      padding: between(generator, 0, 2),
      dilation: between(generator, 1, 2),
      groups: oneOf(generator, [1, 2]),
      dtype,
      generator,
    }),
    ...oneOf<() => Layer[]>(generator, [
      () => [],
      () => [new BatchNorm2d({ numFeatures: outChannels, dtype })],
      () => [new GroupNorm({ numGroups: 2, numChannels: outChannels, dtype })],
    ])(),
    activationOf(draw),
  ]);
  return regression(draw, apart(new Sequential(layers)), data(draw, 3, 2, 17, 15));
}

function transposedConvolutions(draw: Draw): Case {
  const { generator, dtype } = draw;
  const layers = [3, 4, 2].flatMap((outChannels, k): Layer[] => [
    new ConvTranspose2d({
      inChannels: [2, 3, 4][k],
      outChannels,
      kernelSize: between(generator, 2, 3),
      stride: between(generator, 1, 2),
      padding: between(generator, 0, 1),
      dtype,
      generator,
    }),
    activationOf(draw),
  ]);
  return regression(draw, apart(new Sequential(layers)), data(draw, 3, 2, 5, 4));
}

/** Groups in both kinds of convolution, and no layer at all. */
function bareConvolutions(draw: Draw): Case {
  const first = parameter(data(draw, 4, 1, 3, 3));
  const second = parameter(data(draw, 4, 3, 3, 3));
  const model = (x: Tensor): Tensor =>
    convTranspose2d(tanh(conv2d(x, first, null, { groups: 2, stride: 2 })), second, null, {
      groups: 2,
      stride: 2,
    });
  return regression(draw, model, data(draw, 3, 2, 9, 8));
}

function pooled(draw: Draw): Case {
  const { generator, dtype } = draw;
  const pool = (): Layer =>
    oneOf<() => Layer>(generator, [
      () => new MaxPool2d({ kernelSize: 2 }),
      () => new AvgPool2d({ kernelSize: 2 }),
      () => new MaxPool2d({ kernelSize: 3, stride: 1 }),
      () => new AdaptiveAvgPool2d({ outputSize: 3 }),
    ])();
  const conv = (inChannels: number, outChannels: number): Layer =>
    new Conv2d({ inChannels, outChannels, kernelSize: 3, padding: 1, dtype, generator });
  const layers = [conv(2, 3), activationOf(draw), pool(), conv(3, 4), pool(), activationOf(draw)];
  const size = new Sequential(layers).call(data(draw, 1, 2, 10, 10)).size;
  return regression(
    draw,
    apart(new Sequential([...layers, new Flatten(), linear(draw, size, 3)])),
    data(draw, 3, 2, 10, 10),
  );
}

function residualBlocks(draw: Draw, post: boolean): Case {
  const { dtype } = draw;
  const width = between(draw.generator, 4, 8);
  const block = (): Layer[] => {
    const body = [linear(draw, width, width), activationOf(draw), linear(draw, width, width)];
    const norm = (): Layer =>
      oneOf(draw.generator, [
        new LayerNorm({ normalizedShape: width, dtype }),
        new RMSNorm({ normalizedShape: width, dtype }),
        new BatchNorm1d({ numFeatures: width, dtype }),
      ]);
    return post
      ? [new Residual({ inner: new Sequential(body) }), norm(), activationOf(draw)]
      : [new Residual({ inner: new Sequential([norm(), ...body]) })];
  };
  const layers = [linear(draw, 5, width), ...block(), ...block(), linear(draw, width, 2)];
  return regression(draw, apart(new Sequential(layers)), data(draw, 6, 5));
}

function transformer(draw: Draw): Case {
  const { generator, dtype } = draw;
  const layer = (): TransformerEncoderLayer =>
    new TransformerEncoderLayer({
      dModel: 8,
      nhead: 2,
      dimFeedforward: 12,
      dropout: 0,
      dtype,
      generator,
      normFirst: generator.integer(2) === 0,
    });
  const [first, second, head] = [layer(), layer(), linear(draw, 8, 3)];
  return regression(draw, (x) => head.call(second.call(first.call(x))), data(draw, 5, 3, 8));
}

function recurrences(draw: Draw): Case {
  const { generator, dtype } = draw;
  const options = {
    inputSize: 4,
    hiddenSize: between(generator, 3, 6),
    numLayers: between(generator, 1, 2),
    dtype,
    generator,
  };
  const layer = oneOf(generator, [() => new LSTM(options), () => new GRU(options), () => new RNN(options)])();
  return regression(draw, (x) => layer.call(x).output, data(draw, between(generator, 3, 5), 2, 4));
}

/** A cell written by hand: memory runs beside the gates. */
function memory(draw: Draw): Case {
  const width = 5;
  const [recurrent, input, gate] = [
    data(draw, width, width),
    data(draw, 4, width),
    data(draw, width, width),
  ].map((x) => parameter(mul(x, 0.5)));
  const model = (x: Tensor): Tensor => {
    let hidden = matmul(x, input);
    let cell = hidden;
    for (let t = 0; t < 4; t++) {
      const forget = sigmoid(matmul(hidden, gate));
      cell = add(mul(forget, cell), tanh(matmul(hidden, recurrent)));
      hidden = mul(forget, tanh(cell));
    }
    return hidden;
  };
  return regression(draw, model, data(draw, 6, 4));
}

/** Two heads and a skip by concatenation. */
function heads(draw: Draw): Case {
  const [stem, left, right, joint] = [
    linear(draw, 5, 6),
    linear(draw, 6, 4),
    linear(draw, 6, 3),
    linear(draw, 7, 2),
  ];
  const model = (x: Tensor): Tensor => {
    const trunk = tanh(stem.call(x));
    const both = concat([relu(left.call(trunk)), right.call(trunk)], 1);
    return add(joint.call(both), mean(square(right.call(trunk)), { axis: 1, keepDims: true }));
  };
  return regression(draw, model, data(draw, 6, 5));
}

/** Functions side by side without a layer in them. */
function sideBySide(draw: Draw): Case {
  const [first, second] = [linear(draw, 5, 6), linear(draw, 6, 4)];
  const model = (x: Tensor): Tensor => {
    const h = first.call(x);
    return second.call(mul(add(mul(h, sigmoid(h)), mul(3, tanh(h))), 0.25));
  };
  return regression(draw, model, data(draw, 6, 5));
}

const fixed =
  (make: (seed: string) => Case) =>
  ({ generator }: Draw): Case =>
    make(`${generator.integer(1e6)}`);

export const families: Readonly<Record<string, (draw: Draw) => Case>> = {
  plain: (draw) => rows(draw, () => [activationOf(draw)]),
  "without activation": (draw) => rows(draw, () => []),
  "batch norm": (draw) =>
    rows(draw, (numFeatures) => [new BatchNorm1d({ numFeatures, dtype: draw.dtype }), activationOf(draw)]),
  "layer norm": (draw) =>
    rows(draw, (normalizedShape) => [
      activationOf(draw),
      new LayerNorm({ normalizedShape, dtype: draw.dtype }),
    ]),
  "RMS norm": (draw) =>
    rows(draw, (normalizedShape) => [
      new RMSNorm({ normalizedShape, dtype: draw.dtype }),
      activationOf(draw),
    ]),
  dropout: (draw) =>
    rows(draw, () => [
      activationOf(draw),
      new Dropout({ probability: 0.3, generator: draw.generator.fork("dropout") }),
    ]),
  "two activations": (draw) => rows(draw, () => [activationOf(draw), activationOf(draw)]),
  convolutions,
  "transposed convolutions": transposedConvolutions,
  "bare convolutions": bareConvolutions,
  pooled,
  "residual, pre": (draw) => residualBlocks(draw, false),
  "residual, post": (draw) => residualBlocks(draw, true),
  transformer,
  recurrences,
  memory,
  heads,
  "side by side": sideBySide,
  "residual of the zoo": fixed((seed) => residual(seed, 3)),
  "recurrent of the zoo": fixed((seed) => recurrent(seed, 4)),
  "two heads of the zoo": fixed((seed) => twoHeads(seed, 0.1)),
  "weight norm": fixed((seed) => weightNormalised(seed, 1, false)),
};

import {
  add,
  concat,
  type Generator,
  gelu,
  mean,
  relu,
  type Shape,
  select,
  sigmoid,
  type Tensor,
  tanh,
  tensor,
  transpose,
} from "@isograd/autograd";
import type { LintOptions, Loss, Model } from "@isograd/diagnostics";
import {
  ActivationLayer,
  BatchNorm2d,
  binaryCrossEntropyWithLogits,
  Conv2d,
  ConvTranspose2d,
  crossEntropy,
  Embedding,
  Flatten,
  heNormal,
  type Initializer,
  LayerNorm,
  Linear,
  LSTM,
  MaxPool2d,
  mseLoss,
  Sequential,
  TransformerEncoder,
} from "@isograd/nn";

/** A well-known architecture, in small. */
export interface Architecture {
  readonly name: string;
  readonly shape: Shape;
  readonly loss: Loss;
  /** @param weightInit of layers that ReLU follows; undefined: the layers' own */
  readonly make: (generator: Generator, weightInit: Initializer | undefined) => Model;
  readonly inputs?: LintOptions["inputs"];
}

const rectified = (): ActivationLayer => new ActivationLayer(relu);

const convolution = (
  generator: Generator,
  weightInit: Initializer | undefined,
  inChannels: number,
  outChannels: number,
  stride = 1,
): Conv2d =>
  new Conv2d({ inChannels, outChannels, kernelSize: 3, padding: 1, stride, weightInit, generator });

const average = (x: Tensor): Tensor => mean(x, { axis: [2, 3] });

const leNet: Architecture = {
  name: "LeNet",
  shape: [8, 1, 28, 28],
  loss: crossEntropy,
  make: (generator, weightInit) =>
    new Sequential([
      new Conv2d({ inChannels: 1, outChannels: 6, kernelSize: 5, padding: 2, weightInit, generator }),
      rectified(),
      new MaxPool2d({ kernelSize: 2 }),
      new Conv2d({ inChannels: 6, outChannels: 16, kernelSize: 5, weightInit, generator }),
      rectified(),
      new MaxPool2d({ kernelSize: 2 }),
      new Flatten(),
      new Linear({ inFeatures: 400, outFeatures: 120, weightInit, generator }),
      rectified(),
      new Linear({ inFeatures: 120, outFeatures: 84, weightInit, generator }),
      rectified(),
      new Linear({ inFeatures: 84, outFeatures: 10, generator }),
    ]),
};

const resNet: Architecture = {
  name: "ResNet",
  shape: [4, 3, 8, 8],
  loss: crossEntropy,
  make: (generator, weightInit) => {
    const normalized = (from: number, to: number): Sequential =>
      new Sequential([convolution(generator, weightInit, from, to), new BatchNorm2d({ numFeatures: to })]);
    const stem = normalized(3, 8);
    const blocks = Array.from({ length: 8 }, () => [normalized(8, 8), normalized(8, 8)]);
    const head = new Linear({ inFeatures: 8, outFeatures: 10, generator });
    return (x) => {
      let stream = relu(stem.call(x));
      for (const [first, second] of blocks) stream = relu(add(stream, second.call(relu(first.call(stream)))));
      return head.call(average(stream));
    };
  },
};

const transformer: Architecture = {
  name: "transformer encoder",
  shape: [6, 10],
  inputs: (generator, [batch, length]) => indices(generator, batch, length, 40),
  loss: crossEntropy,
  make: (generator) => {
    const table = new Embedding({ numEmbeddings: 40, embeddingDim: 16, generator });
    const encoder = new TransformerEncoder({
      numLayers: 6,
      dModel: 16,
      nhead: 4,
      dimFeedforward: 32,
      dropout: 0,
      batchFirst: true,
      generator,
    });
    const head = new Linear({ inFeatures: 16, outFeatures: 5, generator });
    return (x) => head.call(mean(encoder.call(table.call(x)), { axis: 1 }));
  },
};

const lstm: Architecture = {
  name: "LSTM",
  shape: [8, 15, 6],
  loss: crossEntropy,
  make: (generator) => {
    const memory = new LSTM({ inputSize: 6, hiddenSize: 16, numLayers: 2, batchFirst: true, generator });
    const head = new Linear({ inFeatures: 16, outFeatures: 4, generator });
    return (x) => head.call(select(memory.call(x).output, 1, 14));
  },
};

const autoencoder: Architecture = {
  name: "autoencoder",
  shape: [32, 64],
  loss: mseLoss,
  make: (generator, weightInit) => {
    const widths = [64, 48, 32, 8, 32, 48, 64];
    return new Sequential(
      widths.slice(1).flatMap((outFeatures, k) => [
        new Linear({
          inFeatures: widths[k],
          outFeatures,
          weightInit: k === 5 ? undefined : weightInit,
          generator,
        }),
        ...(k === 2 ? [] : [new ActivationLayer(k === 5 ? sigmoid : relu)]),
      ]),
    );
  },
};

const uNet: Architecture = {
  name: "U-Net",
  shape: [4, 1, 16, 16],
  loss: binaryCrossEntropyWithLogits,
  make: (generator, weightInit) => {
    const twice = (from: number, to: number): Sequential =>
      new Sequential([
        convolution(generator, weightInit, from, to),
        rectified(),
        convolution(generator, weightInit, to, to),
        rectified(),
      ]);
    const [first, second, bottom] = [twice(1, 6), twice(6, 12), twice(12, 24)];
    const up = (from: number, to: number): ConvTranspose2d =>
      new ConvTranspose2d({ inChannels: from, outChannels: to, kernelSize: 2, stride: 2, generator });
    const [upper, uppermost] = [up(24, 12), up(12, 6)];
    const [third, fourth] = [twice(24, 12), twice(12, 6)];
    const head = new Conv2d({ inChannels: 6, outChannels: 1, kernelSize: 1, generator });
    const pool = new MaxPool2d({ kernelSize: 2 });
    return (x) => {
      const a = first.call(x);
      const b = second.call(pool.call(a));
      const c = third.call(concat([b, upper.call(bottom.call(pool.call(b)))], 1));
      return head.call(fourth.call(concat([a, uppermost.call(c)], 1)));
    };
  },
};

const mixer: Architecture = {
  name: "MLP-mixer",
  shape: [6, 9, 16],
  loss: crossEntropy,
  make: (generator) => {
    const perceptron = (features: number): Sequential =>
      new Sequential([
        new Linear({ inFeatures: features, outFeatures: 24, generator }),
        new ActivationLayer(gelu),
        new Linear({ inFeatures: 24, outFeatures: features, generator }),
      ]);
    const norm = (): LayerNorm => new LayerNorm({ normalizedShape: 16 });
    const blocks = Array.from({ length: 6 }, () => [norm(), perceptron(9), norm(), perceptron(16)] as const);
    const [last, head] = [norm(), new Linear({ inFeatures: 16, outFeatures: 4, generator })];
    return (x) => {
      let stream = x;
      for (const [before, tokens, between, channels] of blocks) {
        stream = add(stream, transpose(tokens.call(transpose(before.call(stream)))));
        stream = add(stream, channels.call(between.call(stream)));
      }
      return head.call(mean(last.call(stream), { axis: 1 }));
    };
  },
};

const policy: Architecture = {
  name: "small tanh perceptron",
  shape: [32, 8],
  loss: mseLoss,
  make: (generator) =>
    new Sequential([
      new Linear({ inFeatures: 8, outFeatures: 64, generator }),
      new ActivationLayer(tanh),
      new Linear({ inFeatures: 64, outFeatures: 64, generator }),
      new ActivationLayer(tanh),
      new Linear({ inFeatures: 64, outFeatures: 2, generator }),
    ]),
};

const deepVgg: Architecture = {
  name: "VGG with batch normalisation",
  shape: [4, 3, 8, 8],
  loss: crossEntropy,
  make: (generator, weightInit) => {
    const channels = [3, 8, 8, 8, 8, 12, 12, 12, 12, 12];
    const body = channels
      .slice(1)
      .flatMap((to, k) => [
        convolution(generator, weightInit, channels[k], to),
        new BatchNorm2d({ numFeatures: to }),
        rectified(),
        ...(k === 3 ? [new MaxPool2d({ kernelSize: 2 })] : []),
      ]);
    const head = new Linear({ inFeatures: 12, outFeatures: 10, generator });
    const features = new Sequential(body);
    return (x) => head.call(average(features.call(x)));
  },
};

export const architectures: readonly Architecture[] = [
  leNet,
  resNet,
  transformer,
  lstm,
  autoencoder,
  uNet,
  mixer,
  policy,
  deepVgg,
];

export const initializers = { default: undefined, He: heNormal() } as const;

function indices(generator: Generator, batch: number, length: number, words: number): Tensor {
  const drawn = Int32Array.from({ length: batch * length }, () => generator.integer(words));
  return tensor(drawn, { shape: [batch, length] });
}

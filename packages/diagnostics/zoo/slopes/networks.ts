import { add, conv2d, type Generator, matmul, mul, randn, standardize, type Tensor } from "@isograd/autograd";
import { gradientLaw, meanField, residualFlow } from "@isograd/diagnostics";
import type { AnyActivation } from "../../src/trace/network.ts";
import type { Architecture } from "./architecture.ts";

/** σw² and σb². */
export interface Law {
  readonly weights: number;
  readonly biases?: number;
}

const scaled = (generator: Generator, shape: number[], variance: number): Tensor =>
  mul(randn(generator, shape), Math.sqrt(variance));

/** W x + b with one draw of W and b, rows being examples. */
function dense(generator: Generator, width: number, { weights, biases = 0 }: Law): (x: Tensor) => Tensor {
  const weight = scaled(generator, [width, width], weights / width);
  if (biases === 0) return (x) => matmul(x, weight);
  const bias = scaled(generator, [width], biases);
  return (x) => add(matmul(x, weight), bias);
}

const inOrder = (steps: readonly ((x: Tensor) => Tensor)[]) => (x: Tensor) =>
  steps.reduce((signal, step) => step(signal), x);

const lawText = ({ weights, biases = 0 }: Law): string => `σw² ${weights}, σb² ${biases}`;

/** As many layers as it takes for a slope that can be told from noise. */
const depthFor = (logChi: number): number => Math.min(24, Math.max(6, Math.round(4 / Math.abs(logChi))));

/** Where the mean square settles; 1 where it settles nowhere, and where it does not matter. */
function settled(activation: AnyActivation | null, { weights, biases }: Law) {
  if (activation === null) return { q: 1, logChi: Math.log(weights) };
  const { q, chi } = meanField(activation, { weightVariance: weights, biasVariance: biases });
  return { q: q > 0 && q < Infinity ? q : 1, logChi: Math.log(chi) };
}

/** Wide layers of activation and product, begun where the mean square has settled. */
export function plain(activation: AnyActivation | null, law: Law, width = 512): Architecture {
  const { q, logChi } = settled(activation, law);
  const depth = depthFor(logChi);
  return {
    kind: "plain",
    name: `${activation?.name ?? "linear"}, ${lawText(law)}`,
    depth,
    width,
    average: "squares",
    predicted: depth * logChi,
    isExtrapolated: false,
    draw: (generator) => ({
      input: scaled(generator, [8, width], q),
      run: stack(generator, activation, law, width, depth),
    }),
    wider: () => plain(activation, law, 2 * width),
  };
}

/** The same, so narrow that the law of finite width decides; for one input. */
export function narrow(
  activation: AnyActivation | null,
  law: Law,
  width: number,
  depth: number,
): Architecture {
  const { logChi } = settled(activation, law);
  return {
    kind: "narrow",
    name: `${activation?.name ?? "linear"}, ${lawText(law)}`,
    depth,
    width,
    average: "logs",
    predicted: depth * logChi + gradientLaw(new Array<number>(depth).fill(width), activation).mean,
    isExtrapolated: false,
    draw: (generator) => ({
      input: scaled(generator, [1, width], 1),
      run: stack(generator, activation, law, width, depth),
    }),
    wider: () => narrow(activation, law, 2 * width, depth),
  };
}

function stack(
  generator: Generator,
  activation: AnyActivation | null,
  law: Law,
  width: number,
  depth: number,
): (x: Tensor) => Tensor {
  const layers = Array.from({ length: depth }, () => dense(generator, width, law));
  return inOrder(layers.map((layer) => (x) => layer(activation === null ? x : activation(x))));
}

/** Layers of batch normalisation, activation and product, in a batch of as many examples as units: the theory has both without bound. */
export function batchNormalized(activation: AnyActivation, width = 256, depth = 8): Architecture {
  const { chiBatchNorm, varianceF } = activation.facts.moments();
  return {
    kind: "batch norm",
    name: activation.name,
    depth,
    width,
    average: "squares",
    predicted: depth * Math.log(chiBatchNorm),
    isExtrapolated: true,
    draw: (generator) => {
      const layers = Array.from({ length: depth }, () => dense(generator, width, { weights: 1 }));
      return {
        input: scaled(generator, [width, width], varianceF), // what each layer gives
        run: inOrder(
          layers.map((layer) => (x) => layer(activation(standardize(x, { axis: 0, eps: 0 }).value))),
        ),
      };
    },
    wider: () => batchNormalized(activation, 2 * width, depth),
  };
}

/** Blocks x + α f(x), f being layers of activation and product. */
export function residual(
  activation: AnyActivation,
  law: Law,
  shape: { readonly blocks: number; readonly scale?: number; readonly layers?: number },
  width = 512,
): Architecture {
  const { blocks, scale = 1, layers = 1 } = shape;
  const { backwardGrowth } = residualFlow(activation, {
    weightVariance: law.weights,
    biasVariance: law.biases,
    blocks,
    scale,
    layers,
  });
  return {
    kind: "residual",
    name: `${activation.name}, ${lawText(law)}, ${layers === 1 ? "one layer" : `${layers} layers`} a block, α ${Number(scale.toFixed(3))}`,
    depth: blocks,
    width,
    average: "squares",
    predicted: Math.log(backwardGrowth),
    isExtrapolated: false,
    draw: (generator) => {
      const branches = Array.from({ length: blocks }, () => stack(generator, activation, law, width, layers));
      return {
        input: scaled(generator, [8, width], 1),
        run: inOrder(branches.map((branch) => (x) => add(x, mul(branch(x), scale)))),
      };
    },
    wider: () => residual(activation, law, shape, 2 * width),
  };
}

/** Layers of activation and 3×3 convolution; without padding, so that all that comes down lands somewhere. */
export function convolutional(activation: AnyActivation, law: Law, depth = 6, channels = 96): Architecture {
  const { q, logChi } = settled(activation, law);
  const extent = 2 * depth + 2;
  return {
    kind: "convolution",
    name: `${activation.name}, ${lawText(law)}`,
    depth,
    width: channels,
    average: "squares",
    predicted: depth * logChi,
    isExtrapolated: false,
    draw: (generator) => {
      const layers = Array.from({ length: depth }, () => ({
        weight: scaled(generator, [channels, channels, 3, 3], law.weights / (9 * channels)),
        bias: scaled(generator, [channels], law.biases ?? 0),
      }));
      return {
        input: scaled(generator, [2, channels, extent, extent], q),
        run: inOrder(
          layers.map(
            ({ weight, bias }) =>
              (x) =>
                conv2d(activation(x), weight, bias),
          ),
        ),
      };
    },
    wider: () => convolutional(activation, law, depth, 2 * channels),
  };
}

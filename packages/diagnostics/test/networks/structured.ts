import {
  add,
  Generator,
  indexSelect,
  matmul,
  mean,
  mul,
  parameter,
  randn,
  relu,
  reshape,
  type Tensor,
  tanh,
  tensor,
} from "@isograd/autograd";
import {
  ActivationLayer,
  BatchNorm2d,
  Conv2d,
  crossEntropy,
  Flatten,
  heNormal,
  initializeFromData,
  LayerNorm,
  Linear,
  MaxPool2d,
  Residual,
  Sequential,
  weightNorm,
} from "@isograd/nn";
import { classes, labels } from "./data.ts";
import type { Subject } from "./family.ts";
import { plain } from "./plain.ts";

// Networks that are more than one product after another.

export function convolutional(seed: string, normalised: boolean): Subject {
  const generator = new Generator(seed).fork("network");
  const channels = [1, 6, 8, 8];
  const blocks = channels.slice(1).flatMap((outChannels, k) => [
    new Conv2d({
      inChannels: channels[k],
      outChannels,
      kernelSize: 3,
      padding: 1,
      weightInit: heNormal(),
      generator: generator.fork(`${k}`),
    }),
    ...(normalised ? [new BatchNorm2d({ numFeatures: outChannels })] : []),
    new ActivationLayer(relu),
    ...(k === 1 ? [new MaxPool2d({ kernelSize: 2 })] : []),
  ]);
  const head = new Linear({ inFeatures: 8 * 16, outFeatures: 4, generator: generator.fork("head") });
  return {
    model: new Sequential([...blocks, new Flatten(), head]),
    batch: classes({ seed, inputs: [1, 8, 8], examples: 16 }),
    loss: crossEntropy,
  };
}

/** Blocks of normalisation, product, ReLU, product beside a shortcut. */
export function residual(seed: string, blocks: number): Subject {
  const generator = new Generator(seed).fork("network");
  const linear = (name: string, outFeatures = 16): Linear =>
    new Linear({ inFeatures: 16, outFeatures, weightInit: heNormal(), generator: generator.fork(name) });
  const body = Array.from({ length: blocks }, (_, k) => {
    const norm = new LayerNorm({ normalizedShape: 16 });
    const inner = new Sequential([norm, linear(`${k}.a`), new ActivationLayer(relu), linear(`${k}.b`)]);
    return new Residual({ inner });
  });
  return {
    model: new Sequential([linear("stem"), ...body, linear("head", 4)]),
    batch: classes({ seed }),
    loss: crossEntropy,
  };
}

/** Lengths and biases set from the batch, or weights as they were drawn. */
export function weightNormalised(seed: string, gain: number, fromData: boolean): Subject {
  const model = plain({ width: 16, depth: 10, activation: relu, weights: 2 * gain ** 2, seed });
  for (const layer of model.layers) if (layer instanceof Linear) weightNorm(layer);
  const batch = classes({ seed });
  if (fromData) initializeFromData(model, batch.inputs);
  return { model, batch, loss: crossEntropy };
}

/** One weight for all steps in time, drawn from the default of common libraries, U(±1/√width). */
export function recurrent(seed: string, steps: number): Subject {
  const width = 16;
  const generator = new Generator(seed).fork("network");
  const weights = (shape: readonly number[]): Tensor => {
    const draw = (): number => (2 * generator.uniform() - 1) / Math.sqrt(width);
    return parameter(Float32Array.from({ length: shape[0] * shape[1] }, draw), { shape });
  };
  const [input, hidden, output] = [weights([4, width]), weights([width, width]), weights([width, 4])];
  const at = (x: Tensor, t: number): Tensor =>
    reshape(indexSelect(x, 1, tensor(Int32Array.of(t))), [x.shape[0], 4]);
  return {
    model: (x) => {
      let state = tanh(matmul(at(x, 0), input));
      for (let t = 1; t < steps; t++) state = tanh(add(matmul(at(x, t), input), matmul(state, hidden)));
      return matmul(state, output);
    },
    batch: classes({ seed, inputs: [steps, 4] }),
    loss: crossEntropy,
  };
}

/** Words as i32, looked up in a table, averaged. */
export function embedding(seed: string): Subject {
  const generator = new Generator(seed).fork("network");
  const table = parameter(randn(generator, [30, 16]));
  const body = plain({ width: 24, depth: 5, activation: relu, weights: 2, seed });
  const [examples, length] = [24, 6];
  const words = Int32Array.from({ length: examples * length }, () => generator.integer(30));
  return {
    model: (x) => {
      const rows = indexSelect(table, 0, reshape(x, [examples * length]));
      return body.call(mean(reshape(rows, [examples, length, 16]), { axis: 1 }));
    },
    batch: {
      inputs: tensor(words, { shape: [examples, length] }),
      targets: labels(generator, examples, 4),
    },
    loss: crossEntropy,
  };
}

/** Two heads on one trunk, the loss of the second with a weight of its own. */
export function twoHeads(seed: string, weight: number): Subject {
  const generator = new Generator(seed).fork("heads");
  const trunk = plain({ width: 20, depth: 6, outputs: 20, activation: relu, weights: 2, seed });
  const [first, second] = [0, 1].map((k) => {
    const own = generator.fork(`${k}`);
    return new Linear({ inFeatures: 20, outFeatures: 4, weightInit: heNormal(), generator: own });
  });
  return {
    model: (x) => relu(trunk.call(x)),
    batch: classes({ seed }),
    loss: (features, targets) =>
      add(
        crossEntropy(first.call(features), targets),
        mul(crossEntropy(second.call(features), targets), weight),
      ),
  };
}

/** The first layers do not learn. */
export function partlyFrozen(seed: string): Subject {
  const model = plain({ width: 20, depth: 8, activation: relu, weights: 2, seed });
  for (const layer of model.layers.slice(6, 10)) if (layer instanceof Linear) layer.freeze();
  return { model, batch: classes({ seed }), loss: crossEntropy };
}

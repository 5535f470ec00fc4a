import {
  add,
  backward,
  conv2d,
  exp,
  flatten,
  fromData,
  gelu,
  layerNorm,
  linear,
  matmul,
  maxPool2d,
  mul,
  parameter,
  permute,
  relu,
  reshape,
  select,
  sigmoid,
  softmax,
  split,
  sum,
  type Tensor,
  tanh,
  transpose,
  valueAndGrad,
} from "@isograd/autograd";
import { crossEntropy, mseLoss, Optimizer, sgd } from "@isograd/nn";
import type { Ops } from "../workloads/ops.ts";
import type { Engine } from "./engine.ts";

const ops: Ops<Tensor> = {
  matmul: (a, b, transposeA = false, transposeB = false) =>
    matmul(transposeA ? transpose(a) : a, transposeB ? transpose(b) : b),
  add,
  mul,
  scale: mul,
  exp,
  tanh,
  sigmoid,
  gelu,
  relu,
  sum: (x) => sum(x),
  softmax: (x) => softmax(x, -1),
  layerNorm: (x, weight, bias) => layerNorm(x, [x.shape[x.rank - 1]], { weight, bias, eps: 1e-5 }),
  linear: (x, weight, bias) => linear(x, transpose(weight), bias),
  crossEntropy: (logits, labels) => crossEntropy(logits, labels),
  mse: (x, y) => mseLoss(x, y),
  conv2d: (x, filter, bias) => conv2d(x, filter, bias),
  maxPool2d: (x, size) => maxPool2d(x, size),
  flatten: (x) => flatten(x, 1),
  reshape: (x, shape) => reshape(x, shape),
  permute: (x, axes) => permute(x, axes),
  split: (x, parts) => split(x, x.shape[x.rank - 1] / parts, -1),
  select: (x, index) => select(x, 0, index),
};

export const isograd: Engine<Tensor> = {
  ops,
  load: (values, { shape }) => fromData(values, shape),
  read: (tensor) => tensor.values(),
  first: (tensor) => tensor.values()[0],
  value: ({ f, data }, use) => use(f([], data)),
  gradient: ({ f, parameters, data }, use) =>
    use(...valueAndGrad((present: readonly Tensor[]) => f(present, data))(parameters)),
  trainer: ({ f, data, ...initial }, rate) => {
    const parameters = initial.parameters.map((values) => parameter(values));
    const optimizer = new Optimizer(parameters, sgd({ learningRate: rate }));
    return {
      parameters: () => parameters,
      step: () => {
        optimizer.zeroGrad();
        const loss = f(parameters, data);
        backward(loss);
        optimizer.step();
        return loss.item();
      },
    };
  },
};

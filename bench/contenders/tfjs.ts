import { createRequire } from "node:module";
import { dirname } from "node:path";
import type { Ops } from "../workloads/ops.ts";
import type { Engine } from "./engine.ts";

/** The part of TensorFlow.js that is used: it is installed by the benchmark, so its types are not at hand. */
interface Tensor {
  readonly shape: number[];
  dataSync(): Float32Array;
  dispose(): void;
}
type Many = (...operands: unknown[]) => Tensor;
interface Library {
  setBackend(name: string): Promise<boolean>;
  tidy<R>(f: () => R): R;
  keep(tensor: Tensor): Tensor;
  dispose(tensors: unknown): void;
  split(x: Tensor, parts: number, axis: number): Tensor[];
  moments(x: Tensor, axis: number, keepDims: boolean): { mean: Tensor; variance: Tensor };
  variable(initial: Tensor): Tensor;
  valueAndGrads(f: (...x: Tensor[]) => Tensor): (x: readonly Tensor[]) => { value: Tensor; grads: Tensor[] };
  readonly losses: Record<string, Many>;
  readonly train: {
    sgd(rate: number): { minimize(f: () => Tensor, cost: true, variables: readonly Tensor[]): Tensor };
  };
}
type Functions = Record<
  | "add"
  | "addN"
  | "concat"
  | "conv2d"
  | "div"
  | "erf"
  | "exp"
  | "matMul"
  | "maxPool"
  | "mul"
  | "oneHot"
  | "relu"
  | "reshape"
  | "sigmoid"
  | "slice"
  | "softmax"
  | "sqrt"
  | "squeeze"
  | "sub"
  | "sum"
  | "tanh"
  | "tensor"
  | "transpose",
  Many
>;

const toChannelsLast = [0, 2, 3, 1];
const toChannelsFirst = [0, 3, 1, 2];
const toFilter = [2, 3, 1, 0];
const fromFilter = [3, 2, 0, 1];

export async function tfjs(backend: "cpu" | "wasm"): Promise<Engine<Tensor>> {
  const require = createRequire(import.meta.url);
  const tf = require("@tensorflow/tfjs") as Library & Functions;
  if (backend === "wasm") {
    const wasm = require("@tensorflow/tfjs-backend-wasm");
    wasm.setWasmPaths(`${dirname(require.resolve("@tensorflow/tfjs-backend-wasm"))}/`);
  }
  if (!(await tf.setBackend(backend))) throw new Error(`the backend ${backend} does not start`);

  const ops: Ops<Tensor> = {
    matmul: (a, b, transposeA, transposeB) => tf.matMul(a, b, transposeA, transposeB),
    add: tf.add,
    mul: tf.mul,
    scale: tf.mul,
    exp: tf.exp,
    tanh: tf.tanh,
    sigmoid: tf.sigmoid,
    gelu: (x) => tf.mul(tf.mul(x, 0.5), tf.add(tf.erf(tf.mul(x, Math.SQRT1_2)), 1)),
    relu: tf.relu,
    sum: (x) => tf.sum(x),
    softmax: (x) => tf.softmax(x, -1),
    layerNorm: (x, weight, bias) => {
      const { mean, variance } = tf.moments(x, -1, true);
      return tf.add(tf.mul(tf.div(tf.sub(x, mean), tf.sqrt(tf.add(variance, 1e-5))), weight), bias);
    },
    linear: (x, weight, bias) => {
      const rows = x.shape.length > 2 ? tf.reshape(x, [-1, x.shape[x.shape.length - 1]]) : x;
      const y = tf.add(tf.matMul(rows, weight), bias);
      return x.shape.length > 2 ? tf.reshape(y, [...x.shape.slice(0, -1), weight.shape[1]]) : y;
    },
    crossEntropy: (logits, labels) => tf.losses.softmaxCrossEntropy(labels, logits),
    mse: (x, y) => tf.losses.meanSquaredError(y, x),
    conv2d: (x, filter, bias) => tf.add(tf.conv2d(x, filter, 1, "valid"), bias),
    maxPool2d: (x, size) => tf.maxPool(x, size, size, "valid"),
    flatten: (x) => tf.reshape(tf.transpose(x, toChannelsFirst), [x.shape[0], -1]),
    reshape: (x, shape) => tf.reshape(x, shape),
    permute: (x, axes) => tf.transpose(x, axes),
    split: (x, parts) => tf.split(x, parts, -1),
    select: (x, index) =>
      tf.squeeze(tf.slice(x, [index, ...x.shape.slice(1).map(() => 0)], [1, ...x.shape.slice(1)]), [0]),
  };

  return {
    ops,
    load: (values, input) => {
      if (input.dtype === "f64") throw new Error("has no f64");
      const loaded = tf.tensor(values, input.shape, input.dtype === "i32" ? "int32" : "float32");
      if ("classes" in input.content) return tf.oneHot(loaded, input.content.classes);
      if (input.filter) return tf.transpose(loaded, toFilter);
      return input.shape.length === 4 ? tf.transpose(loaded, toChannelsLast) : loaded;
    },
    read: (tensor, input) => (input?.filter ? tf.transpose(tensor, fromFilter) : tensor).dataSync(),
    first: (tensor) => tensor.dataSync()[0],
    value: ({ f, data }, use) => {
      const value = tf.tidy(() => f([], data));
      const used = use(value);
      value.dispose();
      return used;
    },
    gradient: ({ f, parameters, data }, use) => {
      const { value, grads } = tf.valueAndGrads((...present) => f(present, data))(parameters);
      const used = use(value, grads);
      if (!(used instanceof Promise)) tf.dispose([value, grads]);
      return used;
    },
    trainer: ({ f, data, ...initial }, rate) => {
      const parameters = initial.parameters.map((values) => tf.variable(values));
      const optimizer = tf.train.sgd(rate);
      return {
        parameters: () => parameters,
        step: () => {
          const cost = optimizer.minimize(() => f(parameters, data), true, parameters);
          const loss = cost.dataSync()[0];
          cost.dispose();
          return loss;
        },
      };
    },
  };
}

import type { Ops } from "../workloads/ops.ts";
import type { Engine } from "./engine.ts";

/** The part of deepbox that is used: it is installed by the benchmark, so its types are not at hand. */
interface Plain {
  readonly shape: readonly number[];
  readonly data: ArrayLike<number>;
}
interface Tensor {
  readonly shape: readonly number[];
  readonly tensor: Plain;
  readonly grad: Plain | null;
  zeroGrad(): void;
  backward(): void;
  add(other: Tensor): Tensor;
  mul(other: Tensor): Tensor;
  sub(other: Tensor): Tensor;
  div(other: Tensor): Tensor;
  sqrt(): Tensor;
  slice(...ranges: (number | { readonly start?: number; readonly end?: number })[]): Tensor;
  matmul(other: Tensor): Tensor;
  transpose(axes?: readonly number[]): Tensor;
  reshape(shape: readonly number[]): Tensor;
  sum(): Tensor;
  mean(axis?: number, keepDims?: boolean): Tensor;
  max(axis: number): Tensor;
  square(): Tensor;
  exp(): Tensor;
  tanh(): Tensor;
  sigmoid(): Tensor;
  relu(): Tensor;
  gelu(): Tensor;
}
/** Convolution is a layer alone. */
interface Layer {
  forward(x: Tensor): Tensor;
}
interface Library {
  readonly ndarray: {
    readonly Tensor: { fromTypedArray(made: object): Plain };
    readonly GradTensor: { fromTensor(values: Plain, options: { requiresGrad: boolean }): Tensor };
    softmaxGrad(x: Tensor, axis: number): Tensor;
    noGrad<R>(f: () => R): R;
  };
  readonly nn: {
    crossEntropyLoss(logits: Tensor, labels: Tensor): Tensor;
    readonly Conv2d: new (channels: number, filters: number, size: number) => Layer;
  };
  readonly optim: {
    readonly SGD: new (
      parameters: readonly Tensor[],
      options: { lr: number },
    ) => { step(): void; zeroGrad(): void };
  };
}

export async function deepbox(): Promise<Engine<Tensor>> {
  const name = "deepbox";
  const { ndarray, nn, optim }: Library = await import(name);
  const wrap = (values: ArrayLike<number>, shape: readonly number[], dtype: string, requiresGrad: boolean) =>
    ndarray.GradTensor.fromTensor(
      ndarray.Tensor.fromTypedArray({ data: values, shape, dtype, device: "cpu" }),
      { requiresGrad },
    );

  const number = (value: number): Tensor => wrap(Float32Array.of(value), [], "float32", false);

  const ops: Ops<Tensor> = {
    matmul: (a, b, transposeA, transposeB) =>
      (transposeA ? a.transpose() : a).matmul(transposeB ? b.transpose() : b),
    add: (a, b) => a.add(b),
    mul: (a, b) => a.mul(b),
    scale: (a, factor) => a.mul(number(factor)),
    exp: (x) => x.exp(),
    tanh: (x) => x.tanh(),
    sigmoid: (x) => x.sigmoid(),
    gelu: (x) => x.gelu(),
    relu: (x) => x.relu(),
    sum: (x) => x.sum(),
    softmax: (x) => ndarray.softmaxGrad(x, -1),
    layerNorm: (x, weight, bias) => {
      const centred = x.sub(x.mean(-1, true));
      const variance = centred.square().mean(-1, true);
      return centred
        .div(variance.add(number(1e-5)).sqrt())
        .mul(weight)
        .add(bias);
    },
    linear: (x, weight, bias) => x.matmul(weight).add(bias),
    crossEntropy: (logits, labels) => nn.crossEntropyLoss(logits, labels),
    mse: (x, y) => x.sub(y).square().mean(),
    conv2d: (x, filter, bias) => {
      const [filters, channels, size] = filter.shape;
      const layer = new nn.Conv2d(channels, filters, size);
      return Object.assign(layer, { weight_: filter, bias_: bias }).forward(x); // ours in place of its own
    },
    // The layer MaxPool2d gives f64, which nothing behind it takes.
    maxPool2d: (x, size) => {
      const [batch, channels, height, width] = x.shape;
      return x
        .reshape([batch, channels, height / size, size, width / size, size])
        .max(5)
        .max(3);
    },
    flatten: (x) => x.reshape([x.shape[0], x.shape.slice(1).reduce((size, extent) => size * extent, 1)]),
    reshape: (x, shape) => x.reshape(shape),
    permute: (x, axes) => x.transpose(axes),
    split: (x, parts) => {
      const width = x.shape[x.shape.length - 1] / parts;
      const others = x.shape.slice(1).map(() => ({}));
      return Array.from({ length: parts }, (_, k) =>
        x.slice(...others, { start: k * width, end: (k + 1) * width }),
      );
    },
    select: (x, index) => x.slice(index),
  };

  return {
    ops,
    load: (values, input) => {
      const dtype = { f32: "float32", f64: "float64", i32: "int32" }[input.dtype];
      return wrap(values.slice(), input.shape, dtype, input.parameter);
    },
    read: (tensor) => tensor.tensor.data,
    first: (tensor) => tensor.tensor.data[0],
    value: ({ f, data }, use) => use(ndarray.noGrad(() => f([], data))),
    gradient: ({ f, parameters, data }, use) => {
      for (const parameter of parameters) parameter.zeroGrad();
      const value = f(parameters, data);
      value.backward();
      const gradients = parameters.map(({ shape, grad }) => {
        if (grad === null) throw new Error("a gradient is missing");
        return { shape, tensor: grad } as Tensor;
      });
      return use(value, gradients);
    },
    trainer: ({ f, parameters, data }, rate) => {
      const optimizer = new optim.SGD(parameters, { lr: rate });
      return {
        parameters: () => parameters,
        step: () => {
          optimizer.zeroGrad();
          const loss = f(parameters, data);
          loss.backward();
          optimizer.step();
          return loss.tensor.data[0];
        },
      };
    },
  };
}

import type { Ops } from "../workloads/ops.ts";
import type { Engine } from "./engine.ts";

/** The part of numpy-ts that is used: it is installed by the benchmark, so its types are not at hand. */
interface Tensor {
  readonly data: ArrayLike<number>;
  readonly T: Tensor;
  reshape(...shape: readonly number[]): Tensor;
  dispose(): void;
}
interface Library {
  array(values: ArrayLike<number>, dtype: string): Tensor;
  matmul(a: Tensor, b: Tensor): Tensor;
  exp(x: Tensor): Tensor;
  tanh(x: Tensor): Tensor;
}

const noGradients = (): never => {
  throw new Error("has no gradients");
};
const noFunction = (): never => {
  throw new Error("has no such function");
};

/** Kernels alone: numpy-ts has no gradients. */
export async function numpyTs(): Promise<Engine<Tensor>> {
  const name = "numpy-ts";
  const np: Library = await import(name);
  const known: Partial<Ops<Tensor>> = {
    matmul: (a, b, transposeA, transposeB) => np.matmul(transposeA ? a.T : a, transposeB ? b.T : b),
    exp: np.exp,
    tanh: np.tanh,
  };
  return {
    ops: new Proxy(known, { get: (ops, key) => Reflect.get(ops, key) ?? noFunction }) as Ops<Tensor>,
    load: (values, { shape, dtype }) =>
      np.array(values, { f32: "float32", f64: "float64", i32: "int32" }[dtype]).reshape(...shape),
    read: (tensor) => tensor.data,
    first: (tensor) => tensor.data[0],
    value: ({ f, data }, use) => {
      const value = f([], data);
      const used = use(value);
      if (!(used instanceof Promise)) value.dispose();
      return used;
    },
    gradient: noGradients,
    trainer: noGradients,
  };
}

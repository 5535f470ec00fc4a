import { backward } from "./backward.ts";
import * as core from "./index.ts";
import { Tensor, type TensorLike } from "./tensor.ts";

export * from "./index.ts";

/** The free functions that become methods: `x.matmul(w)` for `matmul(x, w)`. */
const methods = {
  backward,
  abs: core.abs,
  add: core.add,
  argmax: core.argmax,
  argmin: core.argmin,
  cast: core.cast,
  ceil: core.ceil,
  contiguous: core.contiguous,
  cos: core.cos,
  div: core.div,
  elu: core.elu,
  eq: core.eq,
  erf: core.erf,
  exp: core.exp,
  expand: core.expand,
  flatten: core.flatten,
  flip: core.flip,
  floor: core.floor,
  gather: core.gather,
  ge: core.ge,
  gelu: core.gelu,
  gt: core.gt,
  indexSelect: core.indexSelect,
  le: core.le,
  leakyRelu: core.leakyRelu,
  log: core.log,
  logSoftmax: core.logSoftmax,
  logsumexp: core.logsumexp,
  lt: core.lt,
  matmul: core.matmul,
  max: core.max,
  maximum: core.maximum,
  mean: core.mean,
  min: core.min,
  minimum: core.minimum,
  mul: core.mul,
  ne: core.ne,
  neg: core.neg,
  norm: core.norm,
  permute: core.permute,
  pow: core.pow,
  prod: core.prod,
  reciprocal: core.reciprocal,
  relu: core.relu,
  reshape: core.reshape,
  retainGrad: core.retainGrad,
  round: core.round,
  rsqrt: core.rsqrt,
  select: core.select,
  sigmoid: core.sigmoid,
  sign: core.sign,
  silu: core.silu,
  sin: core.sin,
  slice: core.slice,
  softmax: core.softmax,
  softplus: core.softplus,
  split: core.split,
  sqrt: core.sqrt,
  square: core.square,
  squeeze: core.squeeze,
  sub: core.sub,
  sum: core.sum,
  tan: core.tan,
  tanh: core.tanh,
  transpose: core.transpose,
  unsqueeze: core.unsqueeze,
  variance: core.variance,
} as const;

/** What remains of a function's parameters once the tensor stands in front; functions that also take scalar expressions, by their tensor form. */
type Method<F> = F extends core.Unary | core.Activation<never, string>
  ? () => Tensor
  : F extends core.Binary
    ? (other: TensorLike) => Tensor
    : F extends (x: Tensor, ...rest: infer Rest) => infer Result
      ? (...rest: { [K in keyof Rest]: Loose<Rest[K]> }) => Loose<Result>
      : never;

/** A tensor of any shape, where a function of many shapes had to be taken for one of them. */
type Loose<T> = T extends Tensor ? Tensor : T;

type Methods = { [K in keyof typeof methods]: Method<(typeof methods)[K]> };

declare global {
  /** The methods that `@isograd/autograd/fluent` adds to tensors. */
  interface IsogradTensorMethods extends Methods {}
}

for (const [name, method] of Object.entries(methods)) {
  Object.defineProperty(Tensor.prototype, name, {
    value(this: Tensor, ...rest: unknown[]): unknown {
      return (method as (x: Tensor, ...rest: unknown[]) => unknown)(this, ...rest);
    },
    configurable: true,
    writable: true,
  });
}

import { activations, compositeActivations } from "./activations/registry.ts";
import { backward } from "./backward.ts";
import * as functional from "./functional/index.ts";
import { onAccumulate, onGradient, retainGrad } from "./hooks.ts";
import * as elementwise from "./ops/elementwise/index.ts";
import * as indexing from "./ops/indexing/index.ts";
import * as linalg from "./ops/linalg/index.ts";
import * as movement from "./ops/movement/index.ts";
import * as products from "./ops/products/index.ts";
import type { ReduceOptions } from "./ops/reductions/index.ts";
import * as reductions from "./ops/reductions/index.ts";
import * as spatial from "./ops/spatial/index.ts";
import type { BroadcastShape, FitsBroadcast, FitsMatmul, MatmulShape, ReducedShape } from "./static-shape.ts";
import { type ShapeOf, Tensor, type TensorLike } from "./tensor.ts";

export * from "./index.ts";

/** A module without some of what it exports: what does not begin with a tensor, or with another one than one would write in front. */
function without<M extends object, const K extends keyof M>(module: M, names: readonly K[]): Omit<M, K> {
  return Object.fromEntries(
    Object.entries(module).filter(([name]) => !(names as readonly string[]).includes(name)),
  ) as Omit<M, K>;
}

/** The free functions that become methods: `x.matmul(w)` for `matmul(x, w)`. */
const methods = {
  backward,
  onAccumulate,
  onGradient,
  retainGrad,
  ...activations,
  ...compositeActivations,
  ...without(elementwise, ["polygamma", "where"]),
  ...without(movement, [
    "blockDiag",
    "broadcastTensors",
    "cartesianProd",
    "columnStack",
    "concat",
    "dstack",
    "hstack",
    "meshgrid",
    "stack",
    "vstack",
  ]),
  ...without(indexing, ["range"]),
  ...reductions,
  ...without(products, ["einsum", "multiDot"]),
  ...linalg,
  ...spatial,
  ...functional,
};

/**
 * What remains of a function's parameters once the tensor stands in front.
 *
 * Where the compiler knows its shape, that stays known through functions of each element, products and reductions.
 */
type Method<K, F, S> = K extends "matmul"
  ? <B>(other: Tensor<B> & FitsMatmul<S, B>) => Tensor<MatmulShape<S, B>>
  : K extends "sum" | "mean" | "max" | "min" | "prod" | "logsumexp"
    ? <const O extends ReduceOptions = object>(options?: O) => Tensor<ReducedShape<S, O>>
    : F extends { readonly parameters: infer Learnable }
      ? (...parameters: { [P in keyof Learnable]: TensorLike }[keyof Learnable][]) => Tensor<S>
      : F extends { readonly length: 1 }
        ? () => Tensor<S>
        : F extends { readonly length: 2 }
          ? <const B extends TensorLike>(
              other: B & FitsBroadcast<S, ShapeOf<B>>,
            ) => Tensor<BroadcastShape<S, ShapeOf<B>>>
          : F extends (x: infer _, ...rest: infer Rest) => infer Result
            ? (...rest: { [R in keyof Rest]: Loose<Rest[R]> }) => Loose<Result>
            : never;

/** A tensor of any shape, where a function of many shapes had to be taken for one of them. */
type Loose<T> = T extends { readonly outputIndex: number } ? Tensor : T;

type Methods<S> = { [K in keyof typeof methods]: Method<K, (typeof methods)[K], S> };

declare global {
  /** The methods that `@isograd/autograd/fluent` adds to tensors. */
  interface IsogradTensorMethods<S> extends Methods<S> {}
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

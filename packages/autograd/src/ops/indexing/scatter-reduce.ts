import { ones } from "../../create.ts";
import type { Dtype } from "../../dtype.ts";
import { ArgumentError } from "../../errors.ts";
import { normalizeAxis } from "../../shape.ts";
import type { Tensor } from "../../tensor.ts";
import { add, div } from "../elementwise/arithmetic.ts";
import { maximum } from "../elementwise/choice.ts";
import { checkIndexAlong } from "./check-index.ts";
import { scatterAddInto } from "./gather.ts";
import { scatterOver, sourceFor } from "./scatter.ts";
import { extremumInto } from "./scatter-extremum.ts";
import { productInto } from "./scatter-product.ts";

export interface ScatterReduceOptions {
  /** Whether what is at a place counts together with what comes to it; default true. Places to which nothing comes stay as they are. */
  readonly includeSelf?: boolean;
}

interface Reduction {
  /** What stands for a place that does not count. */
  readonly identity: (dtype: Dtype) => number;
  readonly into: (x: Tensor, axis: number, index: Tensor, source: Tensor, includeSelf: boolean) => Tensor;
}

const lowest = (dtype: Dtype): number =>
  dtype === "i32" ? -(2 ** 31) : dtype === "bool" ? 0 : Number.NEGATIVE_INFINITY;
const highest = (dtype: Dtype): number =>
  dtype === "i32" ? 2 ** 31 - 1 : dtype === "bool" ? 1 : Number.POSITIVE_INFINITY;

const sumInto = (x: Tensor, axis: number, index: Tensor, source: Tensor): Tensor =>
  add(x, scatterAddInto(x.shape, axis, index, source));

const reductions = {
  sum: { identity: () => 0, into: sumInto },
  prod: { identity: () => 1, into: productInto },
  mean: {
    identity: () => 0,
    into: (x, axis, index, source, includeSelf) => {
      const came = scatterAddInto(x.shape, axis, index, ones(index.shape, x.dtype));
      return div(sumInto(x, axis, index, source), includeSelf ? add(came, 1) : maximum(came, 1));
    },
  },
  amax: { identity: lowest, into: (x, axis, index, source) => extremumInto(x, axis, index, source, 1) },
  amin: { identity: highest, into: (x, axis, index, source) => extremumInto(x, axis, index, source, -1) },
} as const satisfies Record<string, Reduction>;

/** How elements that go to one place become one. */
export type ScatterReduction = keyof typeof reductions;

/** `scatterReduce`, for an index and a source that were checked. */
export function reduceInto(
  operation: string,
  x: Tensor,
  axis: number,
  index: Tensor,
  source: Tensor,
  reduction: ScatterReduction,
  { includeSelf = true }: ScatterReduceOptions,
): Tensor {
  if (!Object.hasOwn(reductions, reduction))
    throw new ArgumentError(operation, `expected one of ${Object.keys(reductions).join(", ")}`, reduction);
  const { identity, into }: Reduction = reductions[reduction];
  const base = includeSelf ? x : scatterOver(x, axis, index, identity(x.dtype));
  return into(base, axis, index, source, includeSelf);
}

/**
 * `x` with what comes to each place along `axis` reduced into it: by sum, product, mean, largest or smallest.
 *
 * The gradient is exact for products with zeros; elements that tie for the largest or smallest share it evenly.
 *
 * @param index `i32`, of the rank of `x`; along the other axes not larger than `x`
 * @param source one element or more for each of the index
 * @throws ShapeError, DtypeError or ArgumentError if index, source or reduction do not fit
 * @see torch.scatter_reduce
 * @example
 * scatterReduce(tensor([1, 1]), 0, tensor([0, 1, 0], { dtype: "i32" }), tensor([2, 3, 4]), "sum"); // [7, 4]
 * const [x, index] = [zeros([2]), tensor([0, 0], { dtype: "i32" })];
 * scatterReduce(x, 0, index, tensor([2, 4]), "mean", { includeSelf: false }); // [3, 0]
 * grad((source) => sum(scatterReduce(x, 0, index, source, "amax")))(tensor([5, 5])); // [0.5, 0.5]
 */
export function scatterReduce(
  x: Tensor,
  axis: number,
  index: Tensor,
  source: Tensor,
  reduction: ScatterReduction,
  options: ScatterReduceOptions = {},
): Tensor {
  const at = normalizeAxis("scatterReduce", axis, x.rank);
  checkIndexAlong("scatterReduce", x.shape, at, index);
  const part = sourceFor("scatterReduce", x, index, source);
  return reduceInto("scatterReduce", x, at, index, part, reduction, options);
}

import { ShapeError } from "../../errors.ts";
import { normalizeAxis } from "../../shape.ts";
import type { Tensor } from "../../tensor.ts";
import { add, mul } from "../elementwise/arithmetic.ts";
import { sliceIndex } from "./check-index.ts";
import { checkSource } from "./check-source.ts";
import { scatterAddInto } from "./gather.ts";
import { scatterOver } from "./scatter.ts";
import { reduceInto, type ScatterReduceOptions, type ScatterReduction } from "./scatter-reduce.ts";

/** The axis, and the index [n] stretched over the slices that it names, where `source` fits them. */
function slices(operation: string, x: Tensor, axis: number, index: Tensor, source: Tensor): [number, Tensor] {
  const at = normalizeAxis(operation, axis, x.rank);
  const stretched = sliceIndex(operation, x.shape, at, index);
  checkSource(operation, x, source, stretched.shape, "slices");
  return [at, stretched];
}

/**
 * `x` with slices added along `axis`: `out[index[i], …] += scale · source[i, …]` for axis 0.
 *
 * @param index `i32` [n]
 * @param source the shape of `x` with extent n at `axis`
 * @throws ShapeError, DtypeError or ArgumentError if index or source do not fit
 * @see torch.index_add
 * @example
 * indexAdd(zeros([2, 2]), 0, tensor([1, 1], { dtype: "i32" }), tensor([[1, 2], [3, 4]])); // [[0, 0], [4, 6]]
 */
export function indexAdd(x: Tensor, axis: number, index: Tensor, source: Tensor, scale = 1): Tensor {
  const [at, places] = slices("indexAdd", x, axis, index, source);
  return add(x, scatterAddInto(x.shape, at, places, scale === 1 ? source : mul(source, scale)));
}

/**
 * `x` with slices replaced along `axis`: `out[index[i], …] = source[i, …]` for axis 0; of several the last one stays.
 *
 * @param index `i32` [n]
 * @param source the shape of `x` with extent n at `axis`
 * @throws ShapeError, DtypeError or ArgumentError if index or source do not fit
 * @see torch.index_copy
 * @example
 * indexCopy(zeros([2, 2]), 0, tensor([1, 1], { dtype: "i32" }), tensor([[1, 2], [3, 4]])); // [[0, 0], [3, 4]]
 */
export function indexCopy(x: Tensor, axis: number, index: Tensor, source: Tensor): Tensor {
  const [at, places] = slices("indexCopy", x, axis, index, source);
  return scatterOver(x, at, places, source);
}

/**
 * `x` with one value in whole slices along `axis`.
 *
 * @param index `i32` [n]
 * @param value a number, or a tensor with one element
 * @throws ShapeError, DtypeError or ArgumentError if index or value do not fit
 * @see torch.index_fill
 * @example
 * indexFill(tensor([[1, 2, 3], [4, 5, 6]]), 1, tensor([0, 2], { dtype: "i32" }), -1); // [[-1, 2, -1], [-1, 5, -1]]
 */
export function indexFill(x: Tensor, axis: number, index: Tensor, value: Tensor | number): Tensor {
  const at = normalizeAxis("indexFill", axis, x.rank);
  if (typeof value !== "number" && value.rank !== 0)
    throw new ShapeError("indexFill", [value.shape], "expected a number or a scalar");
  return scatterOver(x, at, sliceIndex("indexFill", x.shape, at, index), value);
}

/**
 * `x` with slices reduced into it along `axis`: by sum, product, mean, largest or smallest.
 *
 * @param index `i32` [n]
 * @param source the shape of `x` with extent n at `axis`
 * @throws ShapeError, DtypeError or ArgumentError if index, source or reduction do not fit
 * @see torch.index_reduce
 * @example
 * indexReduce(tensor([10, 10]), 0, tensor([0, 1, 0], { dtype: "i32" }), tensor([2, 3, 4]), "prod"); // [80, 30]
 */
export function indexReduce(
  x: Tensor,
  axis: number,
  index: Tensor,
  source: Tensor,
  reduction: ScatterReduction,
  options: ScatterReduceOptions = {},
): Tensor {
  const [at, places] = slices("indexReduce", x, axis, index, source);
  return reduceInto("indexReduce", x, at, places, source, reduction, options);
}

import { toTensor } from "../../create.ts";
import { normalizeAxes, reduceShape } from "../../shape.ts";
import type { ReducedShape } from "../../static-shape.ts";
import type { Tensor } from "../../tensor.ts";
import { add, sub } from "../elementwise/arithmetic.ts";
import { abs, lt, where } from "../elementwise/choice.ts";
import { exp, log } from "../elementwise/transcendental.ts";
import { reshape } from "../movement/movement.ts";
import { max } from "./extremum.ts";
import { type ReduceOptions, sum } from "./reduce.ts";

/** log Σ exp(x) over some axes, or all, without overflow; -∞ where there is nothing to add. @see torch.logsumexp */
export function logsumexp<S, const O extends ReduceOptions = object>(
  x: Tensor<S>,
  options?: O,
): Tensor<ReducedShape<S, O>>;
export function logsumexp(x: Tensor, { axis, keepDims = false }: ReduceOptions = {}): Tensor {
  const axes = normalizeAxes("logsumexp", axis, x.rank);
  const shift = finiteMax(x, axes);
  const total = add(log(sum(exp(sub(x, shift)), { axis: axes, keepDims: true })), shift);
  return keepDims ? total : reshape(total, reduceShape(x.shape, axes, false));
}

/** The largest element as a constant, 0 where it is infinite or there is none: subtracting it must not make NaN of infinities. */
export function finiteMax(x: Tensor, axes: readonly number[]): Tensor {
  if (axes.some((axis) => x.shape[axis] === 0)) return toTensor(0, x.dtype);
  const largest = max(x.detach(), { axis: axes, keepDims: true });
  return where(lt(abs(largest), Infinity), largest, 0);
}

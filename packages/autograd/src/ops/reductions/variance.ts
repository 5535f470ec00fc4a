import { toFloating } from "../../dtype.ts";
import { varianceAlong } from "../../kernels/moments.ts";
import { apply, defineOp } from "../../op.ts";
import { normalizeAxes, reduceShape, sizeOf } from "../../shape.ts";
import type { Op, Tensor } from "../../tensor.ts";
import { mul, sub } from "../elementwise/arithmetic.ts";
import { cast } from "../elementwise/cast.ts";
import { eq, where } from "../elementwise/choice.ts";
import { sqrt } from "../elementwise/transcendental.ts";
import { reshape } from "../movement/movement.ts";
import { behindExamples, countOver, mean, type Reduced, type ReduceOptions, sum } from "./reduce.ts";

export interface VarianceOptions extends ReduceOptions {
  /** Subtracted from the count in the divisor: 1 (Bessel's correction, the default), 0 or more. */
  readonly correction?: number;
}

interface Spread extends Reduced {
  /** What the sum of squares is divided by. */
  readonly divisor: number;
}

const centred = (x: Tensor, { axes }: Spread): Tensor => sub(x, mean(x, { axis: axes, keepDims: true }));

/** Σ (x - mean)² by the divisor; the mean itself has no part in the derivative. */
const varianceOp: Op<Spread> = /* @__PURE__ */ defineOp<Spread>({
  name: "variance",
  flops: ([x]) => (x === null ? 0 : 4 * sizeOf(x.shape)),
  shape: ([x], { axes }) => ({ shape: reduceShape(x.shape, axes, true), dtype: x.dtype }),
  forward: ([x], { axes, divisor }, { dtype }) => varianceAlong(x, axes, divisor, dtype),
  vjp: [(g, { inputs: [x], attributes }) => mul(mul(g, 2 / attributes.divisor), centred(x, attributes))],
  jvp: [
    (t, { inputs: [x], attributes }) => {
      const total = sum(mul(t, centred(x, attributes)), { axis: attributes.axes, keepDims: true });
      return mul(total, 2 / attributes.divisor);
    },
  ],
  batch: (inputs, _, { axes, divisor }) =>
    apply(varianceOp, inputs, { ...behindExamples({ axes }), divisor }),
  reads: [[0]],
});

/**
 * The variance over some axes, or all.
 *
 * @see torch.var
 * @example
 * variance(tensor([1, 2, 3, 4])); // 1.6667
 * variance(tensor([1, 2, 3, 4]), { correction: 0 }); // 1.25
 */
export function variance(
  x: Tensor,
  { axis, keepDims = false, correction = 1 }: VarianceOptions = {},
): Tensor {
  const axes = normalizeAxes("variance", axis, x.rank);
  const divisor = Math.max(0, countOver("variance", x, axis) - correction);
  const result = apply(varianceOp, [cast(x, toFloating(x.dtype))], { axes, divisor });
  return keepDims ? result : reshape(result, reduceShape(x.shape, axes, false));
}

/**
 * The standard deviation over some axes, or all; its derivative is zero where it is.
 *
 * @see torch.std
 * @example
 * std(tensor([1, 2, 3, 4])); // 1.291
 * std(tensor([1, 2, 3, 4]), { correction: 0 }); // 1.118
 */
export function std(x: Tensor, options: VarianceOptions = {}): Tensor {
  return rootOf(variance(x, options));
}

/** √x with derivative zero at zero. */
function rootOf(x: Tensor): Tensor {
  const zero = eq(x, 0);
  return where(zero, 0, sqrt(where(zero, 1, x)));
}

/**
 * The variance and the mean over some axes, or all.
 *
 * @see torch.var_mean
 * @example
 * varMean(tensor([1, 3])); // { variance: 2, mean: 2 }
 */
export function varMean(
  x: Tensor,
  options: VarianceOptions = {},
): { readonly variance: Tensor; readonly mean: Tensor } {
  return { variance: variance(x, options), mean: mean(x, options) };
}

/**
 * The standard deviation and the mean over some axes, or all.
 *
 * @see torch.std_mean
 * @example
 * stdMean(tensor([1, 3])); // { std: 1.4142, mean: 2 }
 */
export function stdMean(
  x: Tensor,
  options: VarianceOptions = {},
): { readonly std: Tensor; readonly mean: Tensor } {
  return { std: std(x, options), mean: mean(x, options) };
}

import { tensor } from "../../create.ts";
import { toFloating } from "../../dtype.ts";
import { ArgumentError } from "../../errors.ts";
import { sparseMatrix } from "../../kernels/sparse-along.ts";
import type { Tensor } from "../../tensor.ts";
import { div, mul } from "../elementwise/arithmetic.ts";
import { cast } from "../elementwise/cast.ts";
import { eq, where } from "../elementwise/choice.ts";
import { pow } from "../elementwise/transcendental.ts";
import { resample } from "./resample.ts";
import {
  adaptiveSpans,
  type PoolingOptions,
  type PoolingSpans,
  poolingSpans,
  type TargetExtents,
} from "./spans.ts";
import { perAxis } from "./windows.ts";

export interface MeanPoolingOptions extends PoolingOptions {
  /** Count padding as zeros; default true. What `ceilMode` reaches beyond the padding never counts. */
  readonly countIncludePad?: boolean;
  /** Divide each window's sum by this instead of its number of elements. */
  readonly divisorOverride?: number;
}

/** The sum over each window of the last axes, one axis after the other. */
function windowSums(x: Tensor, spans: readonly PoolingSpans[]): Tensor {
  let result = cast(x, toFloating(x.dtype));
  spans.forEach(({ firsts, ends, step }, k) => {
    const rows = firsts.map((first, i) =>
      Array.from({ length: Math.ceil((ends[i] - first) / step) }, (_, j) => [first + j * step, 1] as const),
    );
    const axis = k - spans.length;
    result = resample(result, axis, sparseMatrix(x.shape[x.rank + axis], rows));
  });
  return result;
}

/** Divides each window's sum by its number of elements: the product of one number an axis. */
function divided(sums: Tensor, counts: readonly (readonly number[])[]): Tensor {
  const shape = counts.map(({ length }) => length);
  const products = counts.reduce<number[]>(
    (outer, inner) => outer.flatMap((a) => inner.map((b) => a * b)),
    [1],
  );
  const [first] = products;
  if (products.length > 0 && products.every((product) => product === first)) return div(sums, first);
  return div(sums, tensor(Float64Array.from(products), { shape, dtype: sums.dtype }));
}

function averagePool(
  operation: string,
  axes: number,
  x: Tensor,
  size: number | readonly number[],
  options: MeanPoolingOptions,
): Tensor {
  const { countIncludePad = true, divisorOverride } = options;
  if (divisorOverride === 0)
    throw new ArgumentError(operation, "expected a divisor that is not zero", divisorOverride);
  const spans = poolingSpans(operation, x.shape, axes, size, options);
  const sums = windowSums(x, spans);
  if (divisorOverride !== undefined) return div(sums, divisorOverride);
  return divided(
    sums,
    spans.map(({ counts, firsts, ends }) =>
      countIncludePad ? counts : ends.map((end, i) => end - firsts[i]),
    ),
  );
}

/**
 * The mean of each window.
 *
 * @param x [batch, channels, length], or without batch
 * @see torch.nn.functional.avg_pool1d
 */
export function avgPool1d(
  x: Tensor,
  size: number | readonly number[],
  options: MeanPoolingOptions = {},
): Tensor {
  return averagePool("avgPool1d", 1, x, size, options);
}

/**
 * The mean of each window.
 *
 * @param x [batch, channels, height, width], or without batch
 * @returns [batch, channels, height', width'], height' = floor((height + 2 padding - size) / stride) + 1, or ceil
 * @throws ShapeError if there is no window; ArgumentError if an option is out of range
 * @see torch.nn.functional.avg_pool2d
 */
export function avgPool2d(
  x: Tensor,
  size: number | readonly number[],
  options: MeanPoolingOptions = {},
): Tensor {
  return averagePool("avgPool2d", 2, x, size, options);
}

/**
 * The mean of each window.
 *
 * @param x [batch, channels, depth, height, width], or without batch
 * @see torch.nn.functional.avg_pool3d
 */
export function avgPool3d(
  x: Tensor,
  size: number | readonly number[],
  options: MeanPoolingOptions = {},
): Tensor {
  return averagePool("avgPool3d", 3, x, size, options);
}

/** The mean of each of the parts that cover the last `axes` axes evenly. */
export function adaptiveAveragePool(
  operation: string,
  axes: number,
  x: Tensor,
  target: TargetExtents,
): Tensor {
  const spans = adaptiveSpans(operation, x.shape, axes, target);
  return divided(
    windowSums(x, spans),
    spans.map(({ counts }) => counts),
  );
}

/**
 * The mean of each of so many parts that cover the sequence evenly.
 *
 * @param x [batch, channels, length], or without batch
 * @see torch.nn.functional.adaptive_avg_pool1d
 */
export function adaptiveAvgPool1d(x: Tensor, target: TargetExtents): Tensor {
  return adaptiveAveragePool("adaptiveAvgPool1d", 1, x, target);
}

/**
 * The mean of each of so many parts that cover the image evenly.
 *
 * @param x [batch, channels, height, width], or without batch
 * @throws ShapeError if a spatial axis is empty; ArgumentError if the target does not fit
 * @see torch.nn.functional.adaptive_avg_pool2d
 */
export function adaptiveAvgPool2d(x: Tensor, target: TargetExtents): Tensor {
  return adaptiveAveragePool("adaptiveAvgPool2d", 2, x, target);
}

/**
 * The mean of each of so many parts that cover the volume evenly.
 *
 * @param x [batch, channels, depth, height, width], or without batch
 * @see torch.nn.functional.adaptive_avg_pool3d
 */
export function adaptiveAvgPool3d(x: Tensor, target: TargetExtents): Tensor {
  return adaptiveAveragePool("adaptiveAvgPool3d", 3, x, target);
}

/** The power mean is taken before the count: windows that `ceilMode` cuts weigh as much as whole ones. */
function powerPool(
  operation: string,
  axes: number,
  x: Tensor,
  power: number,
  size: number | readonly number[],
  options: Pick<PoolingOptions, "stride" | "ceilMode">,
): Tensor {
  const sizes = perAxis(operation, "size", size, axes);
  const { stride, ceilMode } = options;
  const means = averagePool(operation, axes, pow(x, power), sizes, { stride, ceilMode });
  const sums = mul(
    means,
    sizes.reduce((product, extent) => product * extent, 1),
  );
  const zero = eq(sums.detach(), 0);
  return where(zero, 0, pow(where(zero, 1, sums), 1 / power));
}

/**
 * (Σ xᵖ)^(1/p) over each window; its derivative where the sum is zero is zero.
 *
 * @param x     [batch, channels, length], or without batch
 * @param power p
 * @see torch.nn.functional.lp_pool1d
 */
export function lpPool1d(
  x: Tensor,
  power: number,
  size: number | readonly number[],
  options: Pick<PoolingOptions, "stride" | "ceilMode"> = {},
): Tensor {
  return powerPool("lpPool1d", 1, x, power, size, options);
}

/**
 * (Σ xᵖ)^(1/p) over each window; its derivative where the sum is zero is zero.
 *
 * @param x     [batch, channels, height, width], or without batch
 * @param power p
 * @see torch.nn.functional.lp_pool2d
 */
export function lpPool2d(
  x: Tensor,
  power: number,
  size: number | readonly number[],
  options: Pick<PoolingOptions, "stride" | "ceilMode"> = {},
): Tensor {
  return powerPool("lpPool2d", 2, x, power, size, options);
}

import { sizeOf } from "../../shape.ts";
import type { Tensor } from "../../tensor.ts";
import { mul } from "../elementwise/arithmetic.ts";
import { eq, where } from "../elementwise/choice.ts";
import { pow } from "../elementwise/transcendental.ts";
import { averagePool } from "./average-pooling.ts";
import type { PoolingOptions } from "./spans.ts";
import { perAxis } from "./windows.ts";

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
  const sums = mul(means, sizeOf(sizes));
  const zero = eq(sums.detach(), 0);
  return where(zero, 0, pow(where(zero, 1, sums), 1 / power));
}

/**
 * (Σ xᵖ)^(1/p) over each window; its derivative where the sum is zero is zero.
 *
 * @param x     [batch, channels, length], or without batch
 * @param power p
 * @see torch.nn.functional.lp_pool1d
 * @example
 * lpPool1d(tensor([[3, 4, 0, 1]]), 2, 2); // [[5, 1]]
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
 * @example
 * lpPool2d(tensor([[[1, 2], [2, 4]]]), 2, 2); // [[[5]]]
 */
export function lpPool2d(
  x: Tensor,
  power: number,
  size: number | readonly number[],
  options: Pick<PoolingOptions, "stride" | "ceilMode"> = {},
): Tensor {
  return powerPool("lpPool2d", 2, x, power, size, options);
}

import { ShapeError } from "../../errors.ts";
import { sparseMatrix } from "../../kernels/sparse-along.ts";
import type { Tensor } from "../../tensor.ts";
import { add, div, mul, square } from "../elementwise/arithmetic.ts";
import { pow } from "../elementwise/transcendental.ts";
import { resample } from "./resample.ts";
import { perAxis } from "./windows.ts";

export interface LocalResponseNormOptions {
  /** Default 1e-4. */
  readonly alpha?: number;
  /** Default 0.75. */
  readonly beta?: number;
  /** Default 1. */
  readonly k?: number;
}

/**
 * Divides each element by (k + alpha · mean of the squares of `size` neighbouring channels)^beta; channels outside count as zeros.
 *
 * @param x    [batch, channels, ...]
 * @param size how many channels; of an even number the odd one comes before
 * @throws ShapeError unless there are at least three axes; ArgumentError unless the size is a positive integer
 * @see torch.nn.functional.local_response_norm
 * @example
 * localResponseNorm(tensor([[[1], [2]]]), 2, { alpha: 2, beta: 1 }); // [[[0.5], [0.3333]]]
 */
export function localResponseNorm(
  x: Tensor,
  size: number,
  { alpha = 1e-4, beta = 0.75, k = 1 }: LocalResponseNormOptions = {},
): Tensor {
  if (x.rank < 3) throw new ShapeError("localResponseNorm", [x.shape], "expected [batch, channels, ...]");
  perAxis("localResponseNorm", "size", size, 1);
  const channels = x.shape[1];
  const before = Math.floor(size / 2);
  const rows = Array.from({ length: channels }, (_, channel) => {
    const first = Math.max(0, channel - before);
    const end = Math.min(channels, channel - before + size);
    return Array.from({ length: end - first }, (_, i) => [first + i, 1] as const);
  });
  const sums = resample(square(x), 1, sparseMatrix(channels, rows));
  return div(x, pow(add(mul(sums, alpha / size), k), beta));
}

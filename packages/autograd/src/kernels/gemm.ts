import { slabs } from "../dtype/slab.ts";
import { memory } from "../dtype.ts";
import type { Matrix, MatrixBatch, MatrixData, ProductMaker, Row } from "./matrix.ts";
import { MatrixMultiplier } from "./matrix-multiplier.ts";
import { sharedArena } from "./wasm/arena.ts";
import { teamFor } from "./wasm/threads/setting.ts";

export type { Matrix, MatrixBatch, MatrixData, Row } from "./matrix.ts";

/** Networks have products, and many small tensors: who has the one has slabs for the other. */
function multiplierWithSlabs(): MatrixMultiplier {
  memory.by = slabs;
  return new MatrixMultiplier(sharedArena, teamFor);
}

const shared = /* @__PURE__ */ multiplierWithSlabs();

/** Has `native` asked first for every product of real numbers from here on; nobody if null. */
export function useNativeProducts(native: ProductMaker | null): void {
  shared.native = native;
}

/**
 * Multiplies matrices: `out [m, n]`, row-major from `outOffset` on, is assigned `a [m, k]` times `b [k, n]`.
 *
 * A transposed operand is one with its strides exchanged. All three have one element type. With `accumulate` the product is added to
 * what `out` holds; with a `bias` [n], whatever that is, the sums begin with it. NaN and Infinity spread as in any sum of products; where `k` is 0 the product is zero.
 *
 * Each element is within `k u / (1 - k u)` of the exact one, in units of the same element of `|a| |b|`, where u is 2^-24 for f32 and
 * 2^-53 for f64, one more for k with a bias; whole numbers wrap around at 32 bits.
 *
 * @see Higham 2002, "Accuracy and Stability of Numerical Algorithms", section 3.5
 */
export function gemm(
  m: number,
  n: number,
  k: number,
  a: Matrix,
  b: Matrix,
  out: MatrixData,
  outOffset: number,
  accumulate = false,
  bias: Row | null = null,
): void {
  shared.gemm(m, n, k, a, b, out, outOffset, accumulate, bias);
}

/**
 * Multiplies each member of a batch as `gemm` does: `out [...batch, m, n]` from `a [...batch, m, k]` and `b [...batch, k, n]`.
 *
 * An operand whose step along an axis of the batch is 0 is shared by the members along it, and prepared once.
 */
export function batchedGemm(
  batch: readonly number[],
  m: number,
  n: number,
  k: number,
  a: MatrixBatch,
  b: MatrixBatch,
  out: MatrixData,
  outOffset: number,
  accumulate = false,
  bias: Row | null = null,
): void {
  shared.batchedGemm(batch, m, n, k, a, b, out, outOffset, accumulate, bias);
}

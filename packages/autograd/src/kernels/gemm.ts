import { foldIntoRows, visitBatch } from "./batch.ts";
import type { Matrix, MatrixBatch, MatrixData, Product, ProductMaker, ProductSize } from "./matrix.ts";
import { ReferenceProduct } from "./reference/gemm.ts";
import { IntegerProduct } from "./reference/integer-gemm.ts";
import { type Arena, sharedArena } from "./wasm/arena.ts";
import { compileGemm, type GemmKernels } from "./wasm/gemm/kernels.ts";
import { PackedProduct } from "./wasm/gemm/product.ts";

export type { Matrix, MatrixBatch, MatrixData } from "./matrix.ts";

/** From some 300 multiplications on, the WebAssembly kernel takes less time with its copies than plain loops do: *measured*. */
const leastMultiplications = 320;

/** A result with fewer elements leaves most of a tile empty. */
const leastElements = 8;

/** Chooses the kernel for each product: a native one if given, WebAssembly where it is worth its copies and to be had, else plain loops. */
export class MatrixMultiplier {
  /** Asked first, for products of real numbers. */
  native: ProductMaker | null = null;
  readonly #findArena: () => Arena | null;
  readonly #compiled = new Map<number, GemmKernels | null>();

  constructor(findArena: () => Arena | null) {
    this.#findArena = findArena;
  }

  gemm(
    m: number,
    n: number,
    k: number,
    a: Matrix,
    b: Matrix,
    out: MatrixData,
    outOffset: number,
    accumulate = false,
  ): void {
    const product = this.#start({ rows: m, columns: n, depth: k }, a, b, out, accumulate);
    try {
      product.compute(a.offset, b.offset, outOffset);
    } finally {
      product.release();
    }
  }

  batchedGemm(
    batch: readonly number[],
    m: number,
    n: number,
    k: number,
    a: MatrixBatch,
    b: MatrixBatch,
    out: MatrixData,
    outOffset: number,
    accumulate = false,
  ): void {
    const folded = foldIntoRows({ extents: batch, rows: m, left: a, right: b });
    const size = { rows: folded.rows, columns: n, depth: k };
    const product = this.#start(size, folded.left, folded.right, out, accumulate);
    try {
      visitBatch(folded, (index, aStart, bStart) => {
        product.compute(aStart, bStart, outOffset + index * folded.rows * n);
      });
    } finally {
      product.release();
    }
  }

  #start(size: ProductSize, a: Matrix, b: Matrix, out: MatrixData, accumulate: boolean): Product {
    if (out instanceof Int32Array) {
      return new IntegerProduct(size, a as Matrix<Int32Array>, b as Matrix<Int32Array>, out, accumulate);
    }
    const left = a as Matrix<typeof out>;
    const right = b as Matrix<typeof out>;
    const elements = size.rows * size.columns;
    try {
      const native = this.native?.(size, left, right, out, accumulate);
      if (native) return native;
      if (elements >= leastElements && elements * size.depth >= leastMultiplications) {
        const kernels = this.#kernelsFor(out);
        if (kernels !== null) return new PackedProduct(kernels, size, left, right, out, accumulate);
      }
    } catch (error) {
      if (!(error instanceof RangeError)) throw error; // no memory for the copies: plain loops need none
    }
    return new ReferenceProduct(size, left, right, out, accumulate);
  }

  #kernelsFor(out: Float32Array | Float64Array): GemmKernels | null {
    const width = out.BYTES_PER_ELEMENT;
    let kernels = this.#compiled.get(width);
    if (kernels === undefined) {
      const arena = this.#findArena();
      kernels = arena === null ? null : compileGemm(arena, width === 4 ? "f32" : "f64");
      this.#compiled.set(width, kernels);
    }
    return kernels;
  }
}

const shared = /* @__PURE__ */ new MatrixMultiplier(sharedArena);

/** Has `native` asked first for every product of real numbers from here on; nobody if null. */
export function useNativeProducts(native: ProductMaker | null): void {
  shared.native = native;
}

/**
 * Multiplies matrices: `out [m, n]`, row-major from `outOffset` on, is assigned `a [m, k]` times `b [k, n]`.
 *
 * A transposed operand is one with its strides exchanged. All three have one element type. With `accumulate` the product is added to
 * what `out` holds. NaN and Infinity spread as in any sum of products; where `k` is 0 the product is zero.
 *
 * Each element is within `k u / (1 - k u)` of the exact one, in units of the same element of `|a| |b|`, where u is 2^-24 for f32 and
 * 2^-53 for f64; whole numbers wrap around at 32 bits.
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
): void {
  shared.gemm(m, n, k, a, b, out, outOffset, accumulate);
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
): void {
  shared.batchedGemm(batch, m, n, k, a, b, out, outOffset, accumulate);
}

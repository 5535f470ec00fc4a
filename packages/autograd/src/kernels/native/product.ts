import type { Matrix, Product, ProductMaker, ProductSize } from "../matrix.ts";
import { largestDistance, NativeOperand, part } from "./operand.ts";

type Floats = Float32Array | Float64Array;

/** cblas_sgemm or cblas_dgemm: c [m, n] = alpha · a [m, k] · b [k, n] + beta · c. */
export type CblasGemm = (
  order: number,
  transpositionOfA: number,
  transpositionOfB: number,
  m: number,
  n: number,
  k: number,
  alpha: number,
  a: Floats,
  distanceInA: number,
  b: Floats,
  distanceInB: number,
  beta: number,
  c: Floats,
  distanceInC: number,
) => void;

const rowMajor = 101;

/** From here on, and a little before, a call out of JavaScript takes half the time of the kernels here: *measured*. */
const leastMultiplications = 1024;

/** Products by a native library. Nothing is copied that stands in memory as rows, or as columns. */
export class NativeProduct implements Product {
  readonly #gemm: CblasGemm;
  readonly #size: ProductSize;
  readonly #left: NativeOperand;
  readonly #right: NativeOperand;
  readonly #out: Floats;
  readonly #accumulate: boolean;

  constructor(
    gemm: CblasGemm,
    size: ProductSize,
    left: Matrix<Floats>,
    right: Matrix<Floats>,
    out: Floats,
    accumulate: boolean,
  ) {
    this.#gemm = gemm;
    this.#size = size;
    this.#left = new NativeOperand(left, size.rows, size.depth);
    this.#right = new NativeOperand(right, size.depth, size.columns);
    this.#out = out;
    this.#accumulate = accumulate;
  }

  compute(leftStart: number, rightStart: number, outStart: number): void {
    const { rows, columns, depth } = this.#size;
    const [left, right] = [this.#left, this.#right];
    this.#gemm(
      rowMajor,
      left.transposition,
      right.transposition,
      rows,
      columns,
      depth,
      1,
      left.at(leftStart),
      left.distance,
      right.at(rightStart),
      right.distance,
      this.#accumulate ? 1 : 0,
      part(this.#out, outStart, rows * columns),
      columns,
    );
  }

  release(): void {}
}

/** Takes on the products that are large enough for a call into a native library to pay. */
export function nativeProducts(
  { f32, f64 }: { readonly f32: CblasGemm; readonly f64: CblasGemm },
  least = leastMultiplications,
): ProductMaker {
  return (size, left, right, out, accumulate) => {
    const { rows, columns, depth } = size;
    if (rows * columns * depth < least) return null;
    if (Math.max(rows, columns, depth) > largestDistance) return null;
    return new NativeProduct(out instanceof Float32Array ? f32 : f64, size, left, right, out, accumulate);
  };
}

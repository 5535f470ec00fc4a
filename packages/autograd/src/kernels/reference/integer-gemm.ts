import type { Matrix, Product, ProductSize } from "../matrix.ts";

/** Products of whole numbers modulo 2^32, by plain loops. */
export class IntegerProduct implements Product {
  readonly #size: ProductSize;
  readonly #left: Matrix<Int32Array>;
  readonly #right: Matrix<Int32Array>;
  readonly #out: Int32Array;
  readonly #accumulate: boolean;

  constructor(
    size: ProductSize,
    left: Matrix<Int32Array>,
    right: Matrix<Int32Array>,
    out: Int32Array,
    accumulate: boolean,
  ) {
    this.#size = size;
    this.#left = left;
    this.#right = right;
    this.#out = out;
    this.#accumulate = accumulate;
  }

  compute(leftStart: number, rightStart: number, outStart: number): void {
    const { rows, columns, depth } = this.#size;
    const { data: left, rowStride, columnStride: leftStep } = this.#left;
    const { data: right, rowStride: rightStep, columnStride } = this.#right;
    for (let i = 0; i < rows; i++) {
      for (let j = 0; j < columns; j++) {
        const at = outStart + i * columns + j;
        let sum = this.#accumulate ? this.#out[at] : 0;
        let p = leftStart + i * rowStride;
        let q = rightStart + j * columnStride;
        for (let l = 0; l < depth; l++) {
          sum = (sum + Math.imul(left[p], right[q])) | 0;
          p += leftStep;
          q += rightStep;
        }
        this.#out[at] = sum;
      }
    }
  }

  release(): void {}
}

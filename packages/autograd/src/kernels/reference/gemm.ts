import type { Matrix, Product, ProductSize } from "../matrix.ts";

type Floats = Float32Array | Float64Array;

/**
 * Products by plain loops, in double precision and rounded once: what the fast kernels are measured against.
 *
 * Each element is summed in the order of the depth. Four are computed at a time, two rows by two columns: that halves the reads.
 */
export class ReferenceProduct implements Product {
  readonly #size: ProductSize;
  readonly #left: Matrix<Floats>;
  readonly #right: Matrix<Floats>;
  readonly #out: Floats;
  readonly #accumulate: boolean;

  constructor(
    size: ProductSize,
    left: Matrix<Floats>,
    right: Matrix<Floats>,
    out: Floats,
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
    const evenRows = rows - (rows % 2);
    const evenColumns = columns - (columns % 2);
    const { data: left, rowStride, columnStride: leftStep } = this.#left;
    const { data: right, rowStride: rightStep, columnStride } = this.#right;
    const out = this.#out;
    const accumulate = this.#accumulate;
    for (let i = 0; i < evenRows; i += 2) {
      for (let j = 0; j < evenColumns; j += 2) {
        const at = outStart + i * columns + j;
        const below = at + columns;
        let sum00 = accumulate ? out[at] : 0;
        let sum01 = accumulate ? out[at + 1] : 0;
        let sum10 = accumulate ? out[below] : 0;
        let sum11 = accumulate ? out[below + 1] : 0;
        let p = leftStart + i * rowStride;
        let q = rightStart + j * columnStride;
        for (let l = 0; l < depth; l++) {
          const x0 = left[p];
          const x1 = left[p + rowStride];
          const y0 = right[q];
          const y1 = right[q + columnStride];
          sum00 += x0 * y0;
          sum01 += x0 * y1;
          sum10 += x1 * y0;
          sum11 += x1 * y1;
          p += leftStep;
          q += rightStep;
        }
        out[at] = sum00;
        out[at + 1] = sum01;
        out[below] = sum10;
        out[below + 1] = sum11;
      }
    }
    this.#oneByOne(leftStart, rightStart, outStart, 0, evenRows, evenColumns);
    this.#oneByOne(leftStart, rightStart, outStart, evenRows, rows, 0);
  }

  /** The elements of some rows, from a column on. */
  #oneByOne(
    leftStart: number,
    rightStart: number,
    outStart: number,
    firstRow: number,
    endRow: number,
    firstColumn: number,
  ): void {
    const { columns, depth } = this.#size;
    const { data: left, rowStride, columnStride: leftStep } = this.#left;
    const { data: right, rowStride: rightStep, columnStride } = this.#right;
    for (let i = firstRow; i < endRow; i++) {
      for (let j = firstColumn; j < columns; j++) {
        const at = outStart + i * columns + j;
        let sum = this.#accumulate ? this.#out[at] : 0;
        let p = leftStart + i * rowStride;
        let q = rightStart + j * columnStride;
        for (let l = 0; l < depth; l++) {
          sum += left[p] * right[q];
          p += leftStep;
          q += rightStep;
        }
        this.#out[at] = sum;
      }
    }
  }

  release(): void {}
}

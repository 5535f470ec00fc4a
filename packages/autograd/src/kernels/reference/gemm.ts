import type { Matrix, Product, ProductSize } from "../matrix.ts";

type Floats = Float32Array | Float64Array;

/**
 * A product by plain loops, in double precision and rounded once: what the fast kernels are measured against.
 *
 * Each element is summed in the order of the depth. Four are computed at a time, two rows by two columns: that halves the reads.
 */
export function multiplyPlainly(
  rows: number,
  columns: number,
  depth: number,
  { data: left, rowStride, columnStride: leftStep }: Matrix<Floats>,
  leftStart: number,
  { data: right, rowStride: rightStep, columnStride }: Matrix<Floats>,
  rightStart: number,
  out: Floats,
  outStart: number,
  accumulate: boolean,
): void {
  const evenRows = rows & -2;
  const evenColumns = columns & -2;
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
  // What is left: the last column of the even rows, and the last row.
  for (let i = 0; i < rows; i++) {
    for (let j = i < evenRows ? evenColumns : 0; j < columns; j++) {
      const at = outStart + i * columns + j;
      let sum = accumulate ? out[at] : 0;
      let p = leftStart + i * rowStride;
      let q = rightStart + j * columnStride;
      for (let l = 0; l < depth; l++) {
        sum += left[p] * right[q];
        p += leftStep;
        q += rightStep;
      }
      out[at] = sum;
    }
  }
}

/** Products of one size by plain loops. */
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
    const [left, right] = [this.#left, this.#right];
    const accumulate = this.#accumulate;
    multiplyPlainly(
      rows,
      columns,
      depth,
      left,
      leftStart,
      right,
      rightStart,
      this.#out,
      outStart,
      accumulate,
    );
  }

  release(): void {}
}

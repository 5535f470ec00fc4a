import type { Matrix } from "../matrix.ts";

type Floats = Float32Array | Float64Array;

/** How CBLAS calls a matrix whose rows stand in memory as they are, and one whose columns do. */
const [asItIs, transposed] = [111, 112];

/** Distances are whole numbers of 32 bits. */
export const largestDistance = 2 ** 31 - 1;

/**
 * One side of a product as CBLAS reads it: lines of neighbours at one distance, the rows of the matrix or its columns.
 *
 * What does not lie so (every other number, backwards, one number for many) is copied to lie so, and used again for the same matrix.
 */
export class NativeOperand {
  readonly transposition: number;
  /** From one line to the next, in numbers. */
  readonly distance: number;
  readonly #matrix: Matrix<Floats>;
  readonly #rows: number;
  readonly #columns: number;
  /** How many numbers there are from the first to the last. */
  readonly #extent: number;
  readonly #copy: Floats | undefined;
  /** Where the matrix begins that was copied. */
  #copied = NaN;

  constructor(matrix: Matrix<Floats>, rows: number, columns: number) {
    const { rowStride, columnStride, data } = matrix;
    this.#matrix = matrix;
    this.#rows = rows;
    this.#columns = columns;
    const betweenRows = distanceOf(rows, columns, rowStride, columnStride);
    const betweenColumns = distanceOf(columns, rows, columnStride, rowStride);
    const isCopied = betweenRows === null && betweenColumns === null;
    this.transposition = betweenRows === null && !isCopied ? transposed : asItIs;
    this.distance = betweenRows ?? betweenColumns ?? columns;
    const [lines, length] = this.transposition === asItIs ? [rows, columns] : [columns, rows];
    this.#extent = (lines - 1) * this.distance + length;
    this.#copy = isCopied
      ? new (data.constructor as new (length: number) => Floats)(rows * columns)
      : undefined;
  }

  /**
   * The numbers of the matrix that begins at `start`, from the first on.
   *
   * @throws RangeError if the array ends before the matrix does: native code would read on
   */
  at(start: number): Floats {
    if (this.#copy !== undefined) {
      if (start !== this.#copied) this.#fill(this.#copy, start);
      return this.#copy;
    }
    return part(this.#matrix.data, start, this.#extent);
  }

  #fill(copy: Floats, start: number): void {
    const { data, rowStride, columnStride } = this.#matrix;
    for (let row = 0, to = 0; row < this.#rows; row++) {
      let from = start + row * rowStride;
      for (let column = 0; column < this.#columns; column++, from += columnStride) copy[to++] = data[from];
    }
    this.#copied = start;
  }
}

/** The distance between lines that CBLAS can go along, or null: neighbours must be side by side, and lines must not overlap. */
function distanceOf(lines: number, length: number, lineStride: number, step: number): number | null {
  if (length > 1 && step !== 1) return null;
  if (lines === 1) return length;
  return lineStride >= length && lineStride <= largestDistance ? lineStride : null;
}

/** @throws RangeError if the array has no such part */
export function part(data: Floats, start: number, length: number): Floats {
  if (!(start >= 0 && start + length <= data.length))
    throw new RangeError(`expected ${length} numbers from ${start} on, got an array of ${data.length}`);
  return start === 0 ? data : data.subarray(start, start + length);
}

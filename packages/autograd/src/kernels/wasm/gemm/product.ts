import type { Matrix, Product, ProductSize, Row } from "../../matrix.ts";
import type { GemmKernels } from "./kernels.ts";
import { PackedOperand, stagingNumbers } from "./packed-operand.ts";
import { copyRow } from "./stage.ts";
import { columnsOf } from "./tile.ts";

type Numbers = Float32Array | Float64Array;

/** The rows, columns and depth that are computed at once; a larger product is cut, so that the arena stays small. */
export const blockLimit = 1024;

/**
 * Products by the WebAssembly kernels: operands are packed into the arena and multiplied there.
 *
 * With a bias, what the result held does not count: sums begin with it. What lies in the arena already is neither copied in nor out. An operand that was packed for the product before is used again.
 */
export class PackedProduct implements Product {
  readonly #kernels: GemmKernels;
  readonly #size: ProductSize;
  readonly #accumulate: boolean;
  readonly #left: PackedOperand;
  readonly #right: PackedOperand;

  /** The arena's memory; `#out` is the same if the result belongs there. */
  readonly #memory: Numbers;
  readonly #out: Numbers;
  /** Where each array begins in what is read and written in its place. */
  readonly #leftShift: number;
  readonly #rightShift: number;
  readonly #outShift: number;

  readonly #mark: number;
  readonly #packedLeft: number;
  readonly #packedRight: number;
  readonly #result: number;
  readonly #scratch: number;
  /** The row that sums begin with; -1 if none. */
  readonly #bias: number;

  /** @throws RangeError if the arena cannot grow as far */
  constructor(
    kernels: GemmKernels,
    size: ProductSize,
    left: Matrix<Numbers>,
    right: Matrix<Numbers>,
    out: Numbers,
    accumulate: boolean,
    bias: Row<Numbers> | null = null,
  ) {
    const { arena, tile } = kernels;
    const { width } = tile.lanes;
    this.#kernels = kernels;
    this.#size = size;
    this.#accumulate = accumulate;

    // Room is made next, and growth detaches views of the arena: what lies in it is known by its place from here on.
    const { buffer } = arena.memory;
    const leftIsInside = left.data.buffer === buffer;
    const rightIsInside = right.data.buffer === buffer;
    const outIsInside = out.buffer === buffer;
    this.#leftShift = leftIsInside ? left.data.byteOffset / width : 0;
    this.#rightShift = rightIsInside ? right.data.byteOffset / width : 0;
    this.#outShift = outIsInside ? out.byteOffset / width : 0;

    const rows = Math.min(size.rows, blockLimit);
    const columns = Math.min(size.columns, blockLimit);
    const deepBytes = Math.min(size.depth, blockLimit) * width;
    const leftBytes = wholeLines((rows + tile.rows) * deepBytes);
    const rightBytes = wholeLines((columns + columnsOf(tile)) * deepBytes);
    const resultBytes = wholeLines(rows * columns * width);
    const scratchBytes = wholeLines((tile.rows + 1) * columnsOf(tile) * width);
    const stagingBytes = wholeLines(stagingNumbers(Math.max(rows, columns), 1) * deepBytes);
    const biasBytes = bias === null ? 0 : (size.columns + columnsOf(tile)) * width;
    this.#mark = arena.mark();
    this.#packedLeft = arena.allocate(
      leftBytes + rightBytes + resultBytes + scratchBytes + stagingBytes + biasBytes,
    );
    this.#packedRight = this.#packedLeft + leftBytes;
    this.#result = this.#packedRight + rightBytes;
    this.#scratch = this.#result + resultBytes;
    const staging = this.#scratch + scratchBytes;
    this.#bias = bias === null ? -1 : staging + stagingBytes;

    const memory = width === 4 ? arena.float32 : arena.float64;
    this.#memory = memory;
    this.#out = outIsInside ? memory : out;
    if (bias !== null) copyRow(memory, this.#bias / width, bias, size.columns);
    this.#left = new PackedOperand({
      pack: kernels.packLeft,
      memory,
      data: leftIsInside ? memory : left.data,
      across: { count: size.rows, stride: left.rowStride },
      deep: { count: size.depth, stride: left.columnStride },
      staging,
      packed: this.#packedLeft,
      panel: tile.rows,
    });
    this.#right = new PackedOperand({
      pack: kernels.packRight,
      memory,
      data: rightIsInside ? memory : right.data,
      across: { count: size.columns, stride: right.columnStride },
      deep: { count: size.depth, stride: right.rowStride },
      staging,
      packed: this.#packedRight,
      panel: columnsOf(tile),
    });
  }

  release(): void {
    this.#kernels.arena.release(this.#mark);
  }

  compute(leftStart: number, rightStart: number, outStart: number): void {
    const { rows, columns } = this.#size;
    for (let column = 0; column < columns; column += blockLimit) {
      for (let row = 0; row < rows; row += blockLimit) {
        this.#computeBlock(leftStart + this.#leftShift, rightStart + this.#rightShift, outStart, row, column);
      }
    }
  }

  #computeBlock(leftStart: number, rightStart: number, outStart: number, row: number, column: number): void {
    const { multiply, tile } = this.#kernels;
    const { width } = tile.lanes;
    const { depth: k, columns: n } = this.#size;
    const rows = { start: row, count: Math.min(blockLimit, this.#size.rows - row) };
    const columns = { start: column, count: Math.min(blockLimit, n - column) };

    const target = outStart + this.#outShift + row * n + column;
    const isInPlace = this.#out === this.#memory && columns.count === n;
    const result = isInPlace ? target : this.#result / width;
    if (this.#accumulate && !isInPlace) {
      copyRows(this.#memory, result, columns.count, this.#out, target, n, rows.count, columns.count);
    }
    for (let start = 0; start < k; start += blockLimit) {
      const deep = { start, count: Math.min(blockLimit, k - start) };
      this.#left.pack(leftStart, rows, deep);
      this.#right.pack(rightStart, columns, deep);
      const [a, b, c] = [this.#packedLeft, this.#packedRight, result * width];
      let [seed, seedStride] = [c, columns.count * width];
      if (start === 0 && !this.#accumulate)
        [seed, seedStride] = [this.#bias === -1 ? -1 : this.#bias + column * width, 0];
      multiply(a, b, c, rows.count, columns.count, deep.count, seed, seedStride, this.#scratch);
    }
    if (!isInPlace)
      copyRows(this.#out, target, n, this.#memory, result, columns.count, rows.count, columns.count);
  }
}

/** Memory that threads share is copied to and from by words, where both sides begin with one. */
const wholeLines = (bytes: number): number => Math.ceil(bytes / 64) * 64;

/** Copies rows between two row-major matrices. */
function copyRows(
  to: Numbers,
  toStart: number,
  toStride: number,
  from: Numbers,
  fromStart: number,
  fromStride: number,
  rows: number,
  columns: number,
): void {
  if (toStride === columns && fromStride === columns) {
    to.set(from.subarray(fromStart, fromStart + rows * columns), toStart);
    return;
  }
  for (let row = 0; row < rows; row++) {
    const start = fromStart + row * fromStride;
    to.set(from.subarray(start, start + columns), toStart + row * toStride);
  }
}

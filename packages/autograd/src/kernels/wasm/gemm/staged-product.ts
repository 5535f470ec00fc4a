import type { MatrixBatch, ProductSize, Row } from "../../matrix.ts";
import type { GemmKernels } from "./kernels.ts";
import { copyNumbers, copyRow } from "./stage.ts";
import { columnsOf } from "./tile.ts";

type Numbers = Float32Array | Float64Array;

/** As many numbers of an operand, or of all results, are in the arena at once. */
const mostNumbers = 2 ** 20;

/** A matrix that lies in so many times its own numbers is brought as it lies: that takes less time than to collect them. */
const widestSpread = 8;

/** Which part of its array the matrices of an operand lie in, and how many numbers they have. */
interface Footprint {
  readonly low: number;
  readonly length: number;
  readonly numbers: number;
}

function footprintOf(
  { offset, rowStride, columnStride, batchStrides }: MatrixBatch<Numbers>,
  rows: number,
  columns: number,
  extents: readonly number[],
): Footprint {
  const [down, along] = [rowStride * (rows - 1), columnStride * (columns - 1)];
  let low = offset + Math.min(down, 0) + Math.min(along, 0);
  let length = Math.abs(down) + Math.abs(along) + 1;
  let numbers = (rowStride === 0 ? 1 : rows) * (columnStride === 0 ? 1 : columns);
  for (let axis = 0; axis < extents.length; axis++) {
    const way = batchStrides[axis] * (extents[axis] - 1);
    low += Math.min(way, 0);
    length += Math.abs(way);
    if (way !== 0) numbers *= extents[axis];
  }
  return { low, length, numbers };
}

const isCompact = ({ length, numbers }: Footprint): boolean =>
  length <= mostNumbers && length <= widestSpread * numbers;

/** Memory that threads share is copied to and from several times as fast where both sides begin alike within words of 8 bytes. */
const withinWord = (data: Numbers, position: number): number =>
  (data.byteOffset + position * data.BYTES_PER_ELEMENT) & 7;

const lines = (bytes: number): number => (bytes + 63) & -64;

/**
 * Multiplies matrices that the arena has room for, all members of a batch in one go: operands are brought as they lie, each in one copy, packed
 * and multiplied there, and all results are taken out in one. What lies in the arena already is neither brought nor taken.
 *
 * @returns false, and does nothing, where the matrices are too large or too scattered, or there are none
 * @throws RangeError if the arena cannot grow as far
 */
export function multiplyStaged(
  kernels: GemmKernels,
  { rows, columns, depth }: ProductSize,
  extents: readonly number[],
  left: MatrixBatch<Numbers>,
  right: MatrixBatch<Numbers>,
  out: Numbers,
  outStart: number,
  accumulate: boolean,
  bias: Row<Numbers> | null,
): boolean {
  const { arena, tile, multiplyLine } = kernels;
  const { width } = tile.lanes;
  let members = 1;
  for (let axis = 0; axis < extents.length; axis++) members *= extents[axis];
  const results = members * rows * columns;
  if (results === 0 || depth === 0) return false;
  if (Math.max(results, rows * depth, columns * depth) > mostNumbers) return false;
  const { buffer } = width === 4 ? arena.float32 : arena.float64;
  // Growth detaches views of the arena: what lies in it is known by its place from here on.
  const leftIsInside = left.data.buffer === buffer;
  const rightIsInside = right.data.buffer === buffer;
  const outIsInside = out.buffer === buffer;
  const leftPlace = left.data.byteOffset + left.offset * width;
  const rightPlace = right.data.byteOffset + right.offset * width;
  const outPlace = out.byteOffset + outStart * width;
  const a = footprintOf(left, rows, depth, extents);
  const b = footprintOf(right, depth, columns, extents);
  if (!(leftIsInside || isCompact(a)) || !(rightIsInside || isCompact(b))) return false;

  const mark = arena.mark();
  const tileColumns = columnsOf(tile);
  const leftBytes = leftIsInside ? 0 : lines((a.length + 1) * width);
  const rightBytes = rightIsInside ? 0 : lines((b.length + 1) * width);
  const resultBytes = outIsInside ? 0 : lines((results + 1) * width);
  const packedLeftBytes = lines((rows + tile.rows) * depth * width);
  const packedRightBytes = lines((columns + tileColumns) * depth * width);
  const scratchBytes = lines((tile.rows + 1) * tileColumns * width);
  const biasBytes = bias === null ? 0 : (columns + tileColumns) * width;
  const start = arena.allocate(
    leftBytes + rightBytes + resultBytes + packedLeftBytes + packedRightBytes + scratchBytes + biasBytes,
  );
  const atLeft = start + withinWord(left.data, a.low);
  const atRight = start + leftBytes + withinWord(right.data, b.low);
  const atResult = start + leftBytes + rightBytes + withinWord(out, outStart);
  const packedLeft = start + leftBytes + rightBytes + resultBytes;
  const packedRight = packedLeft + packedLeftBytes;
  const scratch = packedRight + packedRightBytes;
  const atBias = scratch + scratchBytes;

  const memory = width === 4 ? arena.float32 : arena.float64;
  if (!leftIsInside) copyNumbers(memory, atLeft / width, left.data, a.low, a.length);
  if (!rightIsInside) copyNumbers(memory, atRight / width, right.data, b.low, b.length);
  if (accumulate && !outIsInside) copyNumbers(memory, atResult / width, out, outStart, results);
  if (bias !== null) copyRow(memory, atBias / width, bias, columns);

  const inner = extents.length - 1;
  const count = inner < 0 ? 1 : extents[inner];
  const leftStep = inner < 0 ? 0 : left.batchStrides[inner] * width;
  const rightStep = inner < 0 ? 0 : right.batchStrides[inner] * width;
  const leftBegin = leftIsInside ? leftPlace : atLeft + (left.offset - a.low) * width;
  const rightBegin = rightIsInside ? rightPlace : atRight + (right.offset - b.low) * width;
  let c = outIsInside ? outPlace : atResult;
  const rowBytes = columns * width;
  const outStep = rows * rowBytes;
  for (let line = 0; line < members; line += count) {
    const seed = bias === null ? (accumulate ? c : -1) : atBias;
    const isAdded = bias === null && accumulate;
    multiplyLine(
      count,
      leftBegin + positionOf(line, extents, left.batchStrides) * width,
      leftStep,
      left.rowStride * width,
      left.columnStride * width,
      rightBegin + positionOf(line, extents, right.batchStrides) * width,
      rightStep,
      right.columnStride * width,
      right.rowStride * width,
      c,
      outStep,
      rows,
      columns,
      depth,
      seed,
      isAdded ? outStep : 0,
      isAdded ? rowBytes : 0,
      packedLeft,
      packedRight,
      scratch,
    );
    c += count * outStep;
  }
  if (!outIsInside) copyNumbers(out, outStart, memory, atResult / width, results);
  arena.release(mark);
  return true;
}

/** Where a member of a batch begins, from the first one on. */
function positionOf(member: number, extents: readonly number[], strides: readonly number[]): number {
  let position = 0;
  for (let axis = extents.length - 1, rest = member; rest > 0; axis--) {
    position += (rest % extents[axis]) * strides[axis];
    rest = Math.floor(rest / extents[axis]);
  }
  return position;
}

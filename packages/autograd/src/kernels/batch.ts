import type { MatrixBatch } from "./matrix.ts";

/** Pairs of matrices along the axes of a batch. */
export interface Batch {
  readonly extents: readonly number[];
  /** The rows of each left matrix. */
  readonly rows: number;
  readonly left: MatrixBatch;
  readonly right: MatrixBatch;
}

/**
 * Drops the last axes of a batch where they only make the left matrix taller.
 *
 * That is where the right matrix is shared, and the rows of one left matrix go on in the next: one tall product then does for many.
 */
export function foldIntoRows(batch: Batch): Batch {
  const { right } = batch;
  let { rows, left } = batch;
  let axes = batch.extents.length;
  for (; axes > 0; axes--) {
    const extent = batch.extents[axes - 1];
    const step = left.batchStrides[axes - 1];
    if (extent === 1) continue;
    if (right.batchStrides[axes - 1] !== 0) break;
    if (rows === 1) left = { ...left, rowStride: step };
    if (step !== rows * left.rowStride) break;
    rows *= extent;
  }
  return { extents: batch.extents.slice(0, axes), rows, left, right };
}

/** Calls `visit` for each member, in row-major order, with its number and the positions of its matrices. */
export function visitBatch(
  { extents, left, right }: Batch,
  visit: (index: number, leftStart: number, rightStart: number) => void,
): void {
  const count = extents.reduce((product, extent) => product * extent, 1);
  const counters = new Array<number>(extents.length).fill(0);
  let leftStart = left.offset;
  let rightStart = right.offset;
  for (let index = 0; index < count; index++) {
    visit(index, leftStart, rightStart);
    for (let axis = extents.length - 1; axis >= 0; axis--) {
      leftStart += left.batchStrides[axis];
      rightStart += right.batchStrides[axis];
      if (++counters[axis] < extents[axis]) break;
      counters[axis] = 0;
      leftStart -= left.batchStrides[axis] * extents[axis];
      rightStart -= right.batchStrides[axis] * extents[axis];
    }
  }
}

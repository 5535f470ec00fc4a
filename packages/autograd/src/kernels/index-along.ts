import type { TypedArray } from "../dtype.ts";
import { type Shape, sizeOf } from "../shape.ts";
import { dense, denseData, isDense, type Strided } from "./strided.ts";

/** Where the elements that an index picks lie: runs of neighbours, all of one length. */
interface Runs {
  /** Positions in the data, in row-major order of the index. */
  readonly starts: Int32Array;
  readonly length: number;
}

/** The position of each element relative to the first, in row-major order. */
function positionsOf(shape: Shape, strides: readonly number[]): Int32Array {
  let positions = new Int32Array(1);
  for (let axis = shape.length - 1; axis >= 0; axis--) {
    const [extent, stride, inner] = [shape[axis], strides[axis], positions];
    if (extent === 1) continue;
    positions = new Int32Array(extent * inner.length);
    for (let i = 0, at = 0; i < extent; i++) {
      for (let j = 0; j < inner.length; j++) positions[at++] = i * stride + inner[j];
    }
  }
  return positions;
}

/**
 * Where `index` picks from `x` along `axis`.
 *
 * An index that is one for all axes behind, as that of whole rows is, picks whole runs where those axes lie together.
 */
function planRuns(x: Strided, axis: number, index: Strided): Runs {
  const { shape, strides, data: picks } = index;
  const [outer, inner] = [shape.slice(0, axis), shape.slice(axis + 1)];
  const [extent, along, pickStep] = [shape[axis], x.strides[axis], strides[axis]];
  const [fromOuter, pickOuter] = [positionsOf(outer, x.strides), positionsOf(outer, strides)];
  const together =
    inner.every((size, k) => size === 1 || strides[axis + 1 + k] === 0) &&
    isDense({ ...x, shape: inner, strides: x.strides.slice(axis + 1) });
  const length = together ? sizeOf(inner) : 1;
  const fromInner = positionsOf(together ? [] : inner, x.strides.slice(axis + 1));
  const pickInner = positionsOf(together ? [] : inner, strides.slice(axis + 1));
  const starts = new Int32Array(length === 0 ? 0 : fromOuter.length * extent * fromInner.length);
  let at = 0;
  for (let o = 0; o < fromOuter.length && starts.length > 0; o++) {
    const from = x.offset + fromOuter[o];
    const first = index.offset + pickOuter[o];
    for (let j = 0; j < extent; j++) {
      const pick = first + j * pickStep;
      for (let i = 0; i < fromInner.length; i++) {
        starts[at++] = from + picks[pick + pickInner[i]] * along + fromInner[i];
      }
    }
  }
  return { starts, length };
}

/** Whether `index` picks along the last axis, line by line, and everything lies row-major: where each pick stands needs no plan then. */
function isByLines(x: Strided, axis: number, index: Strided): boolean {
  const last = x.shape.length - 1;
  if (axis !== last || index.shape.length !== x.shape.length) return false;
  for (let k = 0; k < last; k++) if (x.shape[k] !== index.shape[k]) return false;
  return isDense(x) && isDense(index);
}

/** Shorter runs are copied by a loop: a subarray costs more than a few elements. */
const longRun = 24;

/** `out[i, j, …] = x[index[i, j, …], j, …]` for axis 0, and so on; row-major in the shape of `index`. */
export function gatherAlong(x: Strided, axis: number, index: Strided, out: TypedArray): void {
  if (isByLines(x, axis, index)) {
    gatherLines(x, index, out);
    return;
  }
  const { starts, length } = planRuns(x, axis, index);
  const { data } = x;
  if (length === 1) {
    for (let k = 0; k < starts.length; k++) out[k] = data[starts[k]];
    return;
  }
  for (let k = 0, at = 0; k < starts.length; k++, at += length) {
    const from = starts[k];
    if (length > longRun) out.set(data.subarray(from, from + length), at);
    else for (let i = 0; i < length; i++) out[at + i] = data[from + i];
  }
}

function gatherLines({ data, offset, shape }: Strided, index: Strided, out: TypedArray): void {
  const [extent, count] = [shape[shape.length - 1], index.shape[index.shape.length - 1]];
  const picks = index.data;
  const size = sizeOf(index.shape);
  for (let at = 0, pick = index.offset, line = offset; at < size; line += extent) {
    for (const end = at + count; at < end; at++, pick++) out[at] = data[line + picks[pick]];
  }
}

function scatterAddLines({ data, offset, shape }: Strided, index: Strided, values: TypedArray): void {
  const [extent, count] = [shape[shape.length - 1], index.shape[index.shape.length - 1]];
  const picks = index.data;
  const size = sizeOf(index.shape);
  for (let at = 0, pick = index.offset, line = offset; at < size; line += extent) {
    for (const end = at + count; at < end; at++, pick++) data[line + picks[pick]] += values[at];
  }
}

/** Adds each element of `source` to the place in `target` that `gatherAlong` would have read. */
export function scatterAddAlong(target: Strided, axis: number, index: Strided, source: Strided): void {
  if (isByLines(target, axis, index)) {
    scatterAddLines(target, index, denseData(source));
    return;
  }
  const { starts, length } = planRuns(target, axis, index);
  const [{ data }, values] = [target, denseData(source)];
  if (length === 1) {
    for (let k = 0; k < starts.length; k++) data[starts[k]] += values[k];
    return;
  }
  for (let k = 0, at = 0; k < starts.length; k++, at += length) {
    const to = starts[k];
    for (let i = 0; i < length; i++) data[to + i] += values[at + i];
  }
}

/** Writes each element of `source` to the place in `target` that `gatherAlong` would have read: the last one stays. */
export function scatterAlong(target: Strided, axis: number, index: Strided, source: Strided): void {
  const { starts, length } = planRuns(target, axis, index);
  const [{ data }, values] = [target, denseData(source)];
  for (let k = 0, at = 0; k < starts.length; k++, at += length) {
    const to = starts[k];
    if (length > longRun) data.set(values.subarray(at, at + length), to);
    else for (let i = 0; i < length; i++) data[to + i] = values[at + i];
  }
}

/** Keeps the larger (for sign -1 the smaller) of each element of `source` and what is at its place in `target`; NaN stays. */
export function scatterExtremumAlong(
  target: Strided,
  axis: number,
  index: Strided,
  source: Strided,
  sign: 1 | -1,
): void {
  const { starts, length } = planRuns(target, axis, index);
  const [{ data }, values] = [target, denseData(source)];
  for (let k = 0, at = 0; k < starts.length; k++) {
    for (let i = 0; i < length; i++, at++) {
      const [to, value] = [starts[k] + i, values[at]];
      if (sign * value > sign * data[to] || value !== value) data[to] = value;
    }
  }
}

/**
 * Who else is picked at the same place, as lists: the elements of the index that pick one place follow each other.
 *
 * @param shape of what is picked from
 * @returns for each element of `index` the position of the next with the same place, or the size of `index`; and for each place the first
 */
export function chainAlong(
  shape: Shape,
  axis: number,
  index: Strided,
): { readonly next: Int32Array; readonly first: Int32Array } {
  const { starts, length } = planRuns(dense(new Uint8Array(0), shape), axis, index);
  const count = starts.length * length;
  const next = new Int32Array(count);
  const first = new Int32Array(sizeOf(shape)).fill(count);
  for (let at = count - 1; at >= 0; at--) {
    const place = starts[Math.floor(at / length)] + (at % length);
    next[at] = first[place];
    first[place] = at;
  }
  return { next, first };
}

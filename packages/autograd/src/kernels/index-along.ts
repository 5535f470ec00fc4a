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

/** How to go over an index: what it picks stands at a sum of three positions, and the number that it holds stands at another one. */
interface Picks {
  readonly fromOuter: Int32Array;
  readonly pickOuter: Int32Array;
  readonly extent: number;
  readonly along: number;
  readonly pickStep: number;
  readonly fromInner: Int32Array;
  readonly pickInner: Int32Array;
  /** So many neighbours are picked at once. */
  readonly length: number;
}

/**
 * What `index` picks from `x` along `axis`.
 *
 * An index that is one for all axes behind, as that of whole rows is, picks whole runs where those axes lie together.
 */
function planPicks(x: Strided, axis: number, index: Strided): Picks {
  const { shape, strides } = index;
  const [outer, inner] = [shape.slice(0, axis), shape.slice(axis + 1)];
  const together =
    inner.every((size, k) => size === 1 || strides[axis + 1 + k] === 0) &&
    isDense({ ...x, shape: inner, strides: x.strides.slice(axis + 1) });
  return {
    fromOuter: positionsOf(outer, x.strides),
    pickOuter: positionsOf(outer, strides),
    extent: shape[axis],
    along: x.strides[axis],
    pickStep: strides[axis],
    fromInner: positionsOf(together ? [] : inner, x.strides.slice(axis + 1)),
    pickInner: positionsOf(together ? [] : inner, strides.slice(axis + 1)),
    length: together ? sizeOf(inner) : 1,
  };
}

/** Where `index` picks from `x` along `axis`. */
function planRuns(x: Strided, axis: number, index: Strided): Runs {
  const plan = planPicks(x, axis, index);
  const { fromOuter, pickOuter, extent, along, pickStep, fromInner, pickInner, length } = plan;
  const picks = index.data;
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

/** Shorter runs are copied by a loop: a subarray costs more than a few elements. */
const longRun = 24;

/** `out[i, j, …] = x[index[i, j, …], j, …]` for axis 0, and so on; row-major in the shape of `index`. */
export function gatherAlong(x: Strided, axis: number, index: Strided, out: TypedArray): void {
  const plan = planPicks(x, axis, index);
  const { fromOuter, pickOuter, extent, along, pickStep, fromInner, pickInner, length } = plan;
  const [{ data }, picks] = [x, index.data];
  const inner = fromInner.length;
  let at = 0;
  for (let o = 0; o < fromOuter.length; o++) {
    const outer = x.offset + fromOuter[o];
    const first = index.offset + pickOuter[o];
    if (length !== 1) {
      for (let j = 0; j < extent; j++, at += length) {
        const from = outer + picks[first + j * pickStep] * along;
        if (length > longRun) out.set(data.subarray(from, from + length), at);
        else for (let i = 0; i < length; i++) out[at + i] = data[from + i];
      }
    } else if (inner === 1) {
      for (let j = 0; j < extent; j++) out[at++] = data[outer + picks[first + j * pickStep] * along];
    } else {
      for (let j = 0; j < extent; j++) {
        const pick = first + j * pickStep;
        for (let i = 0; i < inner; i++)
          out[at++] = data[outer + picks[pick + pickInner[i]] * along + fromInner[i]];
      }
    }
  }
}

/** Adds each element of `source` to the place in `target` that `gatherAlong` would have read. */
export function scatterAddAlong(target: Strided, axis: number, index: Strided, source: Strided): void {
  const plan = planPicks(target, axis, index);
  const { fromOuter, pickOuter, extent, along, pickStep, fromInner, pickInner, length } = plan;
  const [{ data }, values, picks] = [target, denseData(source), index.data];
  const inner = fromInner.length;
  let at = 0;
  for (let o = 0; o < fromOuter.length; o++) {
    const outer = target.offset + fromOuter[o];
    const first = index.offset + pickOuter[o];
    if (length !== 1) {
      for (let j = 0; j < extent; j++) {
        const to = outer + picks[first + j * pickStep] * along;
        for (let i = 0; i < length; i++) data[to + i] += values[at++];
      }
    } else if (inner === 1) {
      for (let j = 0; j < extent; j++) data[outer + picks[first + j * pickStep] * along] += values[at++];
    } else {
      for (let j = 0; j < extent; j++) {
        const pick = first + j * pickStep;
        for (let i = 0; i < inner; i++)
          data[outer + picks[pick + pickInner[i]] * along + fromInner[i]] += values[at++];
      }
    }
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

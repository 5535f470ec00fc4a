import { allocateUncleared, type Dtype, dtypeOf, type TypedArray } from "../dtype.ts";
import { type Shape, sizeOf, stridesOf } from "../shape.ts";

/** Numbers in memory and the way to walk over them: what a kernel knows of a tensor. */
export interface Strided {
  readonly data: TypedArray;
  readonly shape: Shape;
  /** The step of each axis, in elements; 0 where an axis is stretched. */
  readonly strides: readonly number[];
  /** The position of the first element. */
  readonly offset: number;
}

/** Row-major numbers that fill their array from `offset` on. */
export function dense(data: TypedArray, shape: Shape, offset = 0): Strided {
  return { data, shape, strides: stridesOf(shape), offset };
}

/** Whether the elements lie row-major without gaps. */
export function isDense(x: Strided): boolean {
  let step = 1;
  for (let axis = x.shape.length - 1; axis >= 0; axis--) {
    if (x.shape[axis] !== 1 && x.strides[axis] !== step) return x.shape.includes(0);
    step *= x.shape[axis];
  }
  return true;
}

/** The strides of a row-major layout: those of `like`, where they are the same. */
export const rowMajor = (shape: Shape, like: Strided | undefined): readonly number[] =>
  like?.shape === shape && isDense(like) ? like.strides : stridesOf(shape);

/** The axes that operands of one shape walk together, outermost first, merged where every operand allows it. */
export interface Walk {
  readonly extents: readonly number[];
  /** For each operand, its step along each merged axis. */
  readonly steps: readonly (readonly number[])[];
}

/** Plans a loop over `shape` for operands with the given strides; axes of extent 1 vanish, neighbours that continue each other merge. */
export function planWalk(shape: Shape, strides: readonly (readonly number[])[]): Walk {
  const extents: number[] = [];
  const steps: number[][] = strides.map(() => []);
  for (let axis = 0; axis < shape.length; axis++) {
    const extent = shape[axis];
    if (extent === 1) continue;
    const last = extents.length - 1;
    let continues = last >= 0;
    for (let k = 0; k < strides.length && continues; k++)
      continues = steps[k][last] === strides[k][axis] * extent;
    if (continues) {
      extents[last] *= extent;
      for (let k = 0; k < strides.length; k++) steps[k][last] = strides[k][axis];
    } else {
      extents.push(extent);
      for (let k = 0; k < strides.length; k++) steps[k].push(strides[k][axis]);
    }
  }
  return { extents, steps };
}

/**
 * Calls `visit` once for each run along the innermost axis, with the position of every operand at its start.
 *
 * `positions` is one array that changes from call to call.
 */
export function walkRuns(
  walk: Walk,
  starts: readonly number[],
  visit: (positions: readonly number[]) => void,
): void {
  const positions = [...starts];
  const outer = walk.extents.length - 1;
  if (walk.extents.includes(0)) return;
  if (outer <= 0) {
    visit(positions);
    return;
  }
  const counters = new Array<number>(outer).fill(0);
  for (;;) {
    visit(positions);
    let axis = outer - 1;
    for (; axis >= 0; axis--) {
      counters[axis]++;
      for (let k = 0; k < positions.length; k++) positions[k] += walk.steps[k][axis];
      if (counters[axis] < walk.extents[axis]) break;
      for (let k = 0; k < positions.length; k++) positions[k] -= walk.steps[k][axis] * walk.extents[axis];
      counters[axis] = 0;
    }
    if (axis < 0) return;
  }
}

/**
 * Calls `visit` once for each plane of the two innermost axes: with its number of rows, what each operand steps from row to row, and the
 * position of every operand at its start. Rows are often short, and a call for each would cost more than what it does.
 */
export function walkPlanes(
  { extents, steps }: Walk,
  starts: readonly number[],
  visit: (rows: number, rowSteps: readonly number[], positions: readonly number[]) => void,
): void {
  const outer = extents.length - 1;
  if (extents[outer] === 0) return;
  const lines = { extents: extents.slice(0, outer), steps: steps.map((each) => each.slice(0, outer)) };
  const rows = outer < 1 ? 1 : extents[outer - 1];
  const rowSteps = steps.map((each) => each[outer - 1] ?? 0);
  walkRuns(lines, starts, (positions) => visit(rows, rowSteps, positions));
}

/** The elements in row-major order: the array itself where they lie so already, else a copy. */
export function denseData(x: Strided): TypedArray {
  const size = sizeOf(x.shape);
  if (isDense(x)) return size === x.data.length ? x.data : x.data.subarray(x.offset, x.offset + size);
  const out = allocateUncleared(dtypeOf(x.data), size);
  copyInto(out, stridesOf(x.shape), 0, x);
  return out;
}

/** A fresh row-major copy in the given element type; truth values become 0 and 1. */
export function copyAs(x: Strided, dtype: Dtype): TypedArray {
  const out = allocateUncleared(dtype, sizeOf(x.shape));
  if (dtype === "bool" && !(x.data instanceof Uint8Array)) {
    const source = denseData(x);
    for (let i = 0; i < out.length; i++) out[i] = source[i] !== 0 ? 1 : 0;
  } else {
    copyInto(out, stridesOf(x.shape), 0, x);
  }
  return out;
}

/** Writes `x` into `out`, whose elements lie at `offset` with the given strides. */
export function copyInto(out: TypedArray, strides: readonly number[], offset: number, x: Strided): void {
  const walk = planWalk(x.shape, [strides, x.strides]);
  const innermost = walk.extents.length - 1;
  const count = innermost < 0 ? 1 : walk.extents[innermost];
  const [outStep, step] = innermost < 0 ? [1, 1] : [walk.steps[0][innermost], walk.steps[1][innermost]];
  const { data } = x;
  walkPlanes(walk, [offset, x.offset], (rows, [outRow, row], [to, from]) => {
    const copy = outStep === 1 && step === 1 ? copyLines : copyBlocks;
    copy(out, to, outRow, outStep, data, from, row, step, rows, count);
  });
}

type PlaneCopy = (
  out: TypedArray,
  to: number,
  outRow: number,
  outStep: number,
  data: TypedArray,
  from: number,
  row: number,
  step: number,
  rows: number,
  count: number,
) => void;

/** Up to so many numbers a loop copies in less time than an array does: *measured*. */
const shortRun = 24;

const copyLines: PlaneCopy = (out, to, outRow, _, data, from, row, __, rows, count) => {
  for (let r = 0; r < rows; r++) {
    const [target, source] = [to + r * outRow, from + r * row];
    if (count > shortRun) out.set(data.subarray(source, source + count), target);
    else for (let i = 0; i < count; i++) out[target + i] = data[source + i];
  }
};

/** How many rows and columns are copied together where rows of one may be columns of the other: a block stays in the cache. */
const block = 32;

const copyBlocks: PlaneCopy = (out, to, outRow, outStep, data, from, row, step, rows, count) => {
  for (let top = 0; top < rows; top += block) {
    const bottom = Math.min(rows, top + block);
    for (let left = 0; left < count; left += block) {
      const right = Math.min(count, left + block);
      for (let i = top; i < bottom; i++) {
        const [target, source] = [to + i * outRow, from + i * row];
        for (let j = left; j < right; j++) out[target + j * outStep] = data[source + j * step];
      }
    }
  }
};

/** The strides with which an operand of shape `from` is read as one of shape `to`. */
export function stretchedStrides(from: Shape, strides: readonly number[], to: Shape): readonly number[] {
  if (from.length === to.length && from.every((extent, axis) => extent === to[axis])) return strides;
  const shift = to.length - from.length;
  return to.map((extent, axis) => {
    const source = axis - shift;
    return source < 0 || (from[source] === 1 && extent !== 1) ? 0 : strides[source];
  });
}

import { allocate, type Dtype, type TypedArray } from "../dtype.ts";
import { type Shape, sizeOf, stridesOf } from "../shape.ts";
import { planWalk, type Strided, type Walk, walkRuns } from "./strided.ts";

/** Folds a run of numbers into an accumulator. */
type Fold = (accumulated: number, data: TypedArray, position: number, count: number, step: number) => number;

/** Four sums at once: one alone waits for each of its additions. */
export const addRun: Fold = (accumulated, data, position, count, step) => {
  let [a, b, c, d, at] = [accumulated, 0, 0, 0, position];
  for (let i = count; i > 3; i -= 4, at += 4 * step) {
    a += data[at];
    b += data[at + step];
    c += data[at + 2 * step];
    d += data[at + 3 * step];
  }
  for (let i = count % 4; i > 0; i--, at += step) a += data[at];
  return a + b + (c + d);
};

const productRun: Fold = (accumulated, data, position, count, step) => {
  let product = accumulated;
  for (let i = 0; i < count; i++) product *= data[position + i * step];
  return product;
};

/** `Math.max` is not used: it is slow, and the first NaN must stay. */
export const maximumRun: Fold = (accumulated, data, position, count, step) => {
  let best = accumulated;
  for (let i = 0; i < count && best === best; i++) {
    const x = data[position + i * step];
    if (!(x <= best)) best = x;
  }
  return best;
};

export const minimumRun: Fold = (accumulated, data, position, count, step) => {
  let best = accumulated;
  for (let i = 0; i < count && best === best; i++) {
    const x = data[position + i * step];
    if (!(x >= best)) best = x;
  }
  return best;
};

export interface Reduction {
  readonly name: string;
  /** The value of an empty reduction. */
  readonly identity: number;
  readonly fold: Fold;
  /** How vectors reduce. */
  readonly vectors?: "sum" | "squares" | "max" | "min";
}

/** Reduces what a walk leads over into the totals; false where that is not worth it, and nothing was done. */
export type FastReduction = (
  walk: Walk,
  data: TypedArray,
  offset: number,
  totals: Float64Array,
  reduction: Reduction,
) => boolean;

/** Programs with kernels for rows set this: the others are not larger for it. */
export const fast: { reduce: FastReduction | null } = { reduce: null };

export const sumReduction: Reduction = { name: "sum", identity: 0, fold: addRun, vectors: "sum" };
export const productReduction: Reduction = { name: "prod", identity: 1, fold: productRun };
export const maximumReduction: Reduction = {
  name: "max",
  identity: -Infinity,
  fold: maximumRun,
  vectors: "max",
};
export const minimumReduction: Reduction = {
  name: "min",
  identity: Infinity,
  fold: minimumRun,
  vectors: "min",
};

/** Reduces over `axes`; accumulates in double precision, whatever the element type. */
export function reduce(x: Strided, axes: readonly number[], reduction: Reduction, dtype: Dtype): TypedArray {
  // The row-major steps of the totals, 0 along what is reduced.
  const target = new Array<number>(x.shape.length);
  let size = 1;
  for (let axis = target.length - 1; axis >= 0; axis--) {
    const isReduced = axes.includes(axis);
    target[axis] = isReduced ? 0 : size;
    if (!isReduced) size *= x.shape[axis];
  }
  const totals = allocate("f64", size) as Float64Array;
  if (reduction.identity !== 0) totals.fill(reduction.identity);
  accumulate(x, target, totals, reduction);
  if (dtype === "f64") return totals;
  const out = allocate(dtype, size);
  for (let i = 0; i < size; i++) out[i] = totals[i];
  return out;
}

function accumulate(x: Strided, target: readonly number[], totals: Float64Array, reduction: Reduction): void {
  const walk = planWalk(x.shape, [target, x.strides]);
  if (fast.reduce?.(walk, x.data, x.offset, totals, reduction)) return;
  const { fold } = reduction;
  const innermost = walk.extents.length - 1;
  const count = innermost < 0 ? 1 : walk.extents[innermost];
  const [targetStep, step] = innermost < 0 ? [0, 0] : [walk.steps[0][innermost], walk.steps[1][innermost]];
  const { data } = x;
  walkRuns(walk, [0, x.offset], (positions) => {
    const to = positions[0];
    const from = positions[1];
    if (targetStep === 0) {
      totals[to] = fold(totals[to], data, from, count, step);
    } else {
      for (let i = 0; i < count; i++) {
        totals[to + i * targetStep] = fold(totals[to + i * targetStep], data, from + i * step, 1, 0);
      }
    }
  });
}

/** The position of the largest element along `axis`, the first of equals; a NaN counts as the largest. Shape without the axis. */
export function argMaximum(x: Strided, axis: number, sign: 1 | -1): Int32Array {
  const shape: Shape = x.shape.filter((_, k) => k !== axis);
  const out = new Int32Array(sizeOf(shape));
  const strides = x.strides.filter((_, k) => k !== axis);
  const walk = planWalk(shape, [stridesOf(shape), strides]);
  const innermost = walk.extents.length - 1;
  const count = innermost < 0 ? 1 : walk.extents[innermost];
  const step = innermost < 0 ? 0 : walk.steps[1][innermost];
  const [extent, along, { data }] = [x.shape[axis], x.strides[axis], x];
  walkRuns(walk, [0, x.offset], ([to, from]) => {
    for (let i = 0; i < count; i++) {
      const start = from + i * step;
      let [best, winner] = [sign * data[start], 0];
      for (let j = 1; j < extent && best === best; j++) {
        const candidate = sign * data[start + j * along];
        if (candidate > best || candidate !== candidate) [best, winner] = [candidate, j];
      }
      out[to + i] = winner;
    }
  });
  return out;
}

import { allocate, type Dtype, type TypedArray } from "../dtype.ts";
import { sizeOf } from "../shape.ts";
import { eachLane } from "./lanes.ts";
import type { Strided } from "./strided.ts";

// Scans run along an axis, from its end where `reverse` says so, in double precision whatever the element type.

/** Σ of the elements so far. */
export function cumulativeSum(x: Strided, axis: number, reverse: boolean, dtype: Dtype): TypedArray {
  const out = allocate(dtype, sizeOf(x.shape));
  const extent = x.shape[axis];
  const { data } = x;
  eachLane(x.shape, axis, [x], (to, from) => {
    let total = 0;
    for (let i = 0; i < extent; i++) {
      const at = reverse ? extent - 1 - i : i;
      total += data[from.start + at * from.step];
      out[to.start + at * to.step] = total;
    }
  });
  return out;
}

/** Π of the elements so far. */
export function cumulativeProduct(x: Strided, axis: number, dtype: Dtype): TypedArray {
  const out = allocate(dtype, sizeOf(x.shape));
  const extent = x.shape[axis];
  const { data } = x;
  eachLane(x.shape, axis, [x], (to, from) => {
    let product = 1;
    for (let i = 0; i < extent; i++) {
      product *= data[from.start + i * from.step];
      out[to.start + i * to.step] = product;
    }
  });
  return out;
}

/** h = a h + b, from one position to the next, beginning at b: the first `a` is not read. */
export function linearRecurrence(
  a: Strided,
  b: Strided,
  axis: number,
  reverse: boolean,
  dtype: Dtype,
): TypedArray {
  const out = allocate(dtype, sizeOf(b.shape));
  const extent = b.shape[axis];
  const [factors, terms] = [a.data, b.data];
  eachLane(b.shape, axis, [a, b], (to, factor, term) => {
    let state = 0;
    for (let i = 0; i < extent; i++) {
      const at = reverse ? extent - 1 - i : i;
      const next = terms[term.start + at * term.step];
      state = i === 0 ? next : factors[factor.start + at * factor.step] * state + next;
      out[to.start + at * to.step] = state;
    }
  });
  return out;
}

/** log Σ exp of the elements so far, kept as the largest and the sum relative to it. */
export function cumulativeLogSumExp(x: Strided, axis: number, dtype: Dtype): TypedArray {
  const out = allocate(dtype, sizeOf(x.shape));
  const extent = x.shape[axis];
  const { data } = x;
  eachLane(x.shape, axis, [x], (to, from) => {
    let [largest, sum] = [-Infinity, 0];
    for (let i = 0; i < extent; i++) {
      const value = data[from.start + i * from.step];
      if (value === largest) {
        if (value !== -Infinity) sum++;
      } else if (value < largest) {
        sum += Math.exp(value - largest);
      } else {
        sum = sum * Math.exp(largest - value) + 1;
        largest = value;
      }
      out[to.start + i * to.step] = largest + Math.log(sum);
    }
  });
  return out;
}

/** The position of the largest (or, for sign -1, smallest) element so far, the last of equals; NaN is beyond all. */
export function cumulativeArgMaximum(x: Strided, axis: number, sign: 1 | -1): Int32Array {
  const out = new Int32Array(sizeOf(x.shape));
  const extent = x.shape[axis];
  const { data } = x;
  eachLane(x.shape, axis, [x], (to, from) => {
    let [best, winner] = [-Infinity, 0];
    for (let i = 0; i < extent; i++) {
      const value = sign * data[from.start + i * from.step];
      if (value >= best || value !== value) [best, winner] = [value, i];
      out[to.start + i * to.step] = winner;
    }
  });
  return out;
}

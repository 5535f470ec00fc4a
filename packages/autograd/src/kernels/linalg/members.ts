import type { Dtype, TypedArray } from "../../dtype.ts";
import { type Shape, sizeOf, stridesOf } from "../../shape.ts";
import { copyAs, type Strided, stretchedStrides } from "../strided.ts";

// The kernels of this folder work in place on row-major matrices of doubles: whatever comes is copied into that form first.

/** The matrices as row-major doubles, one after the other: a copy to work on. */
export function doublesOf(x: Strided): Float64Array {
  return copyAs(x, "f64") as Float64Array;
}

/** Doubles as a result of the given element type. */
export function resultOf(data: Float64Array, dtype: Dtype): TypedArray {
  return dtype === "f64" ? data : Float32Array.from(data);
}

/** For each member of a batch, the number of the member of a batch that stretches to it. */
export function membersIn(from: Shape, to: Shape): Int32Array {
  const steps = stretchedStrides(from, stridesOf(from), to);
  const members = new Int32Array(sizeOf(to));
  const counters = new Array<number>(to.length).fill(0);
  let member = 0;
  for (let index = 0; index < members.length; index++) {
    members[index] = member;
    for (let axis = to.length - 1; axis >= 0; axis--) {
      member += steps[axis];
      if (++counters[axis] < to[axis]) break;
      counters[axis] = 0;
      member -= steps[axis] * to[axis];
    }
  }
  return members;
}

/** The matrix [m, n] as [n, m]. */
export function transposed(a: Float64Array, m: number, n: number): Float64Array {
  const out = new Float64Array(m * n);
  for (let i = 0; i < m; i++) for (let j = 0; j < n; j++) out[j * m + i] = a[i * n + j];
  return out;
}

/** The largest magnitude; NaN if there is one. */
export function largestMagnitude(a: Float64Array): number {
  let largest = 0;
  for (let i = 0; i < a.length; i++) {
    const magnitude = Math.abs(a[i]);
    if (!(magnitude <= largest)) largest = magnitude;
    if (Number.isNaN(largest)) return largest;
  }
  return largest;
}

import type { TypedArray } from "../dtype.ts";
import { sizeOf } from "../shape.ts";
import { denseData, type Strided } from "./strided.ts";

/** Calls `visit(inner position in x, position in index)` for each element of `index`, which picks along `axis`. */
function eachPick(x: Strided, axis: number, index: Strided, visit: (from: number, at: number) => void): void {
  const picks = denseData(index);
  const { shape } = index;
  const counters = new Array<number>(shape.length).fill(0);
  const total = sizeOf(shape);
  for (let at = 0; at < total; at++) {
    let position = x.offset;
    for (let k = 0; k < shape.length; k++) position += (k === axis ? picks[at] : counters[k]) * x.strides[k];
    visit(position, at);
    for (let k = shape.length - 1; k >= 0; k--) {
      if (++counters[k] < shape[k]) break;
      counters[k] = 0;
    }
  }
}

/** `out[i, j, …] = x[index[i, j, …], j, …]` for axis 0, and so on; row-major in the shape of `index`. */
export function gatherAlong(x: Strided, axis: number, index: Strided, out: TypedArray): void {
  eachPick(x, axis, index, (from, at) => {
    out[at] = x.data[from];
  });
}

/** Adds each element of `source` to the place in `target` that `gatherAlong` would have read. */
export function scatterAddAlong(target: Strided, axis: number, index: Strided, source: Strided): void {
  const values = denseData(source);
  eachPick(target, axis, index, (to, at) => {
    target.data[to] += values[at];
  });
}

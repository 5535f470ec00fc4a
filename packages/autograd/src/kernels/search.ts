import type { TypedArray } from "../dtype.ts";
import { type Shape, sizeOf } from "../shape.ts";
import { denseData, type Strided, stretchedStrides } from "./strided.ts";

/** How many elements of each sorted row [..., n] stand before each value [..., m]; with `right` also those equal to it. */
export function searchRows(rows: Strided, values: Strided, shape: Shape, right: boolean): Int32Array {
  const extent = rows.shape[rows.shape.length - 1];
  const count = shape[shape.length - 1];
  const out = new Int32Array(sizeOf(shape));
  const spread = (x: Strided, to: Shape): TypedArray =>
    denseData({ ...x, shape: to, strides: stretchedStrides(x.shape, x.strides, to) });
  const sorted = spread(rows, [...shape.slice(0, -1), extent]);
  const wanted = spread(values, shape);
  for (let k = 0; k < out.length; k++) {
    const start = Math.floor(k / count) * extent;
    let [low, high] = [0, extent];
    while (low < high) {
      const middle = (low + high) >>> 1;
      const element = sorted[start + middle];
      // NaN is larger than all.
      const before =
        element < wanted[k] ||
        (wanted[k] !== wanted[k] && element === element) ||
        (right && (element === wanted[k] || (element !== element && wanted[k] !== wanted[k])));
      if (before) low = middle + 1;
      else high = middle;
    }
    out[k] = low;
  }
  return out;
}

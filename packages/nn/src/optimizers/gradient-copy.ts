import type { Tensor } from "@isograd/autograd";
import type { Values } from "../clipping/norms.ts";

/** How many rows and columns are copied together where the source runs down the columns: a block stays in the cache. */
const block = 32;

/** A fresh row-major copy of a gradient. The gradient of a weight is often a transposed view, which is copied block by block. */
export function copyGradient(gradient: Tensor): Values {
  const { data, shape, strides, offset, dtype } = gradient;
  if (shape.length !== 2 || strides[0] !== 1 || strides[1] !== shape[0])
    return gradient.values().slice() as Values;
  const out: Values = dtype === "f64" ? new Float64Array(gradient.size) : new Float32Array(gradient.size);
  copyTransposed(out, data as Values, shape[0], shape[1], offset);
  return out;
}

function copyTransposed(out: Values, data: Values, rows: number, columns: number, offset: number): void {
  for (let top = 0; top < rows; top += block) {
    const bottom = Math.min(rows, top + block);
    for (let left = 0; left < columns; left += block) {
      const right = Math.min(columns, left + block);
      for (let i = top; i < bottom; i++) {
        for (let j = left; j < right; j++) out[i * columns + j] = data[offset + j * rows + i];
      }
    }
  }
}

import { allocate, type Dtype, type TypedArray } from "../dtype.ts";
import { type Reduction, reduce } from "./reduce.ts";
import type { Strided } from "./strided.ts";

const squares: Reduction = {
  name: "squares",
  vectors: "squares",
  identity: 0,
  fold: (accumulated, data, position, count, step) => {
    let total = accumulated;
    for (let i = 0; i < count; i++) {
      const x = data[position + i * step];
      total += x * x;
    }
    return total;
  },
};

const powers = (p: number): Reduction => ({
  name: "powers",
  identity: 0,
  fold: (accumulated, data, position, count, step) => {
    let total = accumulated;
    for (let i = 0; i < count; i++) total += Math.abs(data[position + i * step]) ** p;
    return total;
  },
});

/** (Σ|x|^p)^(1/p) over `axes`, for p not 0 and finite; the sum in double precision, whatever the element type. */
export function reduceToNorm(x: Strided, axes: readonly number[], p: number, dtype: Dtype): TypedArray {
  const totals = reduce(x, axes, p === 2 ? squares : powers(p), "f64");
  const out = allocate(dtype, totals.length);
  for (let i = 0; i < out.length; i++) out[i] = p === 2 ? Math.sqrt(totals[i]) : totals[i] ** (1 / p);
  return out;
}

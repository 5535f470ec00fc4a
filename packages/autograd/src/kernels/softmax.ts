import { allocate, type Dtype, type TypedArray } from "../dtype.ts";
import { sizeOf } from "../shape.ts";
import { eachLane, type Lane } from "./lanes.ts";
import type { Strided } from "./strided.ts";

/** exp(x)/Σ exp(x) along an axis, or its logarithm; from differences to the largest element, so that nothing overflows. */
export function softmaxAlong(x: Strided, axis: number, logarithm: boolean, dtype: Dtype): TypedArray {
  const out = allocate(dtype, sizeOf(x.shape));
  const extent = x.shape[axis];
  const powers = new Float64Array(extent);
  const { data } = x;
  eachLane(x.shape, axis, [x], (to, from) => {
    const [first, step, target, targetStep] = [from.start, from.step, to.start, to.step];
    const shift = shiftOf(data, from, extent);
    let total = 0;
    for (let i = 0; i < extent; i++) {
      const power = Math.exp(data[first + i * step] - shift);
      powers[i] = power;
      total += power;
    }
    if (logarithm) {
      const logTotal = Math.log(total);
      for (let i = 0; i < extent; i++)
        out[target + i * targetStep] = data[first + i * step] - shift - logTotal;
    } else {
      for (let i = 0; i < extent; i++) out[target + i * targetStep] = powers[i] / total;
    }
  });
  return out;
}

/** The largest element of a lane; 0 where that is infinite: subtracting it must not make NaN of infinities. */
function shiftOf(data: TypedArray, { start, step }: Lane, extent: number): number {
  let largest = -Infinity;
  for (let i = 0; i < extent; i++) {
    const value = data[start + i * step];
    if (value > largest) largest = value;
  }
  return Number.isFinite(largest) ? largest : 0;
}

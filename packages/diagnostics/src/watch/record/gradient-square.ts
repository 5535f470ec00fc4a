import type { Tensor } from "@isograd/autograd";
import { fillsStorage, sumOfSquares } from "../../statistics.ts";

/** So many runs of eight numbers, half a line of the cache each, tell the norm of a gradient to some hundredths: what looking costs does not grow with the network. */
const [runs, runLength] = [64, 8];

/** From this mean square on, numbers that overflow may stand beside those of a sample: no training has gradients of 10¹⁵. */
const suspicious = 1e30;

/**
 * Σ g² of a gradient; of a large one by a sample of its numbers.
 *
 * A sample is not asked whether there is a gradient at all, nor whether it is finite: where it holds nothing but zeros, a number that is not finite
 * or numbers so large that others may not be, all are added up. What it overlooks is one that is not finite among many that are moderate, and that one
 * makes the loss not finite, once its parameter is used.
 */
export function roughSquareOf(gradient: Tensor): number {
  const { data, size } = gradient;
  if (!fillsStorage(gradient)) return sumOfSquares(gradient);
  const stride = strideFor(size);
  const last = size - runLength;
  // Several sums side by side: one alone waits for itself at each addition. From a list they would not stay in registers.
  let a = 0;
  let b = 0;
  let c = 0;
  let d = 0;
  let count = 0;
  let at = 0;
  for (; at <= last; at += stride) {
    const p = data[at];
    const q = data[at + 1];
    const r = data[at + 2];
    const s = data[at + 3];
    const t = data[at + 4];
    const u = data[at + 5];
    const v = data[at + 6];
    const w = data[at + 7];
    a += p * p + q * q;
    b += r * r + s * s;
    c += t * t + u * u;
    d += v * v + w * w;
    count += runLength;
  }
  if (stride === runLength) {
    for (; at < size; at++) a += data[at] * data[at];
    return a + b + (c + d);
  }
  const mean = (a + b + (c + d)) / count;
  return mean > 0 && mean < suspicious ? mean * size : sumOfSquares(gradient);
}

const strides = new Map<number, number>();

/** From one run to the next. It has no divisor in common with the number of runs that there are, so that rows and columns take turns. */
function strideFor(size: number): number {
  let stride = strides.get(size);
  if (stride === undefined) {
    const all = Math.floor(size / runLength);
    let step = Math.max(1, Math.floor(all / runs));
    while (commonDivisor(all, step) > 1) step--;
    stride = step * runLength;
    strides.set(size, stride);
  }
  return stride;
}

function commonDivisor(a: number, b: number): number {
  let [larger, smaller] = [a, b];
  while (smaller > 0) [larger, smaller] = [smaller, larger % smaller];
  return larger;
}

import type { Strided } from "../../src/kernels/strided.ts";
import { sizeOf } from "../../src/shape.ts";
import { elementsOf } from "./views.ts";

/** What a function makes of each lane along `axis`, one after the other, in row-major order. */
export function mapLanes(x: Strided, axis: number, f: (lane: number[]) => readonly number[]): number[] {
  const elements = elementsOf(x);
  const extent = x.shape[axis];
  const inner = sizeOf(x.shape.slice(axis + 1));
  const lanes = Array.from({ length: sizeOf(x.shape.slice(0, axis)) * inner }, (_, k) => {
    const start = Math.floor(k / inner) * inner * extent + (k % inner);
    return f(Array.from({ length: extent }, (_, i) => elements[start + i * inner]));
  });
  const length = lanes.length === 0 ? 0 : lanes[0].length;
  return Array.from({ length: lanes.length * length }, (_, place) => {
    const block = Math.floor(place / (inner * length));
    return lanes[block * inner + (place % inner)][Math.floor(place / inner) % length];
  });
}

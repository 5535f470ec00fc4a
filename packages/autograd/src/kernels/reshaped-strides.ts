import type { Shape } from "../shape.ts";
import type { Strided } from "./strided.ts";

/**
 * The strides in which numbers that are not empty read, in the same order, as another shape of the same size; null where none do.
 *
 * From the last axis on, axes that continue each other make a chunk, and each chunk must be used up by axes of the other shape.
 *
 * @see at::detail::computeStride in PyTorch
 */
export function reshapedStrides({ shape: from, strides }: Strided, shape: Shape): number[] | null {
  const result = new Array<number>(shape.length).fill(0);
  let next = shape.length - 1;
  let [chunk, used, step] = [1, 1, strides[strides.length - 1] ?? 1];
  for (let axis = from.length - 1; axis >= 0; axis--) {
    chunk *= from[axis];
    const continues = axis > 0 && (from[axis - 1] === 1 || strides[axis - 1] === chunk * step);
    if (continues) continue;
    for (; next >= 0 && (used < chunk || shape[next] === 1); next--) {
      result[next] = used * step;
      used *= shape[next];
    }
    if (used !== chunk) return null;
    [chunk, used, step] = [1, 1, strides[axis - 1]];
  }
  return result;
}

import { planWalk, type Strided, walkPlanes } from "./strided.ts";

/** Adds `x` to numbers of the same shape, in place. They share no storage. */
export function addInto(sum: Strided, x: Strided): void {
  const walk = planWalk(x.shape, [sum.strides, x.strides]);
  const innermost = walk.extents.length - 1;
  const count = innermost < 0 ? 1 : walk.extents[innermost];
  const [sumStep, step] = innermost < 0 ? [1, 1] : [walk.steps[0][innermost], walk.steps[1][innermost]];
  const [to, from] = [sum.data, x.data];
  walkPlanes(walk, [sum.offset, x.offset], (rows, [sumRow, row], [sumStart, start]) => {
    for (let r = 0; r < rows; r++) {
      const [i, j] = [sumStart + r * sumRow, start + r * row];
      if (sumStep === 1 && step === 1) for (let k = 0; k < count; k++) to[i + k] += from[j + k];
      else for (let k = 0; k < count; k++) to[i + k * sumStep] += from[j + k * step];
    }
  });
}

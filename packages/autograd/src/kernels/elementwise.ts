import type { TypedArray } from "../dtype.ts";
import type { Loop, Numbers } from "../scalar/compile.ts";
import { type Shape, sameShape, sizeOf, stridesOf } from "../shape.ts";
import type { ElementwiseLoop } from "./choose-loop.ts";
import { isDense, planWalk, type Strided, stretchedStrides, walkRuns } from "./strided.ts";

/** Runs a loop over operands that broadcast to `shape`, into the row-major `out`. */
export function runElementwise(
  loop: ElementwiseLoop,
  operands: readonly Strided[],
  shape: Shape,
  out: TypedArray,
): void {
  const count = sizeOf(shape);
  if (count === 0) return;
  if (count >= loop.least && loop.vectors(operands, shape, count, out)) return;
  const { plain } = loop;
  if (runsAtOnce(operands, shape)) {
    runOnce(plain, operands, count, out);
    return;
  }
  const strides = [stridesOf(shape), ...operands.map((x) => stretchedStrides(x.shape, x.strides, shape))];
  const walk = planWalk(shape, strides);
  const innermost = walk.extents.length - 1;
  const run = innermost < 0 ? 1 : walk.extents[innermost];
  const call: (Numbers | number)[] = operands.flatMap((x, k) => [
    x.data,
    0,
    innermost < 0 ? 0 : walk.steps[k + 1][innermost],
  ]);
  walkRuns(walk, [0, ...operands.map((x) => x.offset)], (positions) => {
    for (let k = 0; k < operands.length; k++) call[3 * k + 1] = positions[k + 1];
    plain(out, positions[0], run, ...call);
  });
}

/** Whether one run of the loop is enough: each operand has the shape of the result, row-major, or is a single number. */
function runsAtOnce(operands: readonly Strided[], shape: Shape): boolean {
  for (const x of operands)
    if (sizeOf(x.shape) !== 1 && !(sameShape(x.shape, shape) && isDense(x))) return false;
  return true;
}

function runOnce(loop: Loop, operands: readonly Strided[], count: number, out: TypedArray): void {
  const [a, b, c] = operands;
  const step = (x: Strided): number => (sizeOf(x.shape) === 1 && count !== 1 ? 0 : 1);
  if (operands.length === 1) loop(out, 0, count, a.data, a.offset, step(a));
  else if (operands.length === 2) loop(out, 0, count, a.data, a.offset, step(a), b.data, b.offset, step(b));
  else if (operands.length === 3)
    loop(out, 0, count, a.data, a.offset, step(a), b.data, b.offset, step(b), c.data, c.offset, step(c));
  else loop(out, 0, count, ...operands.flatMap((x) => [x.data, x.offset, step(x)]));
}

import { allocateSingle, allocateUncleared, type Dtype, type TypedArray } from "../dtype.ts";
import type { Loop, Numbers } from "../scalar/compile.ts";
import { type Shape, sameShape, sizeOf, stridesOf } from "../shape.ts";
import type { ElementwiseLoop } from "./choose-loop.ts";
import { isDense, planWalk, rowMajor, type Strided, stretchedStrides, walkPlanes } from "./strided.ts";

/** Where a result goes. */
export interface Result extends Strided {
  readonly dtype: Dtype;
  data: TypedArray;
  strides: readonly number[];
  offset: number;
}

/** Gives a blank result room for row-major numbers, all of which are to be written; single numbers share an array. */
export function makeRoom(out: Result, like: Strided): void {
  const { shape, dtype } = out;
  const size = sizeOf(shape);
  out.strides = rowMajor(shape, like);
  if (size === 1) {
    const { data, offset } = allocateSingle(dtype);
    out.data = data;
    out.offset = offset;
  } else out.data = allocateUncleared(dtype, size);
}

/** Runs a loop over operands that broadcast to `shape`, into `out`, row-major from `start` on. */
export function runElementwise(
  loop: ElementwiseLoop,
  operands: readonly Strided[],
  shape: Shape,
  out: TypedArray,
  start = 0,
): void {
  const count = sizeOf(shape);
  if (count === 0) return;
  if (count >= loop.least && start === 0 && loop.vectors(operands, shape, count, out)) return;
  const { plain } = loop;
  if (runsAtOnce(operands, shape)) runPlane(plain, operands, 1, count, out, start, true);
  else if (shape.length === 2) runPlane(plain, operands, shape[0], shape[1], out, start, false);
  else runPlanes(plain, operands, shape, out, start);
}

/** Whether one run of the loop is enough: each operand has the shape of the result, row-major, or is a single number. */
function runsAtOnce(operands: readonly Strided[], shape: Shape): boolean {
  for (let k = 0; k < operands.length; k++) {
    const x = operands[k];
    if (sizeOf(x.shape) !== 1 && !(sameShape(x.shape, shape) && isDense(x))) return false;
  }
  return true;
}

/** One plane, or all elements as one row of it. Few operands are passed on without a list of arguments, which takes time. */
function runPlane(
  loop: Loop,
  operands: readonly Strided[],
  rows: number,
  count: number,
  out: TypedArray,
  start: number,
  isRun: boolean,
): void {
  const a = operands[0];
  const [ar, as] = [rowStep(a), stepOf(a, isRun)];
  if (operands.length === 1) {
    loop(out, start, rows, count, a.data, a.offset, ar, as);
    return;
  }
  const b = operands[1];
  const [br, bs] = [rowStep(b), stepOf(b, isRun)];
  if (operands.length === 2) {
    loop(out, start, rows, count, a.data, a.offset, ar, as, b.data, b.offset, br, bs);
    return;
  }
  const rest = operands.flatMap((x) => [x.data, x.offset, rowStep(x), stepOf(x, isRun)]);
  loop(out, start, rows, count, ...rest);
}

/** How far an operand goes from row to row of a matrix that it broadcasts to. */
const rowStep = ({ shape, strides }: Strided): number => stepAlong(shape, strides, shape.length - 2);

/** How far it goes within a row; or from one element of all to the next, where it has them all one behind the other. */
function stepOf({ shape, strides }: Strided, isRun: boolean): number {
  if (isRun) return sizeOf(shape) === 1 ? 0 : 1;
  return stepAlong(shape, strides, shape.length - 1);
}

const stepAlong = (shape: Shape, strides: readonly number[], axis: number): number =>
  axis < 0 || shape[axis] === 1 ? 0 : strides[axis];

function runPlanes(
  loop: Loop,
  operands: readonly Strided[],
  shape: Shape,
  out: TypedArray,
  start: number,
): void {
  const strides = [stridesOf(shape), ...operands.map((x) => stretchedStrides(x.shape, x.strides, shape))];
  const walk = planWalk(shape, strides);
  const last = walk.extents.length - 1;
  const call: (Numbers | number)[] = operands.flatMap((x, k) => [x.data, 0, 0, walk.steps[k + 1][last]]);
  const starts = [start, ...operands.map((x) => x.offset)];
  walkPlanes(walk, starts, (rows, rowSteps, positions) => {
    for (let k = 0; k < operands.length; k++) {
      call[4 * k + 1] = positions[k + 1];
      call[4 * k + 2] = rowSteps[k + 1];
    }
    loop(out, positions[0], rows, walk.extents[last], ...call);
  });
}

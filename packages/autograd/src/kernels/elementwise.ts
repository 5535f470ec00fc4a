import { allocateSingle, allocateUncleared, type Dtype, type TypedArray } from "../dtype.ts";
import type { Loop, Numbers } from "../scalar/compile.ts";
import { layoutOf } from "../shape/layout.ts";
import { type Shape, sizeOf, stridesOf } from "../shape.ts";
import type { ElementwiseLoop } from "./choose-loop.ts";
import { planWalk, rowMajor, type Strided, stretchedStrides, walkPlanes } from "./strided.ts";

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
  if (runsAtOnce(operands, shape)) runPlane(plain, operands, 1, count, out, start, shape);
  else if (shape.length === 2) runPlane(plain, operands, shape[0], shape[1], out, start, null);
  else runPlanes(plain, operands, shape, out, start);
}

/** Whether one run of the loop is enough: the elements of each operand lie one behind the other, or one stands for all. */
function runsAtOnce(operands: readonly Strided[], shape: Shape): boolean {
  for (let k = 0; k < operands.length; k++) if (layoutOf(operands[k], shape) === "strided") return false;
  return true;
}

/** One plane, or in one run all elements of a shape. Few operands are passed on without a list of arguments, which takes time. */
function runPlane(
  loop: Loop,
  operands: readonly Strided[],
  rows: number,
  count: number,
  out: TypedArray,
  start: number,
  run: Shape | null,
): void {
  const a = operands[0];
  const [ar, as] = [rowStep(a), stepOf(a, run)];
  if (operands.length === 1) {
    loop(out, start, rows, count, a.data, a.offset, ar, as);
    return;
  }
  const b = operands[1];
  const [br, bs] = [rowStep(b), stepOf(b, run)];
  if (operands.length === 2) {
    loop(out, start, rows, count, a.data, a.offset, ar, as, b.data, b.offset, br, bs);
    return;
  }
  const rest: (Numbers | number)[] = [];
  for (let k = 0; k < operands.length; k++) {
    const x = operands[k];
    rest.push(x.data, x.offset, rowStep(x), stepOf(x, run));
  }
  loop(out, start, rows, count, ...rest);
}

/** How far an operand goes from row to row of a matrix that it broadcasts to. */
const rowStep = ({ shape, strides }: Strided): number => stepAlong(shape, strides, shape.length - 2);

/** How far it goes within a row; or in one run over all elements of a shape. */
const stepOf = (x: Strided, run: Shape | null): number =>
  run === null ? stepAlong(x.shape, x.strides, x.shape.length - 1) : layoutOf(x, run) === "dense" ? 1 : 0;

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

import { allocate, type TypedArray } from "../../dtype.ts";
import { ArgumentError, ShapeError } from "../../errors.ts";
import { movesOnly, oneAnInput } from "../../graph/flops.ts";
import { planWalk, type Strided, walkPlanes } from "../../kernels/strided.ts";
import { apply, defineOp } from "../../op.ts";
import { normalizeAxis, type Shape, sizeOf, stridesOf } from "../../shape.ts";
import type { Op, Tensor } from "../../tensor.ts";

/** One entry for each axis that windows slide along. */
interface Sliding {
  readonly axes: readonly number[];
  readonly sizes: readonly number[];
  readonly strides: readonly number[];
  readonly dilations: readonly number[];
}

/** How many windows fit along an axis. */
function windowCount(extent: number, size: number, stride: number, dilation: number): number {
  return Math.floor((extent - dilation * (size - 1) - 1) / stride) + 1;
}

function windowShape(shape: Shape, { axes, sizes, strides, dilations }: Sliding): number[] {
  const counts = shape.map((extent, axis) => {
    const k = axes.indexOf(axis);
    return k < 0 ? extent : windowCount(extent, sizes[k], strides[k], dilations[k]);
  });
  return [...counts, ...sizes];
}

/** The windows as a view: an element that several windows see is seen several times. */
function view(x: Strided, sliding: Sliding, shape: Shape): Strided {
  const { axes, strides, dilations } = sliding;
  const steps = x.strides.map((stride, axis) => {
    const k = axes.indexOf(axis);
    return k < 0 ? stride : stride * strides[k];
  });
  return {
    data: x.data,
    shape,
    strides: [...steps, ...axes.map((axis, k) => x.strides[axis] * dilations[k])],
    offset: x.offset,
  };
}

/** Seeing windows and adding them up where they overlap are each other's adjoint. */
const windowsOp: Op<Sliding> = /* @__PURE__ */ defineOp<Sliding>({
  name: "windows",
  shape: ([x], sliding) => ({ shape: windowShape(x.shape, sliding), dtype: x.dtype }),
  forward: ([x], sliding, { shape }) => view(x, sliding, shape),
  vjp: [(g, node) => apply(overlapAddOp, [g], { ...node.attributes, shape: node.inputSignature(0).shape })],
  jvp: "linear",
  batch: ([x], _, sliding) => apply(windowsOp, [x], shifted(sliding)),
  flops: movesOnly,
});

const overlapAddOp: Op<Sliding & { readonly shape: Shape }> = /* @__PURE__ */ defineOp<
  Sliding & { readonly shape: Shape }
>({
  name: "overlapAdd",
  shape: ([x], { shape }) => ({ shape, dtype: x.dtype }),
  forward: ([x], sliding, { shape, dtype }) => {
    const out = allocate(dtype, sizeOf(shape));
    addInto(view({ data: out, shape, strides: stridesOf(shape), offset: 0 }, sliding, x.shape), x);
    return out;
  },
  vjp: [(g, { attributes }) => apply(windowsOp, [g], attributes)],
  jvp: "linear",
  batch: ([x], _, attributes, size) =>
    apply(overlapAddOp, [x], { ...shifted(attributes), shape: [size, ...attributes.shape] }),
  flops: oneAnInput,
});

/** The same with one more axis in front. */
const shifted = <A extends Sliding>(sliding: A): A => ({
  ...sliding,
  axes: sliding.axes.map((axis) => axis + 1),
});

/** Adds `x` to `target`, in the order in which `x` lies in memory: mostly that is not the order of its axes. */
function addInto(target: Strided, x: Strided): void {
  const order = x.strides.map((_, axis) => axis).sort((a, b) => x.strides[b] - x.strides[a]);
  const [steps, ownSteps] = [target, x].map(({ strides }) => order.map((axis) => strides[axis]));
  const walk = planWalk(
    order.map((axis) => x.shape[axis]),
    [steps, ownSteps],
  );
  const innermost = walk.extents.length - 1;
  const count = innermost < 0 ? 1 : walk.extents[innermost];
  const to = innermost < 0 ? 0 : walk.steps[0][innermost];
  const from = innermost < 0 ? 0 : walk.steps[1][innermost];
  walkPlanes(walk, [target.offset, x.offset], (rows, rowSteps, positions) => {
    for (let row = 0; row < rows; row++) {
      const start = positions[0] + row * rowSteps[0];
      addRun(target.data, start, to, x.data, positions[1] + row * rowSteps[1], from, count);
    }
  });
}

function addRun(
  sums: TypedArray,
  start: number,
  step: number,
  data: TypedArray,
  position: number,
  ownStep: number,
  count: number,
): void {
  if (step === 1 && ownStep === 1) {
    for (let i = 0; i < count; i++) sums[start + i] += data[position + i];
  } else {
    for (let i = 0; i < count; i++) sums[start + i * step] += data[position + i * ownStep];
  }
}

export interface WindowOptions {
  /** How far apart windows begin; default 1. One number, or one an axis. */
  readonly stride?: number | readonly number[];
  /** How far apart the elements of a window lie; default 1. One number, or one an axis. */
  readonly dilation?: number | readonly number[];
}

/**
 * Windows of the given sizes that slide along `axes`, as a view.
 *
 * @returns the shape of `x` with the number of windows at each of `axes`, and the window's own axes behind
 * @throws ShapeError if a window is larger than its axis
 * @see torch.Tensor.unfold
 * @example
 * windows(tensor([1, 2, 3, 4, 5]), [0], [3]); // [[1, 2, 3], [2, 3, 4], [3, 4, 5]]
 * windows(tensor([1, 2, 3, 4, 5]), [0], [2], { stride: 2, dilation: 2 }); // [[1, 3], [3, 5]]
 */
export function windows(
  x: Tensor,
  axes: readonly number[],
  sizes: readonly number[],
  options: WindowOptions = {},
): Tensor {
  const sliding = {
    axes: axes.map((axis) => normalizeAxis("windows", axis, x.rank)),
    sizes,
    strides: perAxis("windows", "stride", options.stride ?? 1, axes.length),
    dilations: perAxis("windows", "dilation", options.dilation ?? 1, axes.length),
  };
  perAxis("windows", "size", sizes, axes.length);
  const shape = windowShape(x.shape, sliding);
  if (sliding.axes.some((axis) => shape[axis] < 1)) {
    throw new ShapeError("windows", [x.shape, sizes], "expected windows that fit into their axes");
  }
  return apply(windowsOp, [x], sliding);
}

/**
 * Adds windows up where they overlap, into zeros of `shape`: the adjoint of `windows`.
 *
 * @param x the shape that `windows` gives for a tensor of `shape`
 */
export function overlapAdd(
  x: Tensor,
  shape: Shape,
  axes: readonly number[],
  sizes: readonly number[],
  { stride = 1, dilation = 1 }: WindowOptions = {},
): Tensor {
  return apply(overlapAddOp, [x], {
    axes,
    sizes,
    strides: perAxis("overlapAdd", "stride", stride, axes.length),
    dilations: perAxis("overlapAdd", "dilation", dilation, axes.length),
    shape,
  });
}

/** One integer an axis, at least `least`; a single one serves all. @throws ArgumentError, which calls them `name`, otherwise */
export function perAxis(
  operation: string,
  name: string,
  value: number | readonly number[],
  count: number,
  least: 0 | 1 = 1,
): readonly number[] {
  const listed = typeof value === "number" ? [value] : value;
  const values = listed.length === 1 ? new Array<number>(count).fill(listed[0]) : listed;
  if (values.length !== count || values.some((each) => !Number.isInteger(each) || each < least)) {
    const kind = least === 1 ? "a positive integer" : "an integer and not negative";
    const several = count === 1 ? "" : `, or ${count} of them`;
    throw new ArgumentError(operation, `expected a ${name} that is ${kind}${several}`, value);
  }
  return values;
}

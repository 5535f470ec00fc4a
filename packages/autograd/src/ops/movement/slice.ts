import { allocate, allocateUncleared } from "../../dtype.ts";
import { ArgumentError, DtypeError, ShapeError } from "../../errors.ts";
import { movesOnly } from "../../graph/flops.ts";
import { copyInto, dense, type Strided } from "../../kernels/strided.ts";
import { apply, defineOp } from "../../op.ts";
import { type Axes, normalizeAxes, normalizeAxis, type Shape, sizeOf, stridesOf } from "../../shape.ts";
import type { Op, Tensor } from "../../tensor.ts";
import { addToPart } from "./add-to-part.ts";
import { withExamples } from "./movement.ts";

/** For each axis the first position, the step (negative: backwards) and how many positions. */
interface Region {
  readonly starts: readonly number[];
  readonly steps: readonly number[];
  readonly lengths: readonly number[];
}

/** A region as a view. */
const regionOf = (x: Strided, { starts, steps, lengths }: Region): Strided => ({
  data: x.data,
  shape: lengths,
  strides: x.strides.map((stride, axis) => stride * steps[axis]),
  offset: x.strides.reduce((offset, stride, axis) => offset + stride * starts[axis], x.offset),
});

/** The same region of each of many examples. */
const ofExamples = ({ starts, steps, lengths }: Region, size: number): Region => ({
  starts: [0, ...starts],
  steps: [1, ...steps],
  lengths: [size, ...lengths],
});

/** Slicing and embedding are each other's adjoint: one reads a region of a shape, the other writes it into zeros. */
const sliceOp: Op<Region> = /* @__PURE__ */ defineOp<Region>({
  name: "slice",
  shape: ([x], { lengths }) => ({ shape: lengths, dtype: x.dtype }),
  forward: ([x], region) => regionOf(x, region),
  vjp: [(g, node) => embedded(g, node.attributes, node.inputSignature(0).shape)],
  addTo: (sum, [g], { attributes }) => {
    if (g !== null) addToPart(regionOf(sum, attributes), g);
  },
  jvp: "linear",
  batch: ([x], _, region, size) => apply(sliceOp, [x], ofExamples(region, size)),
  flops: movesOnly,
});

const embedOp: Op<Region & { readonly shape: Shape; readonly fill: number }> = /* @__PURE__ */ defineOp<
  Region & { readonly shape: Shape; readonly fill: number }
>({
  name: "embed",
  shape: ([x], { shape }) => ({ shape, dtype: x.dtype }),
  forward: ([x], { fill, ...region }, { shape, dtype }) => {
    const out = allocate(dtype, sizeOf(shape));
    if (fill !== 0) out.fill(fill);
    const { strides, offset } = regionOf(dense(out, shape), region);
    copyInto(out, strides, offset, x);
    return out;
  },
  vjp: [(g, { attributes }) => apply(sliceOp, [g], attributes)],
  jvp: [(tangent, { attributes }) => apply(embedOp, [tangent], { ...attributes, fill: 0 })],
  batch: ([x], _, { shape, fill, ...region }, size) =>
    apply(embedOp, [x], { ...ofExamples(region, size), shape: [size, ...shape], fill }),
  flops: movesOnly,
});

/** Zeros of the given shape around the elements of a region. */
export const embedded = (x: Tensor, region: Region, shape: Shape): Tensor =>
  apply(embedOp, [x], { ...region, shape, fill: 0 });

/** A range of one axis, as Python writes it: `[start, end, step]`, negative positions from the end. */
export interface Range {
  readonly start?: number;
  readonly end?: number;
  readonly step?: number;
}

/**
 * The positions of `axis` from `start` (inclusive) to `end` (exclusive) in steps of `step`, as a view.
 *
 * Positions out of range are clipped, as in Python.
 *
 * @throws ArgumentError if the step is zero or not an integer
 * @example
 * slice(tensor([1, 2, 3, 4, 5]), 0, { start: 1, step: 2 }); // [2, 4]
 * slice(tensor([1, 2, 3, 4, 5]), 0, { start: -2 }); // [4, 5]
 * slice(tensor([1, 2, 3, 4, 5]), 0, { step: -1 }); // [5, 4, 3, 2, 1]
 */
export function slice(x: Tensor, axis: number, { start, end, step = 1 }: Range): Tensor {
  const at = normalizeAxis("slice", axis, x.rank);
  if (!Number.isInteger(step) || step === 0)
    throw new ArgumentError("slice", "expected an integer step that is not zero", step);
  const extent = x.shape[at];
  const [low, high] = step > 0 ? [0, extent] : [-1, extent - 1];
  const clip = (position: number): number =>
    Math.min(Math.max(position < 0 ? position + extent : position, low), high);
  const first = start === undefined ? (step > 0 ? low : high) : clip(start);
  const stop = end === undefined ? (step > 0 ? high : low) : clip(end);
  const length = Math.max(0, Math.ceil((stop - first) / step));
  return sliceRegion(x, at, length === 0 ? 0 : first, step, length);
}

/** `length` positions of one axis from `start` on, which are known to be there. */
function sliceRegion(x: Tensor, axis: number, start: number, step: number, length: number): Tensor {
  return apply(sliceOp, [x], {
    starts: x.shape.map((_, k) => (k === axis ? start : 0)),
    steps: x.shape.map((_, k) => (k === axis ? step : 1)),
    lengths: x.shape.map((extent, k) => (k === axis ? length : extent)),
  });
}

/**
 * `length` positions of `axis` from `start` on, as a view.
 *
 * @throws ArgumentError if they are not all there
 * @see torch.narrow
 * @example
 * narrow(tensor([1, 2, 3, 4]), 0, 1, 2); // [2, 3]
 */
export function narrow(x: Tensor, axis: number, start: number, length: number): Tensor {
  const at = normalizeAxis("narrow", axis, x.rank);
  const extent = x.shape[at];
  const first = start < 0 ? start + extent : start;
  if (![first, length].every(Number.isInteger) || first < 0 || length < 0 || first + length > extent)
    throw new ArgumentError("narrow", `expected a start and a length within an extent of ${extent}`, [
      start,
      length,
    ]);
  return sliceRegion(x, at, first, 1, length);
}

/**
 * The axes read backwards, by default all, as a view.
 *
 * @see torch.flip
 * @example
 * flip(tensor([[1, 2], [3, 4]])); // [[4, 3], [2, 1]]
 * flip(tensor([[1, 2], [3, 4]]), 1); // [[2, 1], [4, 3]]
 */
export function flip(x: Tensor, axes?: Axes): Tensor {
  const turned = normalizeAxes("flip", axes, x.rank);
  if (turned.length === 0) return x;
  return apply(sliceOp, [x], {
    starts: x.shape.map((extent, axis) => (turned.includes(axis) ? Math.max(0, extent - 1) : 0)),
    steps: x.shape.map((_, axis) => (turned.includes(axis) ? -1 : 1)),
    lengths: x.shape,
  });
}

/**
 * Zeros, or another value, around the elements: for each axis, how many before and after; negative widths cut elements off.
 *
 * @param widths one pair an axis
 * @throws ArgumentError unless there is one pair of integers an axis, and as many elements as are to be cut off
 * @see torch.nn.functional.pad
 * @example
 * pad(tensor([[1, 2]]), [[0, 1], [2, 0]]); // [[0, 0, 1, 2], [0, 0, 0, 0]]
 * pad(tensor([1, 2, 3]), [[-1, 1]], 9); // [2, 3, 9]
 */
export function pad(
  x: Tensor,
  widths: readonly (readonly [before: number, after: number])[],
  value = 0,
): Tensor {
  if (widths.length !== x.rank || !widths.flat().every(Number.isInteger))
    throw new ArgumentError("pad", `expected ${x.rank} pairs of integers`, widths);
  if (widths.some(([before, after], axis) => x.shape[axis] + Math.min(0, before) + Math.min(0, after) < 0))
    throw new ArgumentError("pad", `expected to cut off no more than [${x.shape}] holds`, widths);
  let cut = x;
  widths.forEach(([before, after], axis) => {
    if (before < 0 || after < 0)
      cut = slice(cut, axis, { start: Math.max(0, -before), end: x.shape[axis] + Math.min(0, after) });
  });
  if (widths.every(([before, after]) => before <= 0 && after <= 0)) return cut;
  const starts = widths.map(([before]) => Math.max(0, before));
  return apply(embedOp, [cut], {
    starts,
    steps: widths.map(() => 1),
    lengths: cut.shape,
    shape: cut.shape.map((extent, axis) => starts[axis] + extent + Math.max(0, widths[axis][1])),
    fill: value,
  });
}

interface Joined {
  readonly axis: number;
  readonly starts: readonly number[];
  readonly lengths: readonly number[];
}

const concatOp: Op<Joined> = /* @__PURE__ */ defineOp<Joined>({
  name: "concat",
  shape: (inputs, { axis, lengths }) => {
    const total = lengths.reduce((sum, length) => sum + length, 0);
    return {
      shape: inputs[0].shape.map((extent, k) => (k === axis ? total : extent)),
      dtype: inputs[0].dtype,
    };
  },
  forward: (inputs, { axis, starts }, { shape, dtype }) => {
    const out = allocateUncleared(dtype, sizeOf(shape));
    const strides = stridesOf(shape);
    inputs.forEach((x, k) => {
      copyInto(out, strides, starts[k] * strides[axis], x);
    });
    return out;
  },
  vjp:
    (position) =>
    (g, { attributes: { axis, starts, lengths } }) =>
      sliceRegion(g, axis, starts[position], 1, lengths[position]),
  jvp: "linear",
  batch: (inputs, mapped, { axis, ...parts }, size) =>
    apply(concatOp, withExamples(inputs, mapped, size), { axis: axis + 1, ...parts }),
  flops: movesOnly,
});

/**
 * Tensors one after the other along `axis`.
 *
 * @throws ShapeError if another extent differs; DtypeError if the types do
 * @see torch.cat
 * @example
 * concat([tensor([[1, 2]]), tensor([[3, 4]])]); // [[1, 2], [3, 4]]
 * concat([tensor([[1, 2]]), tensor([[3, 4]])], 1); // [[1, 2, 3, 4]]
 */
export function concat(tensors: readonly Tensor[], axis = 0): Tensor {
  if (tensors.length === 0) throw new ArgumentError("concat", "expected at least one tensor", tensors);
  const at = normalizeAxis("concat", axis, tensors[0].rank);
  const [first] = tensors;
  const fits = (x: Tensor): boolean =>
    x.rank === first.rank && x.shape.every((extent, k) => k === at || extent === first.shape[k]);
  if (!tensors.every(fits))
    throw new ShapeError(
      "concat",
      tensors.map(({ shape }) => shape),
      `expected equal extents but at axis ${at}`,
    );
  if (tensors.some(({ dtype }) => dtype !== first.dtype)) {
    throw new DtypeError(
      "concat",
      tensors.map(({ dtype }) => dtype),
      "expected one element type",
    );
  }
  const lengths = tensors.map(({ shape }) => shape[at]);
  let end = 0;
  const starts = lengths.map((length) => {
    end += length;
    return end - length;
  });
  return apply(concatOp, tensors, { axis: at, starts, lengths });
}

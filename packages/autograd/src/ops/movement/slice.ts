import { allocate } from "../../dtype.ts";
import { ArgumentError, DtypeError, ShapeError } from "../../errors.ts";
import { copyInto } from "../../kernels/strided.ts";
import { apply, defineOp } from "../../op.ts";
import { normalizeAxis, type Shape, sameShape, sizeOf, stridesOf } from "../../shape.ts";
import type { Op, Tensor } from "../../tensor.ts";
import { reshape } from "./movement.ts";

/** For each axis the first position, the step (negative: backwards) and how many positions. */
interface Region {
  readonly starts: readonly number[];
  readonly steps: readonly number[];
  readonly lengths: readonly number[];
}

/** Slicing and embedding are each other's adjoint: one reads a region of a shape, the other writes it into zeros. */
const sliceOp: Op<Region> = /* @__PURE__ */ defineOp<Region>({
  name: "slice",
  shape: ([x], { lengths }) => ({ shape: lengths, dtype: x.dtype }),
  forward: ([x], { starts, steps }, { shape }) => ({
    data: x.data,
    shape,
    strides: x.strides.map((stride, axis) => stride * steps[axis]),
    offset: x.strides.reduce((offset, stride, axis) => offset + stride * starts[axis], x.offset),
  }),
  vjp: [
    (g, node) => apply(embedOp, [g], { ...node.attributes, shape: node.inputSignature(0).shape, fill: 0 }),
  ],
});

const embedOp: Op<Region & { readonly shape: Shape; readonly fill: number }> = /* @__PURE__ */ defineOp<
  Region & { readonly shape: Shape; readonly fill: number }
>({
  name: "embed",
  shape: ([x], { shape }) => ({ shape, dtype: x.dtype }),
  forward: ([x], { starts, steps, fill }, { shape, dtype }) => {
    const out = allocate(dtype, sizeOf(shape));
    if (fill !== 0) out.fill(fill);
    const strides = stridesOf(shape);
    const offset = strides.reduce((sum, stride, axis) => sum + stride * starts[axis], 0);
    copyInto(
      out,
      strides.map((stride, axis) => stride * steps[axis]),
      offset,
      x,
    );
    return out;
  },
  vjp: [(g, { attributes }) => apply(sliceOp, [g], attributes)],
});

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

function sliceRegion(x: Tensor, axis: number, start: number, step: number, length: number): Tensor {
  return apply(sliceOp, [x], {
    starts: x.shape.map((_, k) => (k === axis ? start : 0)),
    steps: x.shape.map((_, k) => (k === axis ? step : 1)),
    lengths: x.shape.map((extent, k) => (k === axis ? length : extent)),
  });
}

/** The element of `axis` at one position; the axis goes. @throws ArgumentError if there is no such position @see torch.select */
export function select(x: Tensor, axis: number, position: number): Tensor {
  const at = normalizeAxis("select", axis, x.rank);
  const index = position < 0 ? position + x.shape[at] : position;
  if (!Number.isInteger(index) || index < 0 || index >= x.shape[at]) {
    throw new ArgumentError("select", `expected a position of an axis of extent ${x.shape[at]}`, position);
  }
  return reshape(
    sliceRegion(x, at, index, 1, 1),
    x.shape.filter((_, k) => k !== at),
  );
}

/** The axes read backwards, as a view. @see torch.flip */
export function flip(x: Tensor, axes: readonly number[]): Tensor {
  return axes.reduce<Tensor>((result, axis) => slice(result, axis, { step: -1 }), x);
}

/**
 * Zeros, or another value, around the elements: for each axis, how many before and after.
 *
 * @param widths one pair an axis, not negative
 * @throws ArgumentError unless there is one pair of integers an axis
 */
export function pad(
  x: Tensor,
  widths: readonly (readonly [before: number, after: number])[],
  value = 0,
): Tensor {
  if (widths.length !== x.rank || widths.flat().some((width) => !Number.isInteger(width) || width < 0)) {
    throw new ArgumentError("pad", `expected ${x.rank} pairs of integers that are not negative`, widths);
  }
  if (widths.every(([before, after]) => before === 0 && after === 0)) return x;
  return apply(embedOp, [x], {
    starts: widths.map(([before]) => before),
    steps: widths.map(() => 1),
    lengths: x.shape,
    shape: x.shape.map((extent, axis) => extent + widths[axis][0] + widths[axis][1]),
    fill: value,
  });
}

const concatOp = /* @__PURE__ */ defineOp<{
  readonly axis: number;
  readonly starts: readonly number[];
  readonly lengths: readonly number[];
}>({
  name: "concat",
  shape: (inputs, { axis, lengths }) => {
    const total = lengths.reduce((sum, length) => sum + length, 0);
    return {
      shape: inputs[0].shape.map((extent, k) => (k === axis ? total : extent)),
      dtype: inputs[0].dtype,
    };
  },
  forward: (inputs, { axis, starts }, { shape, dtype }) => {
    const out = allocate(dtype, sizeOf(shape));
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
});

/** Tensors one after the other along `axis`. @throws ShapeError if another extent differs; DtypeError if the types do @see torch.cat */
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
  const starts = lengths.map((_, k) => lengths.slice(0, k).reduce((sum, length) => sum + length, 0));
  return apply(concatOp, tensors, { axis: at, starts, lengths });
}

/** Tensors of one shape side by side along a new axis. @throws ShapeError if the shapes differ @see torch.stack */
export function stack(tensors: readonly Tensor[], axis = 0): Tensor {
  if (tensors.length === 0) throw new ArgumentError("stack", "expected at least one tensor", tensors);
  const [{ shape, rank }] = tensors;
  const at = normalizeAxis("stack", axis, rank + 1);
  if (!tensors.every((x) => sameShape(x.shape, shape))) {
    throw new ShapeError(
      "stack",
      tensors.map((x) => x.shape),
      "expected equal shapes",
    );
  }
  return concat(
    tensors.map((x) => reshape(x, [...x.shape.slice(0, at), 1, ...x.shape.slice(at)])),
    at,
  );
}

/** Equal parts of an axis, as views. @throws ShapeError if the extent is not a multiple of `parts` @see torch.chunk */
export function split(x: Tensor, parts: number, axis = -1): Tensor[] {
  const at = normalizeAxis("split", axis, x.rank);
  const length = x.shape[at] / parts;
  if (!Number.isInteger(length))
    throw new ShapeError("split", [x.shape], `expected an extent at axis ${at} that ${parts} divides`);
  return Array.from({ length: parts }, (_, k) => sliceRegion(x, at, k * length, 1, length));
}

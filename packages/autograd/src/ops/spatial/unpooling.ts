import { allocate } from "../../dtype.ts";
import { ArgumentError, ShapeError } from "../../errors.ts";
import { movesOnly } from "../../graph/flops.ts";
import { apply, defineOp } from "../../op.ts";
import { sameShape, sizeOf } from "../../shape.ts";
import type { Op, Tensor } from "../../tensor.ts";
import { checkIndex } from "../indexing/check-index.ts";
import { gather } from "../indexing/gather.ts";
import { expand, reshape } from "../movement/movement.ts";
import type { PoolingOptions } from "./spans.ts";
import { extentNames } from "./spans.ts";
import { perAxis } from "./windows.ts";

/**
 * Puts elements at places of a longer last axis, zeros elsewhere.
 *
 * Where several have one place, they were one element before the pooling: each gets the cotangent of that place.
 */
const placeOp: Op<{ readonly extent: number }> = /* @__PURE__ */ defineOp<{ readonly extent: number }>({
  name: "place",
  shape: ([x], { extent }) => ({ shape: [...x.shape.slice(0, -1), extent], dtype: x.dtype }),
  forward: ([x, index], { extent }, { shape, dtype }) => {
    const out = allocate(dtype, sizeOf(shape));
    const [values, places] = [x.values(), index.values()];
    const count = x.shape[x.rank - 1];
    for (let i = 0; i < values.length; i++) out[Math.floor(i / count) * extent + places[i]] = values[i];
    return out;
  },
  vjp: [(g, { inputs: [, index] }) => gather(g, -1, index), null],
  reads: [[1], []],
  batch: (inputs, mapped, attributes, size) => {
    const [x, index] = inputs.map((input, k) => (mapped[k] ? input : expand(input, [size, ...input.shape])));
    return apply(placeOp, [x, index], attributes);
  },
  flops: movesOnly,
});

export interface UnpoolingOptions extends Pick<PoolingOptions, "stride" | "padding"> {
  /** The spatial extents of the result, where several fit; more axes in front are not looked at. Default: the smallest without a remainder. */
  readonly outputSize?: readonly number[];
}

function maxUnpool(
  operation: string,
  axes: number,
  x: Tensor,
  indices: Tensor,
  size: number | readonly number[],
  { stride, padding = 0, outputSize }: UnpoolingOptions,
): Tensor {
  if ((x.rank !== axes + 1 && x.rank !== axes + 2) || !sameShape(x.shape, indices.shape)) {
    throw new ShapeError(
      operation,
      [x.shape, indices.shape],
      `expected two of the same shape [batch, channels, ${extentNames(axes)}], or without batch`,
    );
  }
  const sizes = perAxis(operation, "size", size, axes);
  const strides = perAxis(operation, "stride", stride ?? sizes, axes);
  const widths = perAxis(operation, "padding", padding, axes, 0);
  const outer = x.shape.slice(0, x.rank - axes);
  const places = x.shape.slice(x.rank - axes);
  const natural = places.map((extent, k) => (extent - 1) * strides[k] - 2 * widths[k] + sizes[k]);
  const extents = outputSize === undefined ? natural : outputSize.slice(-axes);
  if (
    extents.length !== axes ||
    extents.some((extent, k) => !Number.isInteger(extent) || Math.abs(extent - natural[k]) >= strides[k])
  ) {
    throw new ArgumentError(
      operation,
      `expected an output size closer than the stride to [${natural.join(", ")}]`,
      outputSize,
    );
  }
  const volume = sizeOf(extents);
  const flat = [...outer, sizeOf(places)];
  const index = reshape(indices, flat);
  checkIndex(operation, index, volume);
  return reshape(apply(placeOp, [reshape(x, flat), index], { extent: volume }), [...outer, ...extents]);
}

/**
 * Puts maxima back where they stood, zeros elsewhere: a partial inverse of `maxPool1dWithIndices`.
 *
 * @param x       [batch, channels, length], or without batch
 * @param indices `i32`, of the shape of `x`
 * @see torch.nn.functional.max_unpool1d
 * @example
 * maxUnpool1d(tensor([[3, 4]]), tensor([[1, 3]], { dtype: "i32" }), 2); // [[0, 3, 0, 4]]
 * maxUnpool1d(...maxPool1dWithIndices(tensor([[1, 3, 2, 4, 5]]), 2), 2, { outputSize: [5] }); // [[0, 3, 0, 4, 0]]
 */
export function maxUnpool1d(
  x: Tensor,
  indices: Tensor,
  size: number | readonly number[],
  options: UnpoolingOptions = {},
): Tensor {
  return maxUnpool("maxUnpool1d", 1, x, indices, size, options);
}

/**
 * Puts maxima back where they stood, zeros elsewhere: a partial inverse of `maxPool2dWithIndices`.
 *
 * @param x       [batch, channels, height, width], or without batch
 * @param indices `i32`, of the shape of `x`; each counts row by row within an image of the result
 * @returns [batch, channels, height', width'], height' = (height - 1) stride - 2 padding + size unless `outputSize` says otherwise
 * @throws ShapeError if the shapes differ; ArgumentError if an index or the output size is out of range
 * @see torch.nn.functional.max_unpool2d
 * @example
 * maxUnpool2d(tensor([[[4]]]), tensor([[[2]]], { dtype: "i32" }), 2); // [[[0, 0], [4, 0]]]
 */
export function maxUnpool2d(
  x: Tensor,
  indices: Tensor,
  size: number | readonly number[],
  options: UnpoolingOptions = {},
): Tensor {
  return maxUnpool("maxUnpool2d", 2, x, indices, size, options);
}

/**
 * Puts maxima back where they stood, zeros elsewhere: a partial inverse of `maxPool3dWithIndices`.
 *
 * @param x       [batch, channels, depth, height, width], or without batch
 * @param indices `i32`, of the shape of `x`; each counts row-major within a volume of the result
 * @see torch.nn.functional.max_unpool3d
 * @example
 * maxUnpool3d(tensor([[[[4]]]]), tensor([[[[2]]]], { dtype: "i32" }), [1, 2, 2]); // [[[[0, 0], [4, 0]]]]
 */
export function maxUnpool3d(
  x: Tensor,
  indices: Tensor,
  size: number | readonly number[],
  options: UnpoolingOptions = {},
): Tensor {
  return maxUnpool("maxUnpool3d", 3, x, indices, size, options);
}

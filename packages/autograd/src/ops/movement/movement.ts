import { ArgumentError, ShapeError } from "../../errors.ts";
import { movesOnly } from "../../graph/flops.ts";
import { reshapedStrides } from "../../kernels/reshaped-strides.ts";
import { dense, denseData, isDense, stretchedStrides } from "../../kernels/strided.ts";
import { apply, defineOp } from "../../op.ts";
import {
  type Axes,
  broadcastShapes,
  checkShape,
  normalizeAxes,
  normalizeAxis,
  reduceShape,
  type Shape,
  sameShape,
  sizeOf,
  withRank,
} from "../../shape.ts";
import type { PermutedShape, ReshapedShape, TransposedShape, Written } from "../../static-shape.ts";
import type { Op, Tensor } from "../../tensor.ts";

const reshapeOp: Op<{ readonly shape: Shape }> = /* @__PURE__ */ defineOp<{ readonly shape: Shape }>({
  name: "reshape",
  shape: ([x], { shape }) => ({ shape, dtype: x.dtype }),
  forward: ([x], { shape }) => {
    if (isDense(x)) return dense(x.data, shape, x.offset);
    const strides = reshapedStrides(x, shape);
    return strides === null ? denseData(x) : { data: x.data, shape, strides, offset: x.offset };
  },
  vjp: [(g, node) => reshape(g, node.inputSignature(0).shape)],
  jvp: "linear",
  batch: ([x], _, { shape }, size) => apply(reshapeOp, [x], { shape: [size, ...shape] }),
  flops: movesOnly,
});

/**
 * The same elements, in row-major order, in another shape, as a view where strides can tell it; one extent may be -1, to be worked out.
 *
 * @throws ShapeError if the sizes differ
 * @see torch.reshape
 * @example
 * reshape(tensor([1, 2, 3, 4, 5, 6]), [2, -1]); // [[1, 2, 3], [4, 5, 6]]
 */
export function reshape<const S extends Shape>(x: Tensor, shape: S): Tensor<ReshapedShape<S>> {
  if (sameShape(x.shape, shape)) return x;
  const known = shape.reduce((size, extent) => (extent === -1 ? size : size * extent), 1);
  const target = shape.map((extent) => (extent === -1 ? x.size / known : extent));
  const open = shape.filter((extent) => extent === -1).length;
  if (
    open > 1 ||
    sizeOf(target) !== x.size ||
    target.some((extent) => !Number.isInteger(extent) || extent < 0)
  ) {
    throw new ShapeError(
      "reshape",
      [x.shape, shape],
      "expected two shapes of the same size, with at most one extent -1",
    );
  }
  return apply(reshapeOp, [x], { shape: target });
}

const permuteOp: Op<{ readonly order: readonly number[] }> = /* @__PURE__ */ defineOp<{
  readonly order: readonly number[];
}>({
  name: "permute",
  shape: ([x], { order }) => ({ shape: order.map((axis) => x.shape[axis]), dtype: x.dtype }),
  forward: ([x], { order }, { shape }) => ({
    data: x.data,
    shape,
    strides: order.map((axis) => x.strides[axis]),
    offset: x.offset,
  }),
  vjp: [
    (g, { attributes: { order } }) =>
      apply(permuteOp, [g], { order: order.map((_, axis) => order.indexOf(axis)) }),
  ],
  jvp: "linear",
  batch: ([x], _, { order }) => permute(x, [0, ...order.map((axis) => axis + 1)]),
  flops: movesOnly,
});

/**
 * The axes in another order, as a view.
 *
 * @throws ArgumentError unless `order` names each axis once
 * @see torch.permute
 * @example
 * permute(zeros([2, 3, 4]), [2, 0, 1]).shape; // [4, 2, 3]
 */
export function permute<S, const O extends readonly number[]>(
  x: Tensor<S>,
  order: O,
): Tensor<PermutedShape<S, O>>;
export function permute(x: Tensor, order: readonly number[]): Tensor {
  const axes = order.map((axis) => normalizeAxis("permute", axis, x.rank));
  if (axes.length !== x.rank || new Set(axes).size !== x.rank) {
    throw new ArgumentError("permute", `expected each axis of a tensor of rank ${x.rank} once`, order);
  }
  return apply(permuteOp, [x], { order: axes });
}

/**
 * Two axes exchanged, by default the last two, as a view.
 *
 * @see torch.transpose
 * @example
 * transpose(tensor([[1, 2, 3], [4, 5, 6]])); // [[1, 4], [2, 5], [3, 6]]
 * transpose(zeros([2, 3, 4]), 0, 1).shape; // [3, 2, 4]
 */
export function transpose<S>(x: Tensor<S>): Tensor<TransposedShape<S>>;
export function transpose(x: Tensor, first?: number, second?: number): Tensor;
export function transpose(x: Tensor, first = -2, second = -1): Tensor {
  const [a, b] = [normalizeAxis("transpose", first, x.rank), normalizeAxis("transpose", second, x.rank)];
  const order = x.shape.map((_, axis) => (axis === a ? b : axis === b ? a : axis));
  return apply(permuteOp, [x], { order });
}

/** The rule is the identity: the engine sums a cotangent over the axes that were stretched. */
const expandOp: Op<{ readonly shape: Shape }> = /* @__PURE__ */ defineOp<{ readonly shape: Shape }>({
  name: "expand",
  shape: ([x], { shape }) => ({ shape, dtype: x.dtype }),
  forward: ([x], { shape }) => ({
    data: x.data,
    shape,
    strides: stretchedStrides(x.shape, x.strides, shape),
    offset: x.offset,
  }),
  vjp: [(g) => g],
  jvp: "linear",
  batch: ([x], _, { shape }, size) =>
    expand(reshape(x, [size, ...withRank(x.shape.slice(1), shape.length)]), [size, ...shape]),
  flops: movesOnly,
});

/**
 * Stretches axes of extent 1, and adds axes in front, without copying.
 *
 * @throws ShapeError if it does not broadcast
 * @see torch.Tensor.expand
 * @example
 * expand(tensor([[1], [2]]), [2, 3]); // [[1, 1, 1], [2, 2, 2]]
 */
export function expand<const S extends Shape>(x: Tensor, shape: S): Tensor<Written<S>> {
  if (sameShape(x.shape, shape)) return x;
  if (!sameShape(broadcastShapes("expand", [x.shape, checkShape("expand", shape)]), shape)) {
    throw new ShapeError("expand", [x.shape, shape], "expected a shape that the first stretches to");
  }
  return apply(expandOp, [x], { shape });
}

/** The elements of a vector one after the other along `axis`, with `rank` axes in all: ready to broadcast. */
export function alongAxis(vector: Tensor, axis: number, rank: number): Tensor {
  const shape = new Array<number>(rank).fill(1);
  shape[axis] = vector.size;
  return reshape(vector, shape);
}

/** The operands of a batch rule with the examples along the first axis of each, also of those that were one for all. */
export function withExamples(
  inputs: readonly Tensor[],
  mapped: readonly boolean[],
  size: number,
): readonly Tensor[] {
  return inputs.map((x, k) => (mapped[k] ? x : expand(x, [size, ...x.shape])));
}

/**
 * Adds an axis of extent 1.
 *
 * @see torch.unsqueeze
 * @example
 * unsqueeze(tensor([1, 2]), 0); // [[1, 2]]
 * unsqueeze(tensor([1, 2]), -1); // [[1], [2]]
 */
export function unsqueeze(x: Tensor, axis: number): Tensor {
  const at = normalizeAxis("unsqueeze", axis, x.rank + 1);
  return reshape(x, [...x.shape.slice(0, at), 1, ...x.shape.slice(at)]);
}

/**
 * Removes an axis of extent 1, several, or all that there are.
 *
 * @throws ShapeError if the extent of a given axis is not 1 (PyTorch leaves the axis alone then)
 * @see torch.squeeze
 * @example
 * squeeze(tensor([[[1], [2]]])); // [1, 2]
 * squeeze(tensor([[[1], [2]]]), 0); // [[1], [2]]
 */
export function squeeze(x: Tensor, axes?: Axes): Tensor {
  if (axes === undefined)
    return reshape(
      x,
      x.shape.filter((extent) => extent !== 1),
    );
  const gone = normalizeAxes("squeeze", axes, x.rank);
  const wrong = gone.find((axis) => x.shape[axis] !== 1);
  if (wrong !== undefined) throw new ShapeError("squeeze", [x.shape], `expected extent 1 at axis ${wrong}`);
  return reshape(x, reduceShape(x.shape, gone, false));
}

/**
 * Merges the axes from `start` to `end`, both included, into one.
 *
 * @see torch.flatten
 * @example
 * flatten(tensor([[1, 2], [3, 4]])); // [1, 2, 3, 4]
 * flatten(zeros([2, 3, 4]), 1).shape; // [2, 12]
 */
export function flatten(x: Tensor, start = 0, end = -1): Tensor {
  if (x.rank === 0) return reshape(x, [1]);
  const [first, last] = [normalizeAxis("flatten", start, x.rank), normalizeAxis("flatten", end, x.rank)];
  return reshape(x, [
    ...x.shape.slice(0, first),
    sizeOf(x.shape.slice(first, last + 1)),
    ...x.shape.slice(last + 1),
  ]);
}

/**
 * One axis as several, whose extents multiply to its own; one of them may be -1.
 *
 * @throws ShapeError otherwise
 * @see torch.unflatten
 * @example
 * unflatten(tensor([1, 2, 3, 4, 5, 6]), 0, [2, -1]); // [[1, 2, 3], [4, 5, 6]]
 */
export function unflatten(x: Tensor, axis: number, extents: Shape): Tensor {
  const at = normalizeAxis("unflatten", axis, x.rank);
  const known = extents.reduce((size, extent) => (extent === -1 ? size : size * extent), 1);
  const worked = extents.map((extent) => (extent === -1 ? x.shape[at] / known : extent));
  const open = extents.filter((extent) => extent === -1).length;
  if (
    open > 1 ||
    sizeOf(worked) !== x.shape[at] ||
    worked.some((extent) => !Number.isInteger(extent) || extent < 0)
  ) {
    throw new ShapeError(
      "unflatten",
      [[x.shape[at]], extents],
      `expected extents that multiply to that of axis ${at}, at most one -1`,
    );
  }
  return reshape(x, [...x.shape.slice(0, at), ...worked, ...x.shape.slice(at + 1)]);
}

/**
 * Operands stretched to their common shape.
 *
 * @throws ShapeError if they do not broadcast
 * @see torch.broadcast_tensors
 * @example
 * broadcastTensors([tensor([[1], [2]]), tensor([3, 4])]); // [[[1, 1], [2, 2]], [[3, 4], [3, 4]]]
 */
export function broadcastTensors(tensors: readonly Tensor[]): Tensor[] {
  if (tensors.length === 0) return [];
  const shape = broadcastShapes(
    "broadcastTensors",
    tensors.map((x) => x.shape),
  );
  return tensors.map((x) => expand(x, shape));
}

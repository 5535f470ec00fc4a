import { ArgumentError, ShapeError } from "../../errors.ts";
import { dense, denseData, isDense, stretchedStrides } from "../../kernels/strided.ts";
import { apply, defineOp } from "../../op.ts";
import { broadcastShapes, checkShape, normalizeAxis, type Shape, sameShape, sizeOf } from "../../shape.ts";
import type { Tensor } from "../../tensor.ts";

const reshapeOp = /* @__PURE__ */ defineOp<{ readonly shape: Shape }>({
  name: "reshape",
  shape: ([x], { shape }) => ({ shape, dtype: x.dtype }),
  forward: ([x], { shape }) => (isDense(x) ? dense(x.data, shape, x.offset) : denseData(x)),
  vjp: [(g, node) => reshape(g, node.inputSignature(0).shape)],
});

/**
 * The same elements, in row-major order, in another shape; one extent may be -1, to be worked out.
 *
 * @throws ShapeError if the sizes differ
 * @see torch.reshape
 */
export function reshape(x: Tensor, shape: Shape): Tensor {
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

const permuteOp = /* @__PURE__ */ defineOp<{ readonly order: readonly number[] }>({
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
      permute(
        g,
        order.map((_, axis) => order.indexOf(axis)),
      ),
  ],
});

/** The axes in another order, as a view. @throws ArgumentError unless `order` names each axis once @see torch.permute */
export function permute(x: Tensor, order: readonly number[]): Tensor {
  const axes = order.map((axis) => normalizeAxis("permute", axis, x.rank));
  if (axes.length !== x.rank || new Set(axes).size !== x.rank) {
    throw new ArgumentError("permute", `expected each axis of a tensor of rank ${x.rank} once`, order);
  }
  return apply(permuteOp, [x], { order: axes });
}

/** Two axes exchanged, by default the last two, as a view. @see torch.transpose */
export function transpose(x: Tensor, first = -2, second = -1): Tensor {
  const [a, b] = [normalizeAxis("transpose", first, x.rank), normalizeAxis("transpose", second, x.rank)];
  return permute(
    x,
    x.shape.map((_, axis) => (axis === a ? b : axis === b ? a : axis)),
  );
}

/** The rule is the identity: the engine sums a cotangent over the axes that were stretched. */
const expandOp = /* @__PURE__ */ defineOp<{ readonly shape: Shape }>({
  name: "expand",
  shape: ([x], { shape }) => ({ shape, dtype: x.dtype }),
  forward: ([x], { shape }) => ({
    data: x.data,
    shape,
    strides: stretchedStrides(x.shape, x.strides, shape),
    offset: x.offset,
  }),
  vjp: [(g) => g],
});

/** Stretches axes of extent 1, and adds axes in front, without copying. @throws ShapeError if it does not broadcast @see torch.Tensor.expand */
export function expand(x: Tensor, shape: Shape): Tensor {
  if (sameShape(x.shape, shape)) return x;
  if (!sameShape(broadcastShapes("expand", [x.shape, checkShape("expand", shape)]), shape)) {
    throw new ShapeError("expand", [x.shape, shape], "expected a shape that the first stretches to");
  }
  return apply(expandOp, [x], { shape });
}

/** Adds an axis of extent 1. @see torch.unsqueeze */
export function unsqueeze(x: Tensor, axis: number): Tensor {
  const at = normalizeAxis("unsqueeze", axis, x.rank + 1);
  return reshape(x, [...x.shape.slice(0, at), 1, ...x.shape.slice(at)]);
}

/** Removes an axis of extent 1, or all of them. @throws ShapeError if its extent is not 1 @see torch.squeeze */
export function squeeze(x: Tensor, axis?: number): Tensor {
  if (axis === undefined)
    return reshape(
      x,
      x.shape.filter((extent) => extent !== 1),
    );
  const at = normalizeAxis("squeeze", axis, x.rank);
  if (x.shape[at] !== 1) throw new ShapeError("squeeze", [x.shape], `expected extent 1 at axis ${at}`);
  return reshape(
    x,
    x.shape.filter((_, k) => k !== at),
  );
}

/** Merges the axes from `start` to `end`, both included, into one. @see torch.flatten */
export function flatten(x: Tensor, start = 0, end = -1): Tensor {
  if (x.rank === 0) return reshape(x, [1]);
  const [first, last] = [normalizeAxis("flatten", start, x.rank), normalizeAxis("flatten", end, x.rank)];
  return reshape(x, [
    ...x.shape.slice(0, first),
    sizeOf(x.shape.slice(first, last + 1)),
    ...x.shape.slice(last + 1),
  ]);
}

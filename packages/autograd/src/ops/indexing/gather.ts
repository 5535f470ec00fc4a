import { allocate, allocateUncleared } from "../../dtype.ts";
import { ShapeError } from "../../errors.ts";
import { movesOnly, oneAnInput } from "../../graph/flops.ts";
import { gatherAlong, scatterAddAlong } from "../../kernels/index-along.ts";
import { dense } from "../../kernels/strided.ts";
import { apply, defineOp } from "../../op.ts";
import { broadcastShapes, normalizeAxis, type Shape, sizeOf } from "../../shape.ts";
import type { Op, Tensor } from "../../tensor.ts";
import { movedim } from "../movement/movedim.ts";
import { expand, flatten, reshape, withExamples } from "../movement/movement.ts";
import { checkIndex, checkIndexAlong, sliceIndex } from "./check-index.ts";

interface Along {
  readonly axis: number;
}

/** Gathering and scatter-adding are each other's adjoint. */
const gatherOp: Op<Along> = /* @__PURE__ */ defineOp<Along>({
  name: "gather",
  shape: ([x, index]) => ({ shape: index.shape, dtype: x.dtype }),
  forward: ([x, index], { axis }, { shape, dtype }) => {
    const out = allocateUncleared(dtype, sizeOf(shape));
    gatherAlong(x, axis, index, out);
    return out;
  },
  vjp: [
    (g, node) => scatterAddInto(node.inputSignature(0).shape, node.attributes.axis, node.inputs[1], g),
    null,
  ],
  jvp: "linear",
  batch: (inputs, mapped, { axis }, size) => {
    if (!mapped[0]) return gatherFromOne(inputs[0], axis, inputs[1]);
    const [x, index] = withExamples(inputs, mapped, size);
    return gatherFrom(x, axis + 1, index);
  },
  reads: [[1], []],
  flops: movesOnly,
});

/** Gathers from what is one for all examples, such as a table of embeddings: they pick one after the other, and the table stays one. */
function gatherFromOne(x: Tensor, axis: number, index: Tensor): Tensor {
  const inside = movedim(index, 0, axis);
  const merged = flatten(inside, axis, axis + 1);
  return movedim(reshape(gatherFrom(x, axis, merged), inside.shape), axis, 0);
}

/** Adds each element into zeros of `shape`. */
const scatterAddOp: Op<Along & { readonly shape: Shape }> = /* @__PURE__ */ defineOp<
  Along & { readonly shape: Shape }
>({
  name: "scatterAdd",
  shape: ([x], { shape }) => ({ shape, dtype: x.dtype }),
  forward: ([x, index], { axis }, { shape, dtype }) => {
    const out = allocate(dtype, sizeOf(shape));
    scatterAddAlong(dense(out, shape), axis, index, x);
    return out;
  },
  vjp: [(g, { inputs: [, index], attributes: { axis } }) => gatherFrom(g, axis, index), null],
  jvp: "linear",
  batch: (inputs, mapped, { axis, shape }, size) => {
    const [x, index] = withExamples(inputs, mapped, size);
    return scatterAddInto([size, ...shape], axis + 1, index, x);
  },
  reads: [[1], []],
  flops: oneAnInput,
});

/** `gather`, for an index that was checked. */
export function gatherFrom(x: Tensor, axis: number, index: Tensor): Tensor {
  return apply(gatherOp, [x, index], { axis });
}

/** Zeros of `shape` with each element of `source` added where `index`, which was checked, puts it. */
export function scatterAddInto(shape: Shape, axis: number, index: Tensor, source: Tensor): Tensor {
  return apply(scatterAddOp, [source, index], { axis, shape });
}

/**
 * Picks along `axis`: for axis 0, `out[i, j] = x[index[i, j], j]`.
 *
 * @param index `i32`, of the rank of `x`; along the other axes not larger than `x`
 * @returns the shape of `index`
 * @throws ShapeError, DtypeError or ArgumentError if the index does not fit
 * @see torch.gather
 * @example
 * gather(tensor([[1, 2], [3, 4]]), 1, tensor([[0, 0], [1, 0]], { dtype: "i32" })); // [[1, 1], [4, 3]]
 */
export function gather(x: Tensor, axis: number, index: Tensor): Tensor {
  const at = normalizeAxis("gather", axis, x.rank);
  checkIndexAlong("gather", x.shape, at, index);
  return gatherFrom(x, at, index);
}

/**
 * Picks along `axis` as `gather` does, after `x` and `index` are broadcast along the others; without an axis, from all elements in a row.
 *
 * @param index `i32`, of the rank of `x`
 * @throws ShapeError, DtypeError or ArgumentError if the index does not fit
 * @see torch.take_along_dim
 * @example
 * takeAlongDim(tensor([[10, 30, 20], [60, 40, 50]]), tensor([[1], [0]], { dtype: "i32" }), 1); // [[30], [60]]
 * const x = tensor([[3, 1, 2]]);
 * takeAlongDim(x, argsort(x), 1); // [[1, 2, 3]]
 */
export function takeAlongDim(x: Tensor, index: Tensor, axis?: number): Tensor {
  if (axis === undefined) return takeAlongDim(flatten(x), flatten(index), 0);
  const at = normalizeAxis("takeAlongDim", axis, x.rank);
  if (index.rank !== x.rank)
    throw new ShapeError("takeAlongDim", [x.shape, index.shape], "expected an index of the same rank");
  checkIndex("takeAlongDim", index, x.shape[at]);
  const single = (shape: Shape): Shape => shape.map((extent, k) => (k === at ? 1 : extent));
  const common = broadcastShapes(
    "takeAlongDim",
    [single(x.shape), single(index.shape)],
    [x.shape, index.shape],
  );
  const stretched = (operand: Tensor): Tensor =>
    expand(
      operand,
      common.map((extent, k) => (k === at ? operand.shape[k] : extent)),
    );
  return gatherFrom(stretched(x), at, stretched(index));
}

/**
 * Whole slices of `x` along `axis`, in the order of `index`: rows of a matrix for axis 0.
 *
 * @param index `i32` [n]
 * @returns the shape of `x` with extent n at `axis`
 * @throws ShapeError, DtypeError or ArgumentError if the index does not fit
 * @see torch.index_select
 * @example
 * indexSelect(tensor([[1, 2], [3, 4], [5, 6]]), 0, tensor([2, 0], { dtype: "i32" })); // [[5, 6], [1, 2]]
 */
export function indexSelect(x: Tensor, axis: number, index: Tensor): Tensor {
  const at = normalizeAxis("indexSelect", axis, x.rank);
  return gatherFrom(x, at, sliceIndex("indexSelect", x.shape, at, index));
}

import { fromData } from "../../create.ts";
import { allocate } from "../../dtype.ts";
import { ArgumentError, DtypeError, ShapeError } from "../../errors.ts";
import { gatherAlong, scatterAddAlong } from "../../kernels/index-along.ts";
import { dense } from "../../kernels/strided.ts";
import { apply, defineOp } from "../../op.ts";
import { normalizeAxis, type Shape, sizeOf } from "../../shape.ts";
import type { Op, Tensor } from "../../tensor.ts";
import { expand, reshape } from "../movement/movement.ts";

interface Along {
  readonly axis: number;
}

/** Gathering and scatter-adding are each other's adjoint. */
const gatherOp: Op<Along> = /* @__PURE__ */ defineOp<Along>({
  name: "gather",
  shape: ([x, index]) => ({ shape: index.shape, dtype: x.dtype }),
  forward: ([x, index], { axis }, { shape, dtype }) => {
    const out = allocate(dtype, sizeOf(shape));
    gatherAlong(x, axis, index, out);
    return out;
  },
  vjp: [
    (g, node) =>
      apply(scatterAddOp, [g, node.inputs[1]], { ...node.attributes, shape: node.inputSignature(0).shape }),
    null,
  ],
  reads: [[1], []],
});

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
  vjp: [(g, { inputs: [, index], attributes: { axis } }) => apply(gatherOp, [g, index], { axis }), null],
  reads: [[1], []],
});

function checkIndex(operation: string, index: Tensor, extent: number): void {
  if (index.dtype !== "i32") throw new DtypeError(operation, [index.dtype], "expected an index of i32");
  for (const position of index.values()) {
    if (position < 0 || position >= extent) {
      throw new ArgumentError(operation, `expected positions from 0 to ${extent - 1}`, position);
    }
  }
}

/**
 * Picks along `axis`: for axis 0, `out[i, j] = x[index[i, j], j]`.
 *
 * @param index `i32`, of the rank of `x`; along the other axes not larger than `x`
 * @returns the shape of `index`
 * @throws ShapeError, DtypeError or ArgumentError if the index does not fit
 * @see torch.gather
 */
export function gather(x: Tensor, axis: number, index: Tensor): Tensor {
  const at = normalizeAxis("gather", axis, x.rank);
  if (index.rank !== x.rank || index.shape.some((extent, k) => k !== at && extent > x.shape[k])) {
    throw new ShapeError(
      "gather",
      [x.shape, index.shape],
      `expected an index of the same rank, not larger but along axis ${at}`,
    );
  }
  checkIndex("gather", index, x.shape[at]);
  return apply(gatherOp, [x, index], { axis: at });
}

/**
 * Whole slices of `x` along `axis`, in the order of `index`: rows of a matrix for axis 0.
 *
 * @param index `i32` [n]
 * @returns the shape of `x` with extent n at `axis`
 * @see torch.index_select
 */
export function indexSelect(x: Tensor, axis: number, index: Tensor): Tensor {
  const at = normalizeAxis("indexSelect", axis, x.rank);
  if (index.rank !== 1)
    throw new ShapeError("indexSelect", [x.shape, index.shape], "expected an index of rank 1");
  checkIndex("indexSelect", index, x.shape[at]);
  const shape = x.shape.map((extent, k) => (k === at ? index.shape[0] : extent));
  const column = reshape(
    index,
    x.shape.map((_, k) => (k === at ? index.shape[0] : 1)),
  );
  return apply(gatherOp, [x, expand(column, shape)], { axis: at });
}

/**
 * One-hot rows: 1 at each label, 0 elsewhere.
 *
 * @param labels `i32`, any shape
 * @returns the shape of `labels` with an axis of extent `classes` behind, `f32`
 * @throws ArgumentError if a label is out of range
 * @see torch.nn.functional.one_hot
 */
export function oneHot(labels: Tensor, classes: number): Tensor {
  checkIndex("oneHot", labels, classes);
  const values = labels.values();
  const out = allocate("f32", values.length * classes);
  for (let i = 0; i < values.length; i++) out[i * classes + values[i]] = 1;
  return fromData(out, [...labels.shape, classes]);
}

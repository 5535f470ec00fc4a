import { allocateUncleared } from "../../dtype.ts";
import { multiplyAlong, type SparseMatrix, transposeSparse } from "../../kernels/sparse-along.ts";
import { apply, defineOp } from "../../op.ts";
import { sizeOf } from "../../shape.ts";
import type { Op, Tensor } from "../../tensor.ts";

interface Resampling {
  /** Counted from the end, so that axes in front do not matter. */
  readonly axis: number;
  readonly matrix: SparseMatrix;
}

/** A constant sparse matrix along one axis: what is linear and separable (pooling by means, interpolation, padding) is made of these. */
const resampleOp: Op<Resampling> = /* @__PURE__ */ defineOp<Resampling>({
  name: "resample",
  shape: ([x], { axis, matrix }) => ({
    shape: x.shape.map((extent, k) => (k === x.shape.length + axis ? matrix.starts.length - 1 : extent)),
    dtype: x.dtype,
  }),
  forward: ([x], { axis, matrix }, { shape, dtype }) => {
    const out = allocateUncleared(dtype, sizeOf(shape));
    multiplyAlong(x, x.rank + axis, matrix, out);
    return out;
  },
  vjp: [
    (g, { attributes: { axis, matrix } }) =>
      apply(resampleOp, [g], { axis, matrix: transposeSparse(matrix) }),
  ],
  jvp: "linear",
  batch: "leading",
  flops: (_, { matrix }, [{ shape }]) =>
    matrix.starts.length === 1 ? 0 : (2 * matrix.weights.length * sizeOf(shape)) / (matrix.starts.length - 1),
});

/** Multiplies along `axis` (negative: from the end) by a constant matrix [extent', extent]. */
export function resample(x: Tensor, axis: number, matrix: SparseMatrix): Tensor {
  return apply(resampleOp, [x], { axis: axis < 0 ? axis : axis - x.rank, matrix });
}

import { promote } from "../../dtype.ts";
import { ShapeError } from "../../errors.ts";
import { apply, defineOp } from "../../op.ts";
import { broadcastShapes, sameShape, sizeOf } from "../../shape.ts";
import type { Op, Signature, Tensor } from "../../tensor.ts";
import { reshape, transpose } from "../movement/movement.ts";
import { matmul, multiplied, productSignature } from "./matmul.ts";

interface Layout {
  /** The weights lie column by column, as a transposed matrix does: then so does their cotangent, and nobody has to copy it into order. */
  readonly byColumns: boolean;
}

/**
 * x w + b of [..., m, k] and [..., k, n], under the name of whom it stands for: the sums of the product begin with `b`, which broadcasts to it.
 *
 * @__NO_SIDE_EFFECTS__
 */
export function defineAffine(name: string): Op<Layout> {
  return defineOp<Layout>({
    name,
    shape: ([x, w, b]) => affineSignature(name, x, w, b),
    forward: ([x, w, b], _, output) => multiplied(x, w, b, output),
    vjp: [
      (g, { inputs: [, w] }) => matmul(g, transpose(w)),
      (g, node) => {
        const [x] = node.inputs;
        const [k, n] = node.inputSignature(1).shape.slice(-2);
        // Weights that are the same for all rows get one sum over them.
        const isShared = node.inputSignature(1).shape.length === 2 && x.size * n === g.size * k;
        const [left, right] = isShared ? [flat(x), flat(g)] : [x, g];
        return node.attributes.byColumns
          ? transpose(matmul(transpose(right), left))
          : matmul(transpose(left), right);
      },
      (g) => g,
    ],
    jvp: [
      (tangent, { inputs: [, w] }) => matmul(tangent, w),
      (tangent, { inputs: [x] }) => matmul(x, tangent),
      (tangent) => tangent,
    ],
    reads: [[1], [0], []],
    batch: "leading",
    contraction: true,
    flops: ([x, w], _, [{ shape }]) => sizeOf(shape) * (2 * (x?.shape.at(-1) ?? w?.shape.at(-2) ?? 0) + 1),
  });
}

/** Under vmap `b` may be one for each example where the product is the same for all. */
function affineSignature(operation: string, x: Signature, w: Signature, b: Signature): Signature {
  const { shape, dtype } = productSignature(operation, x, w);
  const isRow = b.shape.length === 1 && b.shape[0] === shape[shape.length - 1];
  return {
    shape: isRow ? shape : broadcastShapes(operation, [shape, b.shape], [b.shape, shape]),
    dtype: promote(dtype, b.dtype),
  };
}

/** All matrices of rows, one below the other. */
const flat = (x: Tensor): Tensor =>
  x.rank === 2 ? x : reshape(x, [sizeOf(x.shape.slice(0, -1)), x.shape[x.rank - 1]]);

/**
 * Applies what `defineAffine` defined; `x` and `w` are matrices, or more of them.
 *
 * @throws ShapeError if the inner extents differ, or `b` does not stretch to the product
 */
export function affine(op: Op<Layout>, x: Tensor, w: Tensor, b: Tensor): Tensor {
  const { strides, rank, shape } = w;
  if (b.rank !== 1 || b.shape[0] !== shape[rank - 1]) {
    const product = productSignature(op.name, x, w).shape;
    if (!sameShape(broadcastShapes(op.name, [b.shape, product]), product))
      throw new ShapeError(op.name, [b.shape, product], "expected an input that stretches to the product");
  }
  return apply(op, [x, w, b], strides[rank - 2] === 1 && strides[rank - 1] !== 1 ? byColumns : byRows);
}

const byColumns: Layout = { byColumns: true };
const byRows: Layout = { byColumns: false };

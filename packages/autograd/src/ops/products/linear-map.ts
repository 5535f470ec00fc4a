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

const linearOp: Op<Layout> = /* @__PURE__ */ defineOp<Layout>({
  name: "linear",
  shape: ([x, weight, bias]) => signatureOf(x, weight, bias),
  forward: ([x, weight, bias], _, output) => multiplied(x, weight, output, { transposed: true, added: bias }),
  vjp: [
    (g, { inputs: [, weight] }) => matmul(g, weight),
    (g, node) => {
      const [x] = node.inputs;
      const { shape } = node.inputSignature(1);
      // Weights that are the same for all rows get one sum over them.
      const isShared = shape.length === 2 && x.size * shape[0] === g.size * shape[1];
      const [left, right] = isShared ? [flat(x), flat(g)] : [x, g];
      return node.attributes.byColumns
        ? transpose(matmul(transpose(left), right))
        : matmul(transpose(right), left);
    },
    (g) => g,
  ],
  jvp: [
    (tangent, { inputs: [, weight] }) => matmul(tangent, transpose(weight)),
    (tangent, { inputs: [x] }) => matmul(x, transpose(tangent)),
    (tangent) => tangent,
  ],
  reads: [[1], [0], []],
  batch: "leading",
  contraction: "transposed",
  flops: ({ length, 0: x, 1: weight }, _, [{ shape }]) =>
    sizeOf(shape) * (2 * (x?.shape.at(-1) ?? weight?.shape.at(-1) ?? 0) + length - 2),
});

/** Under vmap there may be a bias for each example where the product is the same for all. */
function signatureOf(x: Signature, weight: Signature, bias: Signature | undefined): Signature {
  const product = productOf(x, weight);
  if (bias === undefined) return product;
  const { shape, dtype } = product;
  const isRow = bias.shape.length === 1 && bias.shape[0] === shape[shape.length - 1];
  return {
    shape: isRow ? shape : broadcastShapes("linear", [shape, bias.shape], [bias.shape, shape]),
    dtype: promote(dtype, bias.dtype),
  };
}

function productOf(x: Signature, { shape, dtype }: Signature): Signature {
  const { length } = shape;
  const [outputs, features] = [shape[length - 2], shape[length - 1]];
  const turned = length === 2 ? [features, outputs] : [...shape.slice(0, -2), features, outputs];
  return productSignature("linear", x, { shape: turned, dtype });
}

/** All matrices of rows, one below the other. */
const flat = (x: Tensor): Tensor =>
  x.rank === 2 ? x : reshape(x, [sizeOf(x.shape.slice(0, -1)), x.shape[x.rank - 1]]);

/**
 * x Wᵀ + b of [..., m, in] and [out, in]: the sums of the product begin with the bias, if there is one, which broadcasts to it.
 *
 * @throws ShapeError if the inner extents differ, or the bias does not stretch to the product
 */
export function linearMap(x: Tensor, weight: Tensor, bias: Tensor | null): Tensor {
  const { strides, rank, shape } = weight;
  if (bias !== null && (bias.rank !== 1 || bias.shape[0] !== shape[rank - 2])) {
    const product = productOf(x, weight).shape;
    if (!sameShape(broadcastShapes("linear", [bias.shape, product]), product))
      throw new ShapeError("linear", [bias.shape, product], "expected a bias that stretches to the product");
  }
  const isTurned = strides[rank - 2] === 1 && strides[rank - 1] !== 1;
  return apply(linearOp, bias === null ? [x, weight] : [x, weight, bias], isTurned ? byColumns : byRows);
}

const byColumns: Layout = { byColumns: true };
const byRows: Layout = { byColumns: false };

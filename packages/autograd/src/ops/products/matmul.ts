import { allocateUncleared, type Dtype, promote, type TypedArray } from "../../dtype.ts";
import { ShapeError } from "../../errors.ts";
import { batchedGemm, type MatrixBatch, type MatrixData, type Row } from "../../kernels/gemm.ts";
import { copyInto, stretchedStrides } from "../../kernels/strided.ts";
import { apply, defineOp } from "../../op.ts";
import { broadcastShapes, type Shape, sizeOf, stridesOf } from "../../shape.ts";
import type { FitsMatmul, MatmulShape } from "../../static-shape.ts";
import type { Signature, Tensor } from "../../tensor.ts";
import { cast } from "../elementwise/cast.ts";
import { reshape, transpose } from "../movement/movement.ts";

const matmulOp = /* @__PURE__ */ defineOp({
  name: "matmul",
  shape: ([a, b]) => productSignature("matmul", a, b),
  forward: ([a, b], _, output) => multiplied(a, b, output),
  vjp: [(g, { inputs: [, b] }) => matmul(g, transpose(b)), (g, { inputs: [a] }) => matmul(transpose(a), g)],
  jvp: [(tangent, { inputs: [, b] }) => matmul(tangent, b), (tangent, { inputs: [a] }) => matmul(a, tangent)],
  reads: [[1], [0]],
  batch: "leading",
  contraction: true,
  flops: ([a, b], _, [{ shape }]) => 2 * sizeOf(shape) * (a?.shape.at(-1) ?? b?.shape.at(-2) ?? 0),
});

export function productSignature(operation: string, a: Signature, b: Signature): Signature {
  const [left, right] = [a.shape.length, b.shape.length];
  if (left < 2 || right < 2 || a.shape[left - 1] !== b.shape[right - 2])
    throw new ShapeError(operation, [a.shape, b.shape], "expected [..., m, k] and [..., k, n]");
  const dtype = promote(a.dtype, b.dtype);
  const [m, n] = [a.shape[left - 2], b.shape[right - 1]];
  const batch =
    left === 2 && right === 2
      ? none
      : broadcastShapes(operation, [a.shape.slice(0, -2), b.shape.slice(0, -2)], [a.shape, b.shape]);
  // Truth values multiply as whole numbers: a byte cannot hold their sum.
  return { shape: batch.length === 0 ? [m, n] : [...batch, m, n], dtype: dtype === "bool" ? "i32" : dtype };
}

const none: Shape = [];

/**
 * The values of a product.
 *
 * @param transposed `b` is given as its transpose
 * @param added      what is added to the product, and broadcasts to it
 */
export function multiplied(
  a: Tensor,
  b: Tensor,
  { shape, dtype }: Signature,
  { transposed = false, added }: { readonly transposed?: boolean; readonly added?: Tensor } = {},
): TypedArray {
  const out = allocateUncleared(dtype, sizeOf(shape)) as MatrixData;
  const batch = shape.length === 2 ? none : shape.slice(0, -2);
  const [m, n] = [shape[shape.length - 2], shape[shape.length - 1]];
  const left = matricesOf(inType(a, dtype), batch, false);
  const right = matricesOf(inType(b, dtype), batch, transposed);
  const bias = added === undefined ? null : rowOf(inType(added, dtype), n);
  const isPut = added !== undefined && bias === null;
  if (isPut) put(out, inType(added, dtype), shape);
  batchedGemm(batch, m, n, a.shape[a.rank - 1], left, right, out, 0, isPut, bias);
  return out;
}

/** What stands for every row alike; null if the rows differ. */
function rowOf({ data, shape, strides, offset, rank, size }: Tensor, columns: number): Row | null {
  if (rank === 0 || size !== shape[rank - 1]) return null;
  return { data: data as MatrixData, offset, stride: size === columns ? strides[rank - 1] : 0 };
}

function put(out: TypedArray, x: Tensor, shape: Shape): void {
  const strides = stretchedStrides(x.shape, x.strides, shape);
  copyInto(out, stridesOf(shape), 0, { data: x.data, shape, strides, offset: x.offset });
}

const inType = (x: Tensor, dtype: Dtype): Tensor => (x.dtype === dtype ? x : cast(x.detach(), dtype));

const matricesOf = (x: Tensor, batch: Shape, transposed: boolean): MatrixBatch => ({
  data: x.data as MatrixData,
  offset: x.offset,
  rowStride: x.strides[x.rank - (transposed ? 1 : 2)],
  columnStride: x.strides[x.rank - (transposed ? 2 : 1)],
  batchStrides: batch.length === 0 ? none : batchSteps(x, batch),
});

/** The strides of the axes before the last two, 0 where the batch stretches them. */
function batchSteps(x: Tensor, batch: Shape): number[] {
  const shift = batch.length - (x.rank - 2);
  return batch.map((extent, axis) =>
    axis < shift || (x.shape[axis - shift] === 1 && extent !== 1) ? 0 : x.strides[axis - shift],
  );
}

/**
 * The matrix product [..., m, k] · [..., k, n] = [..., m, n]; the axes in front broadcast.
 *
 * A vector in front counts as one row, a vector behind as one column; that axis is then dropped.
 *
 * @throws ShapeError if the inner extents differ
 * @see torch.matmul
 * @example
 * matmul(tensor([[1, 2], [3, 4]]), tensor([5, 6])); // [17, 39]
 * matmul(zeros([5, 2, 3]), zeros([3, 4])).shape; // [5, 2, 4]
 */
export function matmul<A, B>(a: Tensor<A>, b: Tensor<B> & FitsMatmul<A, B>): Tensor<MatmulShape<A, B>>;
export function matmul(a: Tensor, b: Tensor): Tensor {
  if (a.rank === 0 || b.rank === 0)
    throw new ShapeError("matmul", [a.shape, b.shape], "expected [..., m, k] and [..., k, n]");
  if (a.rank > 1 && b.rank > 1) return apply(matmulOp, [a, b], undefined);
  const left = a.rank === 1 ? reshape(a, [1, a.shape[0]]) : a;
  const right = b.rank === 1 ? reshape(b, [b.shape[0], 1]) : b;
  if (left.shape[left.rank - 1] !== right.shape[right.rank - 2]) {
    throw new ShapeError("matmul", [a.shape, b.shape], "expected [..., m, k] and [..., k, n]");
  }
  const result = apply(matmulOp, [left, right], undefined);
  const kept = [
    ...result.shape.slice(0, -2),
    ...(a.rank > 1 ? [left.shape[left.rank - 2]] : []),
    ...(b.rank > 1 ? [right.shape[right.rank - 1]] : []),
  ];
  return reshape(result, kept);
}

import { DtypeError } from "../../errors.ts";
import { movesOnly } from "../../graph/flops.ts";
import { rowOrder } from "../../kernels/linalg/lu.ts";
import { apply, defineOp } from "../../op.ts";
import type { Tensor } from "../../tensor.ts";
import { gather } from "../indexing/gather.ts";
import { expand, unsqueeze } from "../movement/movement.ts";

interface Rows {
  readonly rows: number;
  /** The order that brings the rows back. */
  readonly inverse: boolean;
}

const rowOrderOp = /* @__PURE__ */ defineOp<Rows>({
  name: "rowOrder",
  shape: ([pivots], { rows }) => ({ shape: [...pivots.shape.slice(0, -1), rows], dtype: "i32" }),
  forward: ([pivots], { rows, inverse }, { shape }) => {
    const k = pivots.shape[pivots.rank - 1];
    const count = shape.slice(0, -1).reduce((product, extent) => product * extent, 1);
    const exchanged = pivots.values() as Int32Array;
    const out = new Int32Array(count * rows);
    const order = new Int32Array(rows);
    for (let member = 0; member < count; member++) {
      rowOrder(exchanged.subarray(member * k, (member + 1) * k), order);
      order.forEach((from, to) => {
        if (inverse) out[member * rows + from] = to;
        else out[member * rows + to] = from;
      });
    }
    return out;
  },
  vjp: "zero",
  batch: "leading",
  flops: movesOnly,
});

/** The order in which the pivots of an LU factorization leave the rows, [..., rows] from [..., k]. */
export function orderOfRows(pivots: Tensor, rows: number, inverse = false): Tensor {
  if (pivots.dtype !== "i32") throw new DtypeError("lu", [pivots.dtype], "expected pivots of i32");
  return apply(rowOrderOp, [pivots], { rows, inverse });
}

const inOrder = (x: Tensor, order: Tensor): Tensor => gather(x, -2, expand(unsqueeze(order, -1), x.shape));

/** Pᵀ X: the exchanges of rows carried out on X [..., m, k], of the batch of the pivots. */
export const exchange = (x: Tensor, pivots: Tensor): Tensor =>
  inOrder(x, orderOfRows(pivots, x.shape[x.rank - 2]));

/** P X: the exchanges undone. */
export const exchangeBack = (x: Tensor, pivots: Tensor): Tensor =>
  inOrder(x, orderOfRows(pivots, x.shape[x.rank - 2], true));

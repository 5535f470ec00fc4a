import { cumulativeArgMaximum, cumulativeProduct, cumulativeSum } from "../../kernels/scan.ts";
import { apply, defineOp } from "../../op.ts";
import type { Op, Tensor } from "../../tensor.ts";
import { mul } from "../elementwise/arithmetic.ts";
import { gatherFrom } from "../indexing/gather.ts";
import { reshape } from "../movement/movement.ts";
import { type Picked, withAxis } from "./axis.ts";
import { adjoint, delayed, recurrence, type Scan } from "./recurrence.ts";

/** The sum of a byte's truth values needs more than a byte. */
const cumsumOp: Op<Scan> = /* @__PURE__ */ defineOp<Scan>({
  name: "cumsum",
  shape: ([x]) => ({ shape: x.shape, dtype: x.dtype === "bool" ? "i32" : x.dtype }),
  forward: ([x], { axis, reverse }, { dtype }) => cumulativeSum(x, axis, reverse, dtype),
  vjp: [(g, { attributes: { axis, reverse } }) => apply(cumsumOp, [g], { axis, reverse: !reverse })],
  jvp: "linear",
  batch: (inputs, _, { axis, reverse }) => apply(cumsumOp, inputs, { axis: axis + 1, reverse }),
});

/**
 * The sum of the elements so far along `axis`.
 *
 * @see torch.cumsum
 * @example
 * cumsum(tensor([[1, 2, 3], [4, 5, 6]])); // [[1, 3, 6], [4, 9, 15]]
 * cumsum(tensor([[1, 2, 3], [4, 5, 6]]), 0); // [[1, 2, 3], [5, 7, 9]]
 */
export function cumsum(x: Tensor, axis = -1): Tensor {
  const [lanes, at] = withAxis("cumsum", x, axis);
  return reshape(apply(cumsumOp, [lanes], { axis: at, reverse: false }), x.shape);
}

/** Written as a recurrence with the elements as factors, where its derivative is concerned. */
const cumprodOp: Op<{ readonly axis: number }> = /* @__PURE__ */ defineOp<{ readonly axis: number }>({
  name: "cumprod",
  shape: ([x]) => ({ shape: x.shape, dtype: x.dtype === "bool" ? "i32" : x.dtype }),
  forward: ([x], { axis }, { dtype }) => cumulativeProduct(x, axis, dtype),
  vjp: [
    (g, { inputs: [x], output, attributes: { axis } }) => {
      const scan: Scan = { axis, reverse: false };
      return mul(adjoint(x, g, scan), delayed(output, scan, 1));
    },
  ],
  jvp: [
    (t, { inputs: [x], output, attributes: { axis } }) => {
      const scan: Scan = { axis, reverse: false };
      return recurrence(x, mul(t, delayed(output, scan, 1)), scan);
    },
  ],
  batch: (inputs, _, { axis }) => apply(cumprodOp, inputs, { axis: axis + 1 }),
  reads: [[0]],
  readsOutput: true,
});

/**
 * The product of the elements so far along `axis`; its derivatives are exact where elements are zero.
 *
 * @see torch.cumprod
 * @example
 * cumprod(tensor([2, 3, 4])); // [2, 6, 24]
 * grad((x) => sum(cumprod(x)))(tensor([2, 0, 4])); // [1, 10, 0]
 */
export function cumprod(x: Tensor, axis = -1): Tensor {
  const [lanes, at] = withAxis("cumprod", x, axis);
  return reshape(apply(cumprodOp, [lanes], { axis: at }), x.shape);
}

const cumulativeArgOp = (name: string, sign: 1 | -1): Op<{ readonly axis: number }> => {
  const op: Op<{ readonly axis: number }> = defineOp<{ readonly axis: number }>({
    name,
    shape: ([x]) => ({ shape: x.shape, dtype: "i32" }),
    forward: ([x], { axis }) => cumulativeArgMaximum(x, axis, sign),
    vjp: "zero",
    batch: (inputs, _, { axis }) => apply(op, inputs, { axis: axis + 1 }),
  });
  return op;
};

const cummaxOp = /* @__PURE__ */ cumulativeArgOp("cummax", 1);
const cumminOp = /* @__PURE__ */ cumulativeArgOp("cummin", -1);

function extremumSoFar(op: Op<{ readonly axis: number }>, x: Tensor, axis: number): Picked {
  const [lanes, at] = withAxis(op.name, x, axis);
  const index = apply(op, [lanes], { axis: at });
  return { values: reshape(gatherFrom(lanes, at, index), x.shape), indices: reshape(index, x.shape) };
}

/**
 * The largest element so far along `axis` and its position, the last of equals; NaN from the first NaN on.
 *
 * @see torch.cummax
 * @example
 * cummax(tensor([1, 3, 2, 3])); // { values: [1, 3, 3, 3], indices: [0, 1, 1, 3] }
 */
export function cummax(x: Tensor, axis = -1): Picked {
  return extremumSoFar(cummaxOp, x, axis);
}

/**
 * The smallest element so far along `axis` and its position, the last of equals; NaN from the first NaN on.
 *
 * @see torch.cummin
 * @example
 * cummin(tensor([3, 1, 2, 1])); // { values: [3, 1, 1, 1], indices: [0, 1, 1, 3] }
 */
export function cummin(x: Tensor, axis = -1): Picked {
  return extremumSoFar(cumminOp, x, axis);
}

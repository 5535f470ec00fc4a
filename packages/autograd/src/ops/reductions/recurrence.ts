import { promote } from "../../dtype.ts";
import { linearRecurrence } from "../../kernels/scan.ts";
import { apply, defineOp } from "../../op.ts";
import { sizeOf } from "../../shape.ts";
import type { Op, Tensor } from "../../tensor.ts";
import { mul } from "../elementwise/arithmetic.ts";
import { withExamples } from "../movement/movement.ts";
import { pad, slice } from "../movement/slice.ts";

export interface Scan {
  readonly axis: number;
  /** From the end of the axis to its beginning. */
  readonly reverse: boolean;
}

/** The elements one place on in the direction of the scan, so that each meets the one before it; `fill` comes first. */
export function delayed(x: Tensor, { axis, reverse }: Scan, fill = 0): Tensor {
  if (x.shape[axis] === 0) return x;
  const kept = slice(x, axis, reverse ? { start: 1 } : { end: -1 });
  const gap: readonly [number, number] = reverse ? [0, 1] : [1, 0];
  return pad(
    kept,
    x.shape.map((_, k) => (k === axis ? gap : [0, 0])),
    fill,
  );
}

/**
 * h_t = a_t h_{t-1} + b_t along an axis, from h_0 = b_0.
 *
 * Its adjoint is a recurrence in the other direction with the factors one place on: scans that are written with it have derivatives of every
 * order in one pass each, without a quotient, so that zeros among the factors do no harm.
 */
const recurrenceOp: Op<Scan> = /* @__PURE__ */ defineOp<Scan>({
  name: "recurrence",
  flops: (_, __, [{ shape }]) => 2 * sizeOf(shape),
  shape: ([a, b]) => ({ shape: b.shape, dtype: promote(a.dtype, b.dtype) }),
  forward: ([a, b], { axis, reverse }, { dtype }) => linearRecurrence(a, b, axis, reverse, dtype),
  vjp: [
    (g, { inputs: [a], output, attributes }) => mul(adjoint(a, g, attributes), delayed(output, attributes)),
    (g, { inputs: [a], attributes }) => adjoint(a, g, attributes),
  ],
  jvp: [
    (t, { inputs: [a], output, attributes }) =>
      recurrence(a, mul(t, delayed(output, attributes)), attributes),
    (t, { inputs: [a], attributes }) => recurrence(a, t, attributes),
  ],
  batch: (inputs, mapped, { axis, reverse }, size) => {
    const [a, b] = withExamples(inputs, mapped, size);
    return recurrence(a, b, { axis: axis + 1, reverse });
  },
  reads: [[0], [0]],
  readsOutput: true,
});

export function recurrence(a: Tensor, b: Tensor, scan: Scan): Tensor {
  return apply(recurrenceOp, [a, b], scan);
}

/** What the recurrence with factors `a` makes of a cotangent of its result: a cotangent of its terms. */
export function adjoint(a: Tensor, cotangent: Tensor, { axis, reverse }: Scan): Tensor {
  const back: Scan = { axis, reverse: !reverse };
  return recurrence(delayed(a, back), cotangent, back);
}

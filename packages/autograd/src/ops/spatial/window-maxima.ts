import { oneAnInput } from "../../graph/flops.ts";
import { type Spans, windowArgMaximum } from "../../kernels/window-maximum.ts";
import { apply, defineOp } from "../../op.ts";
import { sizeOf } from "../../shape.ts";
import type { Op, Tensor } from "../../tensor.ts";
import { gatherFrom } from "../indexing/gather.ts";
import { reshape } from "../movement/movement.ts";

/** A position does not move with the values: its true derivative is zero. */
const windowArgmaxOp: Op<{ readonly spans: readonly Spans[] }> = /* @__PURE__ */ defineOp<{
  readonly spans: readonly Spans[];
}>({
  name: "windowArgmax",
  shape: ([x], { spans }) => ({
    shape: [...x.shape.slice(0, x.shape.length - spans.length), ...spans.map(({ firsts }) => firsts.length)],
    dtype: "i32",
  }),
  forward: ([x], { spans }) => windowArgMaximum(x, spans),
  vjp: "zero",
  batch: "leading",
  flops: oneAnInput,
});

/** The largest element of each window over the last axes, and where it stands, counted row-major within these axes. */
export function maxima(x: Tensor, spans: readonly Spans[]): [values: Tensor, indices: Tensor] {
  const indices = apply(windowArgmaxOp, [x], { spans });
  const outer = x.shape.slice(0, x.rank - spans.length);
  const places = sizeOf(spans.map(({ firsts }) => firsts.length));
  const elements = reshape(x, [...outer, sizeOf(x.shape.slice(outer.length))]);
  const picked = gatherFrom(elements, outer.length, reshape(indices, [...outer, places]));
  return [reshape(picked, indices.shape), indices];
}

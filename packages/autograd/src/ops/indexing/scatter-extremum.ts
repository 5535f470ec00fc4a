import { scatterExtremumAlong } from "../../kernels/index-along.ts";
import { copyAs, dense } from "../../kernels/strided.ts";
import { apply, defineOp } from "../../op.ts";
import { sizeOf } from "../../shape.ts";
import type { Node, Op, Tensor } from "../../tensor.ts";
import { add, div, mul } from "../elementwise/arithmetic.ts";
import { cast } from "../elementwise/cast.ts";
import { eq } from "../elementwise/choice.ts";
import { withExamples } from "../movement/movement.ts";
import { gatherFrom, scatterAddInto } from "./gather.ts";

interface Extremum {
  readonly axis: number;
  /** 1 for the largest, -1 for the smallest. */
  readonly sign: 1 | -1;
}

/** What is at a place and what comes to it: elements that tie for the extremum share the gradient evenly. */
const scatterExtremumOp: Op<Extremum> = /* @__PURE__ */ defineOp<Extremum>({
  name: "scatterExtremum",
  shape: ([x]) => ({ shape: x.shape, dtype: x.dtype }),
  forward: ([x, index, source], { axis, sign }, { shape, dtype }) => {
    const out = copyAs(x, dtype);
    scatterExtremumAlong(dense(out, shape), axis, index, source, sign);
    return out;
  },
  vjp: [
    (g, node) => mul(g, shares(node).stays),
    null,
    (g, node) => mul(gatherFrom(g, node.attributes.axis, node.inputs[1]), shares(node).comes),
  ],
  jvp: [
    (tangent, node) => mul(tangent, shares(node).stays),
    null,
    (tangent, node) => {
      const { axis } = node.attributes;
      const [x, index] = node.inputs;
      return scatterAddInto(x.shape, axis, index, mul(tangent, shares(node).comes));
    },
  ],
  batch: (inputs, mapped, { axis, sign }, size) =>
    apply(scatterExtremumOp, withExamples(inputs, mapped, size), { axis: axis + 1, sign }),
  reads: [[0, 1, 2], [], [0, 1, 2]],
  readsOutput: true,
  flops: ([, , source]) => (source === null ? 0 : sizeOf(source.shape)),
});

/** The share in the result, a constant, of what stays at each place and of what comes. */
function shares({ inputs, output, attributes: { axis } }: Node<Extremum>): { stays: Tensor; comes: Tensor } {
  const [x, index, source] = inputs;
  const result = output.detach();
  const stays = cast(eq(x.detach(), result), x.dtype);
  const comes = cast(eq(source.detach(), gatherFrom(result, axis, index)), x.dtype);
  const count = add(stays, scatterAddInto(x.shape, axis, index, comes));
  return { stays: div(stays, count), comes: div(comes, gatherFrom(count, axis, index)) };
}

/** The larger (sign 1) or smaller (-1) of what is at each place of `x` and all that comes to it. */
export function extremumInto(x: Tensor, axis: number, index: Tensor, source: Tensor, sign: 1 | -1): Tensor {
  return apply(scatterExtremumOp, [x, index, source], { axis, sign });
}

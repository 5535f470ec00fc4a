import { ArgumentError } from "../../errors.ts";
import { movesOnly } from "../../graph/flops.ts";
import type { Strided } from "../../kernels/strided.ts";
import { apply, defineOp } from "../../op.ts";
import { normalizeAxis, type Shape } from "../../shape.ts";
import type { Op, Tensor } from "../../tensor.ts";
import { addToPart } from "./add-to-part.ts";
import { reshape } from "./movement.ts";
import { embedded } from "./slice.ts";

/** A slice of one position, and the axis gone: loops over steps take many, and one operation costs half of two. */
const selectOp: Op<{ readonly axis: number; readonly index: number }> = /* @__PURE__ */ defineOp<{
  readonly axis: number;
  readonly index: number;
}>({
  name: "select",
  shape: ([x], { axis }) => ({ shape: without(x.shape, axis), dtype: x.dtype }),
  forward: ([x], { axis, index }, { shape }) => layerOf(x, axis, index, shape),
  vjp: [
    (g, node) => {
      const { axis, index } = node.attributes;
      const { shape } = node.inputSignature(0);
      const starts = shape.map((_, k) => (k === axis ? index : 0));
      const lengths = shape.map((extent, k) => (k === axis ? 1 : extent));
      return embedded(reshape(g, lengths), { starts, steps: shape.map(() => 1), lengths }, shape);
    },
  ],
  addTo: (sum, [g], { attributes: { axis, index } }) => {
    if (g !== null) addToPart(layerOf(sum, axis, index, g.shape), g);
  },
  jvp: "linear",
  batch: ([x], _, { axis, index }) => apply(selectOp, [x], { axis: axis + 1, index }),
  flops: movesOnly,
});

function layerOf({ data, strides, offset }: Strided, axis: number, index: number, shape: Shape): Strided {
  return { data, shape, strides: without(strides, axis), offset: offset + index * strides[axis] };
}

const without = (list: readonly number[], axis: number): readonly number[] => {
  const rest = [...list];
  rest.splice(axis, 1);
  return rest;
};

/**
 * The element of `axis` at one position; the axis goes.
 *
 * @throws ArgumentError if there is no such position
 * @see torch.select
 * @example
 * select(tensor([[1, 2], [3, 4]]), 1, 0); // [1, 3]
 */
export function select(x: Tensor, axis: number, position: number): Tensor {
  const at = normalizeAxis("select", axis, x.rank);
  const index = position < 0 ? position + x.shape[at] : position;
  if (!Number.isInteger(index) || index < 0 || index >= x.shape[at]) {
    throw new ArgumentError("select", `expected a position of an axis of extent ${x.shape[at]}`, position);
  }
  return apply(selectOp, [x], { axis: at, index });
}

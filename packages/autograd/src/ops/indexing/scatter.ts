import { toTensor } from "../../create.ts";
import { ShapeError } from "../../errors.ts";
import { movesOnly } from "../../graph/flops.ts";
import { scatterAlong } from "../../kernels/index-along.ts";
import { copyAs, dense } from "../../kernels/strided.ts";
import { apply, defineOp } from "../../op.ts";
import { normalizeAxis } from "../../shape.ts";
import type { Op, Tensor } from "../../tensor.ts";
import { add } from "../elementwise/arithmetic.ts";
import { expand, withExamples } from "../movement/movement.ts";
import { slice } from "../movement/slice.ts";
import { checkIndexAlong } from "./check-index.ts";
import { checkElements } from "./check-source.ts";
import { gatherFrom, scatterAddInto } from "./gather.ts";

/** Where several elements go to one place the last stays; each gets the cotangent of the place, which is PyTorch's convention. */
const scatterOp: Op<{ readonly axis: number }> = /* @__PURE__ */ defineOp<{ readonly axis: number }>({
  name: "scatter",
  shape: ([x]) => ({ shape: x.shape, dtype: x.dtype }),
  forward: ([x, index, source], { axis }, { shape, dtype }) => {
    const out = copyAs(x, dtype);
    scatterAlong(dense(out, shape), axis, index, source);
    return out;
  },
  vjp: [
    (g, { inputs: [, index], attributes: { axis } }) => scatterOver(g, axis, index, 0),
    null,
    (g, { inputs: [, index], attributes: { axis } }) => gatherFrom(g, axis, index),
  ],
  jvp: "linear",
  batch: (inputs, mapped, { axis }, size) =>
    apply(scatterOp, withExamples(inputs, mapped, size), { axis: axis + 1 }),
  reads: [[1], [], [1]],
  flops: movesOnly,
});

/** `scatter`, for an index that was checked; a number or a scalar goes to every place. */
export function scatterOver(x: Tensor, axis: number, index: Tensor, source: Tensor | number): Tensor {
  const values = toTensor(source, x.dtype);
  return apply(scatterOp, [x, index, values.rank === 0 ? expand(values, index.shape) : values], { axis });
}

/** The part of a source that an index reaches. @throws ShapeError if the index is larger; DtypeError if the element types differ */
export function sourceFor(operation: string, x: Tensor, index: Tensor, source: Tensor): Tensor {
  checkElements(operation, x, source);
  if (source.rank !== index.rank || index.shape.some((extent, k) => extent > source.shape[k])) {
    throw new ShapeError(
      operation,
      [index.shape, source.shape],
      "expected an index of the rank of the source, and not larger",
    );
  }
  return index.shape.reduce<Tensor>(
    (part, extent, axis) => (part.shape[axis] === extent ? part : slice(part, axis, { end: extent })),
    source,
  );
}

/**
 * `x` with elements replaced along `axis`: for axis 0, `out[index[i, j], j] = source[i, j]`.
 *
 * Where several go to one place the last one stays. As in PyTorch each of them then receives the gradient of the place.
 *
 * @param index `i32`, of the rank of `x`; along the other axes not larger than `x`
 * @param source one element or more for each of the index, or a number
 * @throws ShapeError, DtypeError or ArgumentError if index or source do not fit
 * @see torch.scatter
 * @example
 * scatter(zeros([2, 3]), 1, tensor([[2], [0]], { dtype: "i32" }), tensor([[5], [6]])); // [[0, 0, 5], [6, 0, 0]]
 * scatter(zeros([2]), 0, tensor([1, 1], { dtype: "i32" }), tensor([3, 4])); // [0, 4]
 */
export function scatter(x: Tensor, axis: number, index: Tensor, source: Tensor | number): Tensor {
  const at = normalizeAxis("scatter", axis, x.rank);
  checkIndexAlong("scatter", x.shape, at, index);
  return scatterOver(
    x,
    at,
    index,
    typeof source === "number" ? source : sourceFor("scatter", x, index, source),
  );
}

/**
 * `x` with elements added along `axis`: for axis 0, `out[index[i, j], j] += source[i, j]`.
 *
 * @param index `i32`, of the rank of `x`; along the other axes not larger than `x`
 * @param source one element or more for each of the index
 * @throws ShapeError, DtypeError or ArgumentError if index or source do not fit
 * @see torch.scatter_add
 * @example
 * scatterAdd(zeros([3]), 0, tensor([0, 2, 0], { dtype: "i32" }), tensor([1, 2, 3])); // [4, 0, 2]
 */
export function scatterAdd(x: Tensor, axis: number, index: Tensor, source: Tensor): Tensor {
  const at = normalizeAxis("scatterAdd", axis, x.rank);
  checkIndexAlong("scatterAdd", x.shape, at, index);
  return add(x, scatterAddInto(x.shape, at, index, sourceFor("scatterAdd", x, index, source)));
}

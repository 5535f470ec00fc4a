import { ones } from "../../create.ts";
import { movesOnly } from "../../graph/flops.ts";
import { chainAlong } from "../../kernels/index-along.ts";
import { everyValue } from "../../mapped.ts";
import { applyMany, defineOp } from "../../op.ts";
import { type Shape, sizeOf } from "../../shape.ts";
import type { Tensor } from "../../tensor.ts";
import { mul } from "../elementwise/arithmetic.ts";
import { reshape } from "../movement/movement.ts";
import { concat } from "../movement/slice.ts";
import { gatherFrom } from "./gather.ts";

/** Elements that go to one place in a chain: the next of each [n + 1], and the first for each place. The number n ends a chain. */
const chainOp = /* @__PURE__ */ defineOp<{ readonly axis: number; readonly shape: Shape }>({
  name: "chain",
  shape: ([index], { shape }) => [
    { shape: [sizeOf(index.shape) + 1], dtype: "i32" },
    { shape: [sizeOf(shape)], dtype: "i32" },
  ],
  forward: ([index], { axis, shape }) => {
    const { next, first } = chainAlong(shape, axis, index);
    return [Int32Array.from({ length: next.length + 1 }, (_, k) => next[k] ?? k), first];
  },
  vjp: "zero",
  flops: movesOnly,
});

/**
 * `x` times all that comes to each place.
 *
 * Each element is multiplied by the one after it in its chain, then by the one two further, four further …: no division, so that derivatives
 * of every order are exact where elements are zero.
 */
export function productInto(x: Tensor, axis: number, index: Tensor, source: Tensor): Tensor {
  let [next, first] = applyMany(chainOp, [index], { axis, shape: x.shape });
  let products = concat([reshape(source, [source.size]), ones([1], source.dtype)], 0);
  // Whether chains go on is asked of all examples at once: where one has ended it is multiplied by 1.
  while (everyValue(next).some((at) => at !== source.size)) {
    products = mul(products, gatherFrom(products, 0, next));
    next = gatherFrom(next, 0, next);
  }
  return mul(x, reshape(gatherFrom(products, 0, first), x.shape));
}

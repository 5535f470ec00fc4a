import type { Tensor } from "../../tensor.ts";
import { add } from "./arithmetic.ts";
import { mapped } from "./elementwise.ts";

const sumOp = /* @__PURE__ */ mapped("sum", 2, (a, b) => add(a, b));

/** Adds `x` to row-major numbers of its shape and element type, in place: for a sum that nobody has seen. */
export function addInPlace(sum: Tensor, x: Tensor): void {
  sumOp.forward([sum, x], undefined, sum);
}

import { sumOf } from "../../scalar/arithmetic.ts";
import { Scalar } from "../../scalar/expression.ts";
import type { Tensor } from "../../tensor.ts";
import { ElementwiseOp } from "./elementwise.ts";

const sumOp = /* @__PURE__ */ new ElementwiseOp(
  "sum",
  /* @__PURE__ */ sumOf(/* @__PURE__ */ Scalar.input(0), /* @__PURE__ */ Scalar.input(1)),
  2,
);

/** Adds `x` to row-major numbers of its shape and element type, in place: for a sum that nobody has seen. */
export function addInPlace(sum: Tensor, x: Tensor): void {
  sumOp.forward([sum, x], undefined, sum);
}

import { add, sub } from "../ops/elementwise/arithmetic.ts";
import { abs, gt, le, where } from "../ops/elementwise/choice.ts";
import { Scalar } from "../scalar/expression.ts";
import * as row from "../scalar/sigmoidal.ts";
import { type Activation, defineActivation } from "./define.ts";

// What is small becomes smaller.

/**
 * 0 within ±λ, x outside; the slope at the jumps is 0.
 *
 * @see torch.nn.functional.hardshrink
 * @example
 * hardshrink(tensor([-1, -0.5, 0.2, 1])); // [-1, 0, 0, 1]
 * grad((x) => sum(hardshrink(x)))(tensor([-1, -0.5, 0.2, 1])); // [1, 0, 0, 1]
 */
export const hardshrink: Activation<never, "lambda"> = /* @__PURE__ */ defineActivation({
  name: "hardshrink",
  options: { lambda: 0.5 },
  f: (x, { lambda }) => where(le(abs(x), lambda), 0, x),
});

/**
 * 0 within ±λ, x drawn towards 0 by λ outside; the slope at ±λ is 0.
 *
 * @see torch.nn.functional.softshrink
 * @example
 * softshrink(tensor([-1, -0.5, 0.2, 1])); // [-0.5, 0, 0, 0.5]
 */
export const softshrink: Activation<never, "lambda"> = /* @__PURE__ */ defineActivation({
  name: "softshrink",
  options: { lambda: 0.5 },
  f: (x, { lambda }) => where(le(abs(x), lambda), 0, where(gt(x, 0), sub(x, lambda), add(x, lambda))),
});

/**
 * x - tanh x, with all its digits near 0.
 *
 * @see torch.nn.functional.tanhshrink
 * @example
 * tanhshrink(tensor([-1, 0, 1])); // [-0.2384, 0, 0.2384]
 */
export const tanhshrink: Activation = /* @__PURE__ */ defineActivation({
  name: "tanhshrink",
  f: (x) => Scalar.apply(row.tanhshrink, [x]),
});

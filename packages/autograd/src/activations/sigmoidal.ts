import { add, div, neg } from "../ops/elementwise/arithmetic.ts";
import { abs, ge, gt, le, where } from "../ops/elementwise/choice.ts";
import { Scalar } from "../scalar/expression.ts";
import * as row from "../scalar/sigmoidal.ts";
import { type Activation, defineActivation } from "./define.ts";

/**
 * 1/(1 + e⁻ˣ).
 *
 * @see torch.sigmoid
 * @example
 * sigmoid(tensor([-1000, 0, 1])); // [0, 0.5, 0.7311]
 */
export const sigmoid: Activation = /* @__PURE__ */ defineActivation({
  name: "sigmoid",
  f: (x) => Scalar.apply(row.sigmoid, [x]),
});

/**
 * (eˣ - e⁻ˣ)/(eˣ + e⁻ˣ).
 *
 * @see torch.tanh
 * @example
 * tanh(tensor([-1, 0, 1])); // [-0.7616, 0, 0.7616]
 */
export const tanh: Activation = /* @__PURE__ */ defineActivation({
  name: "tanh",
  f: (x) => Scalar.apply(row.tanh, [x]),
});

/**
 * log σ(x), exact where σ underflows.
 *
 * @see torch.nn.functional.logsigmoid
 * @example
 * logSigmoid(tensor([0, -1000])); // [-0.6931, -1000]
 */
export const logSigmoid: Activation = /* @__PURE__ */ defineActivation({
  name: "logSigmoid",
  f: (x) => neg(Scalar.apply(row.softplus, [neg(x)])),
});

/**
 * x/(1 + |x|).
 *
 * @see torch.nn.functional.softsign
 * @example
 * softsign(tensor([-3, 0, 1])); // [-0.75, 0, 0.5]
 */
export const softsign: Activation = /* @__PURE__ */ defineActivation({
  name: "softsign",
  f: (x) => div(x, add(1, abs(x))),
});

/**
 * x within [minimum, maximum]; the slope at the limits is 0.
 *
 * @see torch.nn.functional.hardtanh
 * @example
 * hardtanh(tensor([-2, 0.5, 2])); // [-1, 0.5, 1]
 * hardtanh.with({ minimum: 0, maximum: 6 })(tensor([-2, 0.5, 7])); // [0, 0.5, 6]
 * grad((x) => sum(hardtanh(x)))(tensor([-1, 0.5, 1])); // [0, 1, 0]
 */
export const hardtanh: Activation<never, "minimum" | "maximum"> = /* @__PURE__ */ defineActivation({
  name: "hardtanh",
  options: { minimum: -1, maximum: 1 },
  f: (x, { minimum, maximum }) =>
    where(ge(x, maximum), maximum, where(le(x, minimum), where(gt(minimum, maximum), maximum, minimum), x)),
});

/**
 * The straight line (x + 3)/6 within [0, 1]; the slope at the limits is 0.
 *
 * @see torch.nn.functional.hardsigmoid
 * @example
 * hardSigmoid(tensor([-3, 0, 1, 3])); // [0, 0.5, 0.6667, 1]
 * grad((x) => sum(hardSigmoid(x)))(tensor([-3, 0, 3])); // [0, 0.1667, 0]
 */
export const hardSigmoid: Activation = /* @__PURE__ */ defineActivation({
  name: "hardSigmoid",
  f: (x) => where(le(x, -3), 0, where(ge(x, 3), 1, div(add(x, 3), 6))),
});

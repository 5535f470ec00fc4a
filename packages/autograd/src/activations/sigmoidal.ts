import { add, div, neg } from "../ops/elementwise/arithmetic.ts";
import { abs, ge, gt, le, where } from "../ops/elementwise/choice.ts";
import { Scalar } from "../scalar/expression.ts";
import * as row from "../scalar/sigmoidal.ts";
import { type Activation, defineActivation } from "./define.ts";

/** 1/(1 + e⁻ˣ). @see torch.sigmoid */
export const sigmoid: Activation = /* @__PURE__ */ defineActivation({
  name: "sigmoid",
  f: (x) => Scalar.apply(row.sigmoid, [x]),
});

/** (eˣ - e⁻ˣ)/(eˣ + e⁻ˣ). @see torch.tanh */
export const tanh: Activation = /* @__PURE__ */ defineActivation({
  name: "tanh",
  f: (x) => Scalar.apply(row.tanh, [x]),
});

/** log σ(x), exact where σ underflows. @see torch.nn.functional.logsigmoid */
export const logSigmoid: Activation = /* @__PURE__ */ defineActivation({
  name: "logSigmoid",
  f: (x) => neg(Scalar.apply(row.softplus, [neg(x)])),
});

/** x/(1 + |x|). @see torch.nn.functional.softsign */
export const softsign: Activation = /* @__PURE__ */ defineActivation({
  name: "softsign",
  f: (x) => div(x, add(1, abs(x))),
});

/** x within [minimum, maximum]; the slope at the limits is 0. @see torch.nn.functional.hardtanh */
export const hardtanh: Activation<never, "minimum" | "maximum"> = /* @__PURE__ */ defineActivation({
  name: "hardtanh",
  options: { minimum: -1, maximum: 1 },
  f: (x, { minimum, maximum }) =>
    where(ge(x, maximum), maximum, where(le(x, minimum), where(gt(minimum, maximum), maximum, minimum), x)),
});

/** The straight line (x + 3)/6 within [0, 1]; the slope at the limits is 0. @see torch.nn.functional.hardsigmoid */
export const hardSigmoid: Activation = /* @__PURE__ */ defineActivation({
  name: "hardSigmoid",
  f: (x) => where(le(x, -3), 0, where(ge(x, 3), 1, div(add(x, 3), 6))),
});

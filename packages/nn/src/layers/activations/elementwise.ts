import {
  celu,
  elu,
  hardSigmoid,
  hardSwish,
  hardshrink,
  hardtanh,
  leakyRelu,
  logSigmoid,
  mish,
  relu,
  relu6,
  selu,
  sigmoid,
  silu,
  softplus,
  softshrink,
  softsign,
  tanh,
  tanhshrink,
  threshold,
} from "@isograd/autograd";
import { type ActivationClass, activationClass } from "./activation-class.ts";

// Any shape -> the same. What each computes, and its slope where it bends, stands with the activation.

/** α(exp(x/α) - 1) below 0, x above: `{ alpha }`, default 1. @see torch.nn.CELU */
export const CELU: ActivationClass<"alpha"> = /* @__PURE__ */ activationClass("CELU", celu);

/** α(eˣ - 1) below 0, x above: `{ alpha }`, default 1. @see torch.nn.ELU */
export const ELU: ActivationClass<"alpha"> = /* @__PURE__ */ activationClass("ELU", elu);

/** 0 within ±λ, x outside: `{ lambda }`, default 0.5. @see torch.nn.Hardshrink */
export const Hardshrink: ActivationClass<"lambda"> = /* @__PURE__ */ activationClass(
  "Hardshrink",
  hardshrink,
);

/** (x + 3)/6 within [0, 1]. @see torch.nn.Hardsigmoid */
export const Hardsigmoid: ActivationClass = /* @__PURE__ */ activationClass("Hardsigmoid", hardSigmoid);

/** x times (x + 3)/6 within [0, 1]. @see torch.nn.Hardswish */
export const Hardswish: ActivationClass = /* @__PURE__ */ activationClass("Hardswish", hardSwish);

/** x within limits: `{ minimum, maximum }`, default ±1. @see torch.nn.Hardtanh */
export const Hardtanh: ActivationClass<"minimum" | "maximum"> = /* @__PURE__ */ activationClass(
  "Hardtanh",
  hardtanh,
);

/** x above 0, a small multiple below: `{ negativeSlope }`, default 0.01. @see torch.nn.LeakyReLU */
export const LeakyReLU: ActivationClass<"negativeSlope"> = /* @__PURE__ */ activationClass(
  "LeakyReLU",
  leakyRelu,
);

/** log σ(x). @see torch.nn.LogSigmoid */
export const LogSigmoid: ActivationClass = /* @__PURE__ */ activationClass("LogSigmoid", logSigmoid);

/** x tanh(log(1 + eˣ)). @see torch.nn.Mish */
export const Mish: ActivationClass = /* @__PURE__ */ activationClass("Mish", mish);

/** The larger of x and 0. @see torch.nn.ReLU */
export const ReLU: ActivationClass = /* @__PURE__ */ activationClass("ReLU", relu);

/** x within [0, 6]. @see torch.nn.ReLU6 */
export const ReLU6: ActivationClass = /* @__PURE__ */ activationClass("ReLU6", relu6);

/** The scaled ELU that keeps mean 0 and variance 1. @see torch.nn.SELU */
export const SELU: ActivationClass = /* @__PURE__ */ activationClass("SELU", selu);

/** 1/(1 + e⁻ˣ). @see torch.nn.Sigmoid */
export const Sigmoid: ActivationClass = /* @__PURE__ */ activationClass("Sigmoid", sigmoid);

/** x σ(x). @see torch.nn.SiLU */
export const SiLU: ActivationClass = /* @__PURE__ */ activationClass("SiLU", silu);

/** log(1 + eᵝˣ)/β: `{ beta, threshold }`, default 1 and none. @see torch.nn.Softplus, whose threshold is 20: the difference is below 2.1e-9 */
export const Softplus: ActivationClass<"beta" | "threshold"> = /* @__PURE__ */ activationClass(
  "Softplus",
  softplus,
);

/** 0 within ±λ, x drawn towards 0 by λ outside: `{ lambda }`, default 0.5. @see torch.nn.Softshrink */
export const Softshrink: ActivationClass<"lambda"> = /* @__PURE__ */ activationClass(
  "Softshrink",
  softshrink,
);

/** x/(1 + |x|). @see torch.nn.Softsign */
export const Softsign: ActivationClass = /* @__PURE__ */ activationClass("Softsign", softsign);

/** (eˣ - e⁻ˣ)/(eˣ + e⁻ˣ). @see torch.nn.Tanh */
export const Tanh: ActivationClass = /* @__PURE__ */ activationClass("Tanh", tanh);

/** x - tanh x. @see torch.nn.Tanhshrink */
export const Tanhshrink: ActivationClass = /* @__PURE__ */ activationClass("Tanhshrink", tanhshrink);

/** x above a threshold, a value up to it: `{ threshold, value }`, default 0. @see torch.nn.Threshold */
export const Threshold: ActivationClass<"threshold" | "value"> = /* @__PURE__ */ activationClass(
  "Threshold",
  threshold,
);

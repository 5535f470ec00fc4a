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

/**
 * α(exp(x/α) - 1) below 0, x above: `{ alpha }`, default 1.
 *
 * @see torch.nn.CELU
 * @example
 * new CELU({ alpha: 2 }).call(tensor([-2, 1])); // [-1.2642, 1]
 */
export const CELU: ActivationClass<"alpha"> = /* @__PURE__ */ activationClass("CELU", celu);

/**
 * α(eˣ - 1) below 0, x above: `{ alpha }`, default 1.
 *
 * @see torch.nn.ELU
 * @example
 * new ELU().call(tensor([-1, 2])); // [-0.6321, 2]
 */
export const ELU: ActivationClass<"alpha"> = /* @__PURE__ */ activationClass("ELU", elu);

/**
 * 0 within ±λ, x outside: `{ lambda }`, default 0.5.
 *
 * @see torch.nn.Hardshrink
 * @example
 * new Hardshrink().call(tensor([-1, 0.3, 2])); // [-1, 0, 2]
 */
export const Hardshrink: ActivationClass<"lambda"> = /* @__PURE__ */ activationClass(
  "Hardshrink",
  hardshrink,
);

/**
 * (x + 3)/6 within [0, 1].
 *
 * @see torch.nn.Hardsigmoid
 * @example
 * new Hardsigmoid().call(tensor([-4, 0, 1])); // [0, 0.5, 0.6667]
 */
export const Hardsigmoid: ActivationClass = /* @__PURE__ */ activationClass("Hardsigmoid", hardSigmoid);

/**
 * x times (x + 3)/6 within [0, 1].
 *
 * @see torch.nn.Hardswish
 * @example
 * new Hardswish().call(tensor([-4, 1, 4])); // [0, 0.6667, 4]
 */
export const Hardswish: ActivationClass = /* @__PURE__ */ activationClass("Hardswish", hardSwish);

/**
 * x within limits: `{ minimum, maximum }`, default ±1.
 *
 * @see torch.nn.Hardtanh
 * @example
 * new Hardtanh({ minimum: 0, maximum: 2 }).call(tensor([-1, 1, 3])); // [0, 1, 2]
 */
export const Hardtanh: ActivationClass<"minimum" | "maximum"> = /* @__PURE__ */ activationClass(
  "Hardtanh",
  hardtanh,
);

/**
 * x above 0, a small multiple below: `{ negativeSlope }`, default 0.01.
 *
 * @see torch.nn.LeakyReLU
 * @example
 * new LeakyReLU({ negativeSlope: 0.1 }).call(tensor([-1, 2])); // [-0.1, 2]
 */
export const LeakyReLU: ActivationClass<"negativeSlope"> = /* @__PURE__ */ activationClass(
  "LeakyReLU",
  leakyRelu,
);

/**
 * log σ(x).
 *
 * @see torch.nn.LogSigmoid
 * @example
 * new LogSigmoid().call(tensor([-100, 0])); // [-100, -0.6931]
 */
export const LogSigmoid: ActivationClass = /* @__PURE__ */ activationClass("LogSigmoid", logSigmoid);

/**
 * x tanh(log(1 + eˣ)).
 *
 * @see torch.nn.Mish
 * @example
 * new Mish().call(tensor([0, 1])); // [0, 0.8651]
 */
export const Mish: ActivationClass = /* @__PURE__ */ activationClass("Mish", mish);

/**
 * The larger of x and 0.
 *
 * @see torch.nn.ReLU
 * @example
 * new ReLU().call(tensor([-1, 2])); // [0, 2]
 */
export const ReLU: ActivationClass = /* @__PURE__ */ activationClass("ReLU", relu);

/**
 * x within [0, 6].
 *
 * @see torch.nn.ReLU6
 * @example
 * new ReLU6().call(tensor([-1, 3, 8])); // [0, 3, 6]
 */
export const ReLU6: ActivationClass = /* @__PURE__ */ activationClass("ReLU6", relu6);

/**
 * The scaled ELU that keeps mean 0 and variance 1.
 *
 * @see torch.nn.SELU
 * @example
 * new SELU().call(tensor([-1, 1])); // [-1.1113, 1.0507]
 */
export const SELU: ActivationClass = /* @__PURE__ */ activationClass("SELU", selu);

/**
 * 1/(1 + e⁻ˣ).
 *
 * @see torch.nn.Sigmoid
 * @example
 * new Sigmoid().call(tensor([0, 2])); // [0.5, 0.8808]
 */
export const Sigmoid: ActivationClass = /* @__PURE__ */ activationClass("Sigmoid", sigmoid);

/**
 * x σ(x).
 *
 * @see torch.nn.SiLU
 * @example
 * new SiLU().call(tensor([0, 1])); // [0, 0.7311]
 */
export const SiLU: ActivationClass = /* @__PURE__ */ activationClass("SiLU", silu);

/**
 * log(1 + eᵝˣ)/β: `{ beta, threshold }`, default 1 and none.
 *
 * @see torch.nn.Softplus, whose threshold is 20: the difference is below 2.1e-9
 * @example
 * new Softplus({ beta: 2 }).call(tensor([0, 100])); // [0.3466, 100]
 */
export const Softplus: ActivationClass<"beta" | "threshold"> = /* @__PURE__ */ activationClass(
  "Softplus",
  softplus,
);

/**
 * 0 within ±λ, x drawn towards 0 by λ outside: `{ lambda }`, default 0.5.
 *
 * @see torch.nn.Softshrink
 * @example
 * new Softshrink().call(tensor([-1, 0.3, 2])); // [-0.5, 0, 1.5]
 */
export const Softshrink: ActivationClass<"lambda"> = /* @__PURE__ */ activationClass(
  "Softshrink",
  softshrink,
);

/**
 * x/(1 + |x|).
 *
 * @see torch.nn.Softsign
 * @example
 * new Softsign().call(tensor([-1, 3])); // [-0.5, 0.75]
 */
export const Softsign: ActivationClass = /* @__PURE__ */ activationClass("Softsign", softsign);

/**
 * (eˣ - e⁻ˣ)/(eˣ + e⁻ˣ).
 *
 * @see torch.nn.Tanh
 * @example
 * new Tanh().call(tensor([0, 1])); // [0, 0.7616]
 */
export const Tanh: ActivationClass = /* @__PURE__ */ activationClass("Tanh", tanh);

/**
 * x - tanh x.
 *
 * @see torch.nn.Tanhshrink
 * @example
 * new Tanhshrink().call(tensor([0, 1])); // [0, 0.2384]
 */
export const Tanhshrink: ActivationClass = /* @__PURE__ */ activationClass("Tanhshrink", tanhshrink);

/**
 * x above a threshold, a value up to it: `{ threshold, value }`, default 0.
 *
 * @see torch.nn.Threshold
 * @example
 * new Threshold({ threshold: 1, value: -1 }).call(tensor([0.5, 1, 2])); // [-1, -1, 2]
 */
export const Threshold: ActivationClass<"threshold" | "value"> = /* @__PURE__ */ activationClass(
  "Threshold",
  threshold,
);

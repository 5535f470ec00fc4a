import { div, mul } from "../ops/elementwise/arithmetic.ts";
import { ge, gt, le, where } from "../ops/elementwise/choice.ts";
import { expm1 } from "../ops/elementwise/transcendental.ts";
import { Scalar } from "../scalar/expression.ts";
import * as row from "../scalar/sigmoidal.ts";
import { type Activation, defineActivation } from "./define.ts";

/**
 * The larger of x and 0; the slope at 0 is 0.
 *
 * @see torch.relu
 * @example
 * relu(tensor([-1, 0, 2])); // [0, 0, 2]
 * grad((x) => sum(relu(x)))(tensor([-1, 0, 2])); // [0, 0, 1]
 */
export const relu: Activation = /* @__PURE__ */ defineActivation({
  name: "relu",
  f: (x) => where(le(x, 0), 0, x),
});

/**
 * ReLU that ends at 6; the slope at 0 and at 6 is 0.
 *
 * @see torch.nn.functional.relu6
 * @example
 * relu6(tensor([-1, 3, 7])); // [0, 3, 6]
 * grad((x) => sum(relu6(x)))(tensor([0, 3, 6])); // [0, 1, 0]
 */
export const relu6: Activation = /* @__PURE__ */ defineActivation({
  name: "relu6",
  f: (x) => where(le(x, 0), 0, where(ge(x, 6), 6, x)),
});

/**
 * x above 0, `negativeSlope` times x below; the slope at 0 is the negative one.
 *
 * @see torch.nn.functional.leaky_relu
 * @example
 * leakyRelu(tensor([-1, 0, 1])); // [-0.01, 0, 1]
 * leakyRelu.with({ negativeSlope: 0.2 })(tensor([-1, 0, 1])); // [-0.2, 0, 1]
 * grad((x) => sum(leakyRelu(x)))(tensor([-1, 0, 1])); // [0.01, 0.01, 1]
 */
export const leakyRelu: Activation<never, "negativeSlope"> = /* @__PURE__ */ defineActivation({
  name: "leakyRelu",
  options: { negativeSlope: 0.01 },
  f: (x, { negativeSlope }) => where(gt(x, 0), x, mul(negativeSlope, x)),
});

/**
 * Leaky ReLU with a learnable negative slope.
 *
 * @see He et al. 2015, "Delving deep into rectifiers"; torch.nn.functional.prelu
 * @example
 * prelu(tensor([-2, 2]), 0.25); // [-0.5, 2]
 * grad((slope) => sum(prelu(tensor([-2, 2]), slope)))(tensor(0.25)); // -2
 */
export const prelu: Activation<"slope"> = /* @__PURE__ */ defineActivation({
  name: "prelu",
  parameters: { slope: 0.25 },
  f: (x, { slope }) => where(gt(x, 0), x, mul(slope, x)),
});

/**
 * x above 0, α(eˣ - 1) below.
 *
 * @see Clevert et al. 2016; torch.nn.functional.elu
 * @example
 * elu(tensor([-1, 0, 1])); // [-0.6321, 0, 1]
 * elu.with({ alpha: 2 })(tensor([-1, 0, 1])); // [-1.2642, 0, 1]
 */
export const elu: Activation<never, "alpha"> = /* @__PURE__ */ defineActivation({
  name: "elu",
  options: { alpha: 1 },
  f: (x, { alpha }) => where(gt(x, 0), x, mul(alpha, expm1(x))),
});

/**
 * ELU whose slope is continuous for every α.
 *
 * @see Barron 2017; torch.nn.functional.celu
 * @example
 * celu(tensor([-1, 0, 1])); // [-0.6321, 0, 1]
 * celu.with({ alpha: 2 })(tensor([-2, 0, 1])); // [-1.2642, 0, 1]
 */
export const celu: Activation<never, "alpha"> = /* @__PURE__ */ defineActivation({
  name: "celu",
  options: { alpha: 1 },
  f: (x, { alpha }) => where(gt(x, 0), x, mul(alpha, expm1(div(x, alpha)))),
});

/**
 * The scaled ELU whose fixed point is mean 0 and variance 1.
 *
 * @see Klambauer et al. 2017; torch.nn.functional.selu
 * @example
 * selu(tensor([-1, 0, 1])); // [-1.1113, 0, 1.0507]
 * selu.facts.meanF; // 0
 * selu.facts.gain; // 1
 */
export const selu: Activation = /* @__PURE__ */ defineActivation({
  name: "selu",
  f: (x) => mul(1.0507009873554805, where(gt(x, 0), x, mul(1.6732632423543772, expm1(x)))),
});

/**
 * log(1 + eᵝˣ)/β, without overflow; x itself where βx exceeds `threshold`, which by default is nowhere.
 *
 * @see torch.nn.functional.softplus, whose threshold is 20: the difference is below 2e-9
 * @example
 * softplus(tensor([-1, 0, 1000])); // [0.3133, 0.6931, 1000]
 * softplus.with({ beta: 2 })(tensor([-1, 0])); // [0.0635, 0.3466]
 */
export const softplus: Activation<never, "beta" | "threshold"> = /* @__PURE__ */ defineActivation({
  name: "softplus",
  options: { beta: 1, threshold: Infinity },
  f: (x, { beta, threshold: end }) => {
    const curve = div(Scalar.apply(row.softplus, [mul(beta, x)]), beta);
    return end.isConstantOf(Number.POSITIVE_INFINITY) ? curve : where(gt(mul(beta, x), end), x, curve);
  },
});

/**
 * x above `threshold`, `value` up to it, where the slope is 0.
 *
 * @see torch.nn.functional.threshold
 * @example
 * threshold.with({ threshold: 1, value: -5 })(tensor([0, 1, 2])); // [-5, -5, 2]
 */
export const threshold: Activation<never, "threshold" | "value"> = /* @__PURE__ */ defineActivation({
  name: "threshold",
  options: { threshold: 0, value: 0 },
  f: (x, { threshold: end, value }) => where(le(x, end), value, x),
});

import { add, div, mul, square } from "../ops/elementwise/arithmetic.ts";
import { gt, lt, where } from "../ops/elementwise/choice.ts";
import { ndtr } from "../ops/elementwise/special.ts";
import { type Activation, defineActivation } from "./define.ts";
import { softplus } from "./rectified.ts";
import { sigmoid, tanh } from "./sigmoidal.ts";

// x times a gate between 0 and 1 that x itself opens.

/**
 * x Φ(x), with the exact normal distribution function.
 *
 * @see Hendrycks, Gimpel 2016; torch.nn.functional.gelu
 * @example
 * gelu(tensor([-1, 0, 1])); // [-0.1587, 0, 0.8413]
 */
export const gelu: Activation = /* @__PURE__ */ defineActivation({
  name: "gelu",
  f: (x) => mul(x, ndtr(x)),
});

/**
 * GELU by its tanh approximation; written with σ(2u) = (1 + tanh u)/2, which does not cancel on the left.
 *
 * @see torch.nn.functional.gelu, approximate="tanh"
 * @example
 * geluTanh(tensor([-1, 0, 1])); // [-0.1588, 0, 0.8412]
 */
export const geluTanh: Activation = /* @__PURE__ */ defineActivation({
  name: "geluTanh",
  f: (x) => mul(x, sigmoid(mul(2 * Math.sqrt(2 / Math.PI), mul(x, add(1, mul(0.044715, square(x))))))),
});

/**
 * x σ(x).
 *
 * @see torch.nn.functional.silu
 * @example
 * silu(tensor([-1, 0, 1])); // [-0.2689, 0, 0.7311]
 */
export const silu: Activation = /* @__PURE__ */ defineActivation({
  name: "silu",
  f: (x) => mul(x, sigmoid(x)),
});

/**
 * x σ(βx) with a learnable β.
 *
 * @see Ramachandran et al. 2017, "Searching for activation functions"
 * @example
 * swish(tensor([-1, 1]), 2); // [-0.1192, 0.8808]
 * grad((beta) => sum(swish(tensor([-1, 1]), beta)))(tensor(0)); // 0.5
 */
export const swish: Activation<"beta"> = /* @__PURE__ */ defineActivation({
  name: "swish",
  parameters: { beta: 1 },
  f: (x, { beta }) => mul(x, sigmoid(mul(beta, x))),
});

/**
 * x tanh(softplus(x)).
 *
 * @see Misra 2019; torch.nn.functional.mish
 * @example
 * mish(tensor([-1, 0, 1])); // [-0.3034, 0, 0.8651]
 */
export const mish: Activation = /* @__PURE__ */ defineActivation({
  name: "mish",
  f: (x) => mul(x, tanh(softplus(x))),
});

/**
 * x times the hard sigmoid; the slopes at ±3 are those of the middle piece.
 *
 * @see Howard et al. 2019; torch.nn.functional.hardswish
 * @example
 * hardSwish(tensor([-4, -1, 0, 1, 4])); // [0, -0.3333, 0, 0.6667, 4]
 * grad((x) => sum(hardSwish(x)))(tensor([-3, 3])); // [-0.5, 1.5]
 */
export const hardSwish: Activation = /* @__PURE__ */ defineActivation({
  name: "hardSwish",
  f: (x) => where(lt(x, -3), 0, where(gt(x, 3), x, div(mul(x, add(x, 3)), 6))),
});

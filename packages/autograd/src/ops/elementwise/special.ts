import * as bessel from "../../scalar/bessel.ts";
import * as gaussian from "../../scalar/gaussian.ts";
import * as row from "../../scalar/sigmoidal.ts";
import { type Unary, unary } from "./elementwise.ts";

/**
 * 2/√π times the integral of exp(-t²) from 0 to x.
 *
 * @see torch.erf
 * @example
 * erf(tensor([0, 0.5, Infinity])); // [0, 0.5205, 1]
 */
export const erf: Unary = /* @__PURE__ */ unary(row.erf);

/**
 * 1 - erf(x), with all its digits in the right tail.
 *
 * @see torch.erfc
 * @example
 * erfc(tensor([0, 1, 5])); // [1, 0.1573, 1.537e-12]
 */
export const erfc: Unary = /* @__PURE__ */ unary(row.erfc);

/**
 * e^(x²) erfc(x), which neither underflows nor cancels in the right tail.
 *
 * @see torch.special.erfcx
 * @example
 * erfcx(tensor([0, 1, 1000])); // [1, 0.4276, 5.642e-4]
 */
export const erfcx: Unary = /* @__PURE__ */ unary(gaussian.erfcx);

/**
 * The number whose erf is x; ±Infinity at ±1, NaN outside.
 *
 * @see torch.erfinv
 * @example
 * erfinv(tensor([0, 0.5, 1])); // [0, 0.4769, Infinity]
 */
export const erfinv: Unary = /* @__PURE__ */ unary(gaussian.erfinv);

/**
 * The standard normal distribution function, with all its digits in the left tail.
 *
 * @see torch.special.ndtr
 * @example
 * ndtr(tensor([-1.96, 0, 1.96])); // [0.0250, 0.5, 0.9750]
 */
export const ndtr: Unary = /* @__PURE__ */ unary(row.ndtr);

/**
 * The logarithm of `ndtr`, with all its digits in both tails, its derivatives too.
 *
 * @see torch.special.log_ndtr
 * @example
 * logNdtr(tensor([0, -40])); // [-0.6931, -804.608]
 */
export const logNdtr: Unary = /* @__PURE__ */ unary(gaussian.logNdtr);

/**
 * The number whose `ndtr` is x; ∓Infinity at 0 and 1, NaN outside.
 *
 * @see torch.special.ndtri
 * @example
 * ndtri(tensor([0, 0.5, 0.975])); // [-Infinity, 0, 1.9600]
 */
export const ndtri: Unary = /* @__PURE__ */ unary(gaussian.ndtri);

/**
 * The modified Bessel function I₀.
 *
 * @see torch.i0
 * @example
 * i0(tensor([0, 1])); // [1, 1.2661]
 */
export const i0: Unary = /* @__PURE__ */ unary(bessel.i0);

/**
 * The modified Bessel function I₁.
 *
 * @see torch.special.i1
 * @example
 * i1(tensor([0, 1])); // [0, 0.5652]
 */
export const i1: Unary = /* @__PURE__ */ unary(bessel.i1);

/**
 * e^(-|x|) I₀(x), which does not overflow; its derivative at 0 is 0.
 *
 * @see torch.special.i0e
 * @example
 * i0e(tensor([0, 1, 1000])); // [1, 0.4658, 0.0126]
 */
export const i0e: Unary = /* @__PURE__ */ unary(bessel.i0e);

/**
 * e^(-|x|) I₁(x), which does not overflow.
 *
 * @see torch.special.i1e
 * @example
 * i1e(tensor([0, 1, 1000])); // [0, 0.2079, 0.0126]
 */
export const i1e: Unary = /* @__PURE__ */ unary(bessel.i1e);

/**
 * 1/cosh x.
 *
 * @example
 * sech(tensor([0, 1, -1])); // [1, 0.6481, 0.6481]
 */
export const sech: Unary = /* @__PURE__ */ unary(row.sech);

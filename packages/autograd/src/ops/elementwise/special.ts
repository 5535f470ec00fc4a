import * as bessel from "../../scalar/bessel.ts";
import * as gaussian from "../../scalar/gaussian.ts";
import * as row from "../../scalar/sigmoidal.ts";
import { type Unary, unary } from "./elementwise.ts";

/** 2/√π times the integral of exp(-t²) from 0 to x. @see torch.erf */
export const erf: Unary = /* @__PURE__ */ unary(row.erf);

/** 1 - erf(x), with all its digits in the right tail. @see torch.erfc */
export const erfc: Unary = /* @__PURE__ */ unary(row.erfc);

/** e^(x²) erfc(x), which neither underflows nor cancels in the right tail. @see torch.special.erfcx */
export const erfcx: Unary = /* @__PURE__ */ unary(gaussian.erfcx);

/** The number whose erf is x; ±Infinity at ±1, NaN outside. @see torch.erfinv */
export const erfinv: Unary = /* @__PURE__ */ unary(gaussian.erfinv);

/** The standard normal distribution function, with all its digits in the left tail. @see torch.special.ndtr */
export const ndtr: Unary = /* @__PURE__ */ unary(row.ndtr);

/** The logarithm of `ndtr`, with all its digits in both tails, its derivatives too. @see torch.special.log_ndtr */
export const logNdtr: Unary = /* @__PURE__ */ unary(gaussian.logNdtr);

/** The number whose `ndtr` is x; ∓Infinity at 0 and 1, NaN outside. @see torch.special.ndtri */
export const ndtri: Unary = /* @__PURE__ */ unary(gaussian.ndtri);

/** The modified Bessel function I₀. @see torch.i0 */
export const i0: Unary = /* @__PURE__ */ unary(bessel.i0);

/** The modified Bessel function I₁. @see torch.special.i1 */
export const i1: Unary = /* @__PURE__ */ unary(bessel.i1);

/** e^(-|x|) I₀(x), which does not overflow; its derivative at 0 is 0. @see torch.special.i0e */
export const i0e: Unary = /* @__PURE__ */ unary(bessel.i0e);

/** e^(-|x|) I₁(x), which does not overflow. @see torch.special.i1e */
export const i1e: Unary = /* @__PURE__ */ unary(bessel.i1e);

/** 1/cosh x. */
export const sech: Unary = /* @__PURE__ */ unary(row.sech);

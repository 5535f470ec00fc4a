import * as row from "../../scalar/sigmoidal.ts";
import { type Unary, unary } from "./elementwise.ts";

/** 2/√π times the integral of exp(-t²) from 0 to x. @see torch.erf */
export const erf: Unary = /* @__PURE__ */ unary(row.erf);

/** 1 - erf(x), with all its digits in the right tail. @see torch.erfc */
export const erfc: Unary = /* @__PURE__ */ unary(row.erfc);

/** The standard normal distribution function, with all its digits in the left tail. @see torch.special.ndtr */
export const normalCdf: Unary = /* @__PURE__ */ unary(row.normalCdf);

/** 1/cosh x. */
export const sech: Unary = /* @__PURE__ */ unary(row.sech);

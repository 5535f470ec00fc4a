import * as f64x2 from "../assembler/instructions/f64x2.ts";
import * as i64x2 from "../assembler/instructions/i64x2.ts";
import * as v128 from "../assembler/instructions/v128.ts";
import type { Vector } from "../assembler/vector-instruction.ts";
import type { Body } from "./body.ts";
import { costly } from "./costly.ts";
import { log2High, log2Low } from "./exponential.ts";
import { withSign } from "./plain.ts";

/** 2 (atanh s - s) / s³ in s² for |s| <= (√2 - 1)/(√2 + 1), to 2e-9 and to 2^-53 of itself. */
const single = [0.6666666655358509, 0.40000122584957254, 0.2855073636310781, 0.23332762955117523];
const double = [
  0.6666666666666666, 0.4000000000000089, 0.28571428570795937, 0.2222222239345263, 0.181817954545265,
  0.15386249788196105, 0.1326850331279476, 0.13089445145246312,
];

const one = 0x3ff0000000000000n;
const rootOfHalf = 0x3fe6a09e667f3bcdn;
const mantissa = 0x000fffffffffffffn;
/** As a number 2⁵²: a whole number in its last bits is added to it. */
const wholeNumbers = 0x4330000000000000n;

/** x as 2ᵏ (1 + f) with 1 + f in [√½, √2); positive and finite x only. */
function split(body: Body, x: Vector): { k: Vector; f: Vector } {
  const isSmall = body.keep(f64x2.lt(x, body.number(2 ** -1022)), "isSmall");
  const normal = f64x2.mul(x, v128.bitselect(body.number(2 ** 54), body.number(1), isSmall));
  const bits = body.keep(i64x2.add(normal, body.bits(one - rootOfHalf)), "bits");
  const whole = v128.or(i64x2.shrU(bits, 52), body.bits(wholeNumbers));
  const excess = v128.bitselect(body.number(2 ** 52 + 1023 + 54), body.number(2 ** 52 + 1023), isSmall);
  const m = i64x2.add(v128.and(bits, body.bits(mantissa)), body.bits(rootOfHalf));
  return {
    k: body.keep(f64x2.sub(whole, excess), "k"),
    f: body.keep(f64x2.sub(m, body.number(1)), "f"),
  };
}

/**
 * log x for positive and finite x.
 *
 * @see FreeBSD's e_log.c (Sun Microsystems 1993), whose scheme this is
 */
export function logarithm(body: Body, x: Vector): Vector {
  const { k, f } = split(body, x);
  const s = body.keep(f64x2.div(f, f64x2.add(body.number(2), f)), "s");
  const z = body.keep(f64x2.mul(s, s), "z");
  if (body.precision === "f32") {
    const curve = f64x2.add(body.number(2), f64x2.mul(z, body.polynomial(single, z)));
    return f64x2.add(f64x2.mul(k, body.number(Math.LN2)), f64x2.mul(s, curve));
  }
  const rest = f64x2.mul(z, body.polynomial(double, z));
  const halfSquare = body.keep(f64x2.mul(body.number(0.5), f64x2.mul(f, f)), "halfSquare");
  const low = f64x2.add(f64x2.mul(s, f64x2.add(halfSquare, rest)), f64x2.mul(k, body.number(log2Low)));
  return f64x2.sub(f64x2.mul(k, body.number(log2High)), f64x2.sub(f64x2.sub(halfSquare, low), f));
}

/** The value where x is positive and finite, else the logarithm's limit, or NaN below 0. */
function unlessSpecial(body: Body, x: Vector, value: Vector): Vector {
  const zero = body.number(0);
  const isPositive = body.keep(f64x2.gt(x, zero), "isPositive");
  const special = v128.bitselect(
    body.number(-Infinity),
    v128.bitselect(x, body.number(Number.NaN), isPositive),
    f64x2.eq(x, zero),
  );
  return v128.bitselect(value, special, v128.and(isPositive, f64x2.lt(x, body.number(Infinity))));
}

/** log x, within 1 ulp. */
export const log = /* @__PURE__ */ costly((body, x) => unlessSpecial(body, x, logarithm(body, x)));

/** log₂ x: the factor costs f64 its last digits. */
export const log2 = /* @__PURE__ */ costly(
  (body, x) => unlessSpecial(body, x, f64x2.mul(body.number(Math.LOG2E), logarithm(body, x))),
  ["f32"],
);

/** log₁₀ x: the factor costs f64 its last digits. */
export const log10 = /* @__PURE__ */ costly(
  (body, x) => unlessSpecial(body, x, f64x2.mul(body.number(Math.LOG10E), logarithm(body, x))),
  ["f32"],
);

/** log(1 + x) for 1 + x positive and finite: the logarithm of the rounded sum, and what was rounded away. */
export function logarithmOfSum(body: Body, x: Vector, sum: Vector): Vector {
  const lost = f64x2.sub(x, f64x2.sub(sum, body.number(1)));
  return f64x2.add(logarithm(body, sum), f64x2.div(lost, sum));
}

/** log(1 + x), within 1.5 ulp. */
export const log1p = /* @__PURE__ */ costly((body, x) => {
  const sum = body.keep(f64x2.add(body.number(1), x), "sum");
  return withSign(body, unlessSpecial(body, sum, logarithmOfSum(body, x, sum)), x);
});

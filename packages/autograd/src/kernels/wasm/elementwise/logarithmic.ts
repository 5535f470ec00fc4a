import * as v128 from "../assembler/instructions/v128.ts";
import type { Vector } from "../assembler/vector-instruction.ts";
import type { Body } from "./body.ts";
import { log2Parts } from "./exponential.ts";
import { withSign } from "./plain.ts";

/** 2 (atanh s - s) / s³ in s² for |s| <= (√2 - 1)/(√2 + 1), to 1e-9 and to 2^-53 of the logarithm. */
const single = [0.6666677594184875, 0.39977553486824036, 0.29872122406959534];
const double = [
  0.6666666666666666, 0.4000000000000089, 0.28571428570795937, 0.2222222239345263, 0.181817954545265,
  0.15386249788196105, 0.1326850331279476, 0.13089445145246312,
];

/** Numbers as their bits. */
const bitsOfSingle = {
  one: 0x3f800000n,
  rootOfHalf: 0x3f3504f3n,
  mantissa: 0x007fffffn,
  wholes: 0x4b000000n,
};
const bitsOfDouble = {
  one: 0x3ff0000000000000n,
  rootOfHalf: 0x3fe6a09e667f3bcdn,
  mantissa: 0x000fffffffffffffn,
  /** As a number 2⁵²: a whole number in its last bits is added to it. */
  wholes: 0x4330000000000000n,
};

/** x as 2ᵏ (1 + f) with 1 + f in [√½, √2); positive and finite x only. */
function split(body: Body, x: Vector): { k: Vector; f: Vector } {
  const { floats, wholes, digits, bias } = body.format;
  const { one, rootOfHalf, mantissa, wholes: unit } = body.isSingle ? bitsOfSingle : bitsOfDouble;
  const isSmall = body.keep(floats.lt(x, body.number(2 ** (1 - bias))), "isSmall");
  const normal = floats.mul(x, v128.bitselect(body.number(2 ** digits), body.number(1), isSmall));
  const bits = body.keep(wholes.add(normal, body.bits(one - rootOfHalf)), "bits");
  const whole = v128.or(wholes.shrU(bits, digits), body.bits(unit));
  const excess = 2 ** digits + bias;
  const m = wholes.add(v128.and(bits, body.bits(mantissa)), body.bits(rootOfHalf));
  return {
    k: body.keep(
      floats.sub(whole, v128.bitselect(body.number(excess + digits), body.number(excess), isSmall)),
      "k",
    ),
    f: body.keep(floats.sub(m, body.number(1)), "f"),
  };
}

/** log(1 + f) as f - (f²/2 - rest). */
function logarithmOfMantissa(body: Body, f: Vector): { halfSquare: Vector; rest: Vector } {
  const { add, div, mul } = body.format.floats;
  const s = body.keep(div(f, add(body.number(2), f)), "s");
  const z = body.keep(mul(s, s), "z");
  const halfSquare = body.keep(mul(body.number(0.5), mul(f, f)), "halfSquare");
  const curve = mul(z, body.polynomial(body.isSingle ? single : double, z));
  return { halfSquare, rest: body.keep(mul(s, add(halfSquare, curve)), "rest") };
}

/**
 * log x for positive and finite x.
 *
 * @see FreeBSD's e_log.c (Sun Microsystems 1993), whose scheme this is
 */
export function logarithm(body: Body, x: Vector): Vector {
  const { add, mul, sub } = body.format.floats;
  const { k, f } = split(body, x);
  const { halfSquare, rest } = logarithmOfMantissa(body, f);
  const [high, low] = log2Parts(body);
  const small = add(rest, mul(k, body.number(low)));
  return sub(mul(k, body.number(high)), sub(sub(halfSquare, small), f));
}

/** The value where x is positive and finite, else the logarithm's limit, or NaN below 0. */
function unlessSpecial(body: Body, x: Vector, value: Vector): Vector {
  const { eq, gt, lt } = body.format.floats;
  const zero = body.number(0);
  const isPositive = body.keep(gt(x, zero), "isPositive");
  const special = v128.bitselect(
    body.number(-Infinity),
    v128.bitselect(x, body.number(Number.NaN), isPositive),
    eq(x, zero),
  );
  return v128.bitselect(value, special, v128.and(isPositive, lt(x, body.number(Infinity))));
}

/** log x, within 1 ulp. */
export const log = (body: Body, x: Vector): Vector => unlessSpecial(body, x, logarithm(body, x));

/** The factor costs the logarithm its last digits. */
const toBase = (factor: number) => (body: Body, x: Vector) =>
  unlessSpecial(body, x, body.format.floats.mul(body.number(factor), logarithm(body, x)));

export const log2 = /* @__PURE__ */ toBase(Math.LOG2E);
export const log10 = /* @__PURE__ */ toBase(Math.LOG10E);

/** log(1 + x) for 1 + x positive and finite: the logarithm of the rounded sum, and what was rounded away. */
function logarithmOfSum(body: Body, x: Vector, sum: Vector): Vector {
  const { add, div, sub } = body.format.floats;
  const lost = sub(x, sub(sum, body.number(1)));
  return add(logarithm(body, sum), div(lost, sum));
}

/** 2 (atanh s - s) / s³ in s² for |s| <= 1/3, to 5e-9 of atanh s. */
const unitInterval = [0.6666641235351562, 0.40021759271621704, 0.27998045086860657, 0.28030237555503845];

/** log(1 + x) for x in [0, 1]: in single precision as x - s(x - rest) with s = x / (2 + x). */
export function logarithmOfOneAnd(body: Body, x: Vector): Vector {
  const { add, div, mul, sub } = body.format.floats;
  if (!body.isSingle) return logarithmOfSum(body, x, body.keep(add(body.number(1), x), "sum"));
  const s = body.keep(div(x, add(body.number(2), x)), "s");
  const z = body.keep(mul(s, s), "z");
  return sub(x, mul(s, sub(x, mul(z, body.polynomial(unitInterval, z)))));
}

/** log(1 + x), within 2 ulp. */
export function log1p(body: Body, x: Vector): Vector {
  const sum = body.keep(body.format.floats.add(body.number(1), x), "sum");
  return withSign(body, unlessSpecial(body, sum, logarithmOfSum(body, x, sum)), x);
}

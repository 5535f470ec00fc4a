import * as f64x2 from "../assembler/instructions/f64x2.ts";
import * as i32x4 from "../assembler/instructions/i32x4.ts";
import * as i64x2 from "../assembler/instructions/i64x2.ts";
import type { Vector } from "../assembler/vector-instruction.ts";
import type { Body } from "./body.ts";
import { costly } from "./costly.ts";
import { withSign } from "./plain.ts";

/** Its last bits are worth one: what is added to it is rounded to a whole number, and stands there in binary. */
const shifter = 1.5 * 2 ** 52;

/** log 2 in two parts; whole multiples of the first up to 2²⁰ are exact. */
export const log2High = 0.6931471803691238;
export const log2Low = 1.9082149292705877e-10;

/** (eʳ - 1 - r) / r² for |r| <= log(2)/2, to 3e-9 and to 2^-52 of itself. */
const single = [
  0.500000001353873, 0.16666666681704215, 0.04166646419740569, 0.008333310844647862, 0.0013933730715792083,
  0.00019891080463998843,
];
const double = [
  0.5000000000000001, 0.16666666666666669, 0.041666666666623824, 0.008333333333330039, 0.0013888888917367081,
  0.00019841269863171557, 2.4801521057868204e-5, 2.7557268275906697e-6, 2.7620201591031547e-7,
  2.5100472505694996e-8,
];

/** x as n log 2 + r: the whole number in its binary form in the lower half of `whole`, r, and eʳ - 1 - r. */
interface Reduced {
  readonly whole: Vector;
  readonly r: Vector;
  readonly bend: Vector;
}

function reduce(body: Body, x: Vector): Reduced {
  const whole = body.keep(f64x2.add(f64x2.mul(x, body.number(Math.LOG2E)), body.number(shifter)), "whole");
  const n = body.keep(f64x2.sub(whole, body.number(shifter)), "n");
  if (body.precision === "f32") {
    const r = body.keep(f64x2.sub(x, f64x2.mul(n, body.number(Math.LN2))), "r");
    return { whole, r, bend: bendOf(body, r) };
  }
  const near = body.keep(f64x2.sub(x, f64x2.mul(n, body.number(log2High))), "near");
  const low = body.keep(f64x2.mul(n, body.number(log2Low)), "low");
  const r = body.keep(f64x2.sub(near, low), "r");
  const lost = f64x2.sub(f64x2.sub(near, r), low);
  return { whole, r, bend: body.keep(f64x2.add(bendOf(body, r), lost), "bend") };
}

/** eʳ - 1 - r near 0. */
function bendOf(body: Body, r: Vector): Vector {
  const square = body.keep(f64x2.mul(r, r), "square");
  return body.keep(
    f64x2.mul(square, body.polynomial(body.precision === "f32" ? single : double, r, square)),
    "bend",
  );
}

/** 2 to the whole number plus `shift`, which must be the exponent of a normal number. */
const power = (body: Body, whole: Vector, shift = 0): Vector =>
  i64x2.shl(i64x2.add(whole, body.bits(BigInt(1023 + shift))), 52);

/** eˣ for x up to 710, in two factors: the last steps to 0 and to Infinity are beyond a single one. */
export function exponential(body: Body, x: Vector): Vector {
  const { whole, r, bend } = reduce(body, notBelow(body, x, body.precision === "f32" ? -709.1 : -746));
  return scaled(body, whole, onePlus(body, r, bend));
}

/** 1 + r + bend; for f64 with what the larger sum loses. */
function onePlus(body: Body, r: Vector, bend: Vector): Vector {
  if (body.precision === "f32") return f64x2.add(body.number(1), f64x2.add(r, bend));
  const straight = body.keep(f64x2.add(body.number(1), r), "straight");
  const lost = f64x2.sub(r, f64x2.sub(straight, body.number(1)));
  return f64x2.add(straight, f64x2.add(lost, bend));
}

/** For f32 one factor is enough: it is 0 from 2^-1023 down, and Infinity at 2^1024, both far beyond what f32 holds. */
function scaled(body: Body, whole: Vector, x: Vector): Vector {
  if (body.precision === "f32") return f64x2.mul(x, power(body, whole));
  const half = body.keep(i32x4.shrS(whole, 1), "half");
  const otherHalf = i32x4.sub(whole, half);
  return f64x2.mul(f64x2.mul(x, power(body, half)), power(body, otherHalf));
}

/** NaN passes; from the lower limit on nothing is left, from the upper one on everything is Infinity. */
export const notBelow = (body: Body, x: Vector, limit: number): Vector =>
  body.keep(f64x2.pmax(x, body.number(limit)), "limited");
const notAbove = (body: Body, x: Vector, limit: number): Vector =>
  body.keep(f64x2.pmin(x, body.number(limit)), "limited");

/** eˣ - 1 for x in [-50, 0], and what it lacks. */
export function decrease(body: Body, x: Vector): { value: Vector; lost: Vector } {
  const { whole, r, bend } = reduce(body, x);
  const scale = body.keep(power(body, whole), "scale");
  const part = body.keep(f64x2.mul(scale, f64x2.add(r, bend)), "part");
  const step = body.keep(f64x2.sub(scale, body.number(1)), "step");
  const value = body.keep(f64x2.add(part, step), "value");
  return { value, lost: f64x2.sub(part, f64x2.sub(value, step)) };
}

/** eˣ, within 1 ulp. */
export const exp = /* @__PURE__ */ costly((body, x) => exponential(body, notAbove(body, x, 710)));

/** eˣ - 1, within 2 ulp; halved on the way, so that nothing overflows before its time. */
export const expm1 = /* @__PURE__ */ costly((body, x) => {
  const { whole, r, bend } = reduce(body, notAbove(body, notBelow(body, x, -50), 710));
  const scale = body.keep(power(body, whole, -1), "scale");
  const part = f64x2.mul(scale, f64x2.add(r, bend));
  const half = body.keep(f64x2.add(part, f64x2.sub(scale, body.number(0.5))), "half");
  return withSign(body, f64x2.add(half, half), x);
});

/** 2ˣ, within 1 ulp, exact at whole numbers. */
export const exp2 = /* @__PURE__ */ costly((body, x) => {
  const limited = notAbove(body, notBelow(body, x, body.precision === "f32" ? -1023 : -1076), 1024);
  const whole = body.keep(f64x2.add(limited, body.number(shifter)), "whole");
  const part = f64x2.sub(limited, f64x2.sub(whole, body.number(shifter)));
  const r = body.keep(f64x2.mul(part, body.number(Math.LN2)), "r");
  return scaled(body, whole, onePlus(body, r, bendOf(body, r)));
});

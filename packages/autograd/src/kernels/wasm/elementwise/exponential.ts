import type { Vector } from "../assembler/vector-instruction.ts";
import type { Body } from "./body.ts";
import { withSign } from "./plain.ts";

/** (eʳ - 1 - r) / r² for |r| <= log(2)/2, to 3e-9 and to 2^-52 of eʳ. */
const single = [
  0.4999999403953552, 0.1666652113199234, 0.04166827350854874, 0.008368685841560364, 0.0013820137828588486,
];
const double = [
  0.5000000000000001, 0.16666666666666669, 0.041666666666623824, 0.008333333333330039, 0.0013888888917367081,
  0.00019841269863171557, 2.4801521057868204e-5, 2.7557268275906697e-6, 2.7620201591031547e-7,
  2.5100472505694996e-8,
];

/** log 2 in two parts: multiples of the first by any exponent are exact. */
export const log2Parts = (body: Body): readonly [high: number, low: number] =>
  body.isSingle ? [0.693359375, -2.1219444005469057e-4] : [0.6931471803691238, 1.9082149292705877e-10];

/** x as n log 2 + r: n plus an offset as a whole number in the last bits of `whole`, r, and eʳ - 1 - r. */
interface Reduced {
  readonly whole: Vector;
  readonly r: Vector;
  readonly bend: Vector;
}

/** What is added to a number to round it to a whole one, which then stands in its last bits. */
const shifterOf = ({ format }: Body): number => 1.5 * 2 ** format.digits;

function reduce(body: Body, x: Vector, offset: number, rest?: Vector): Reduced {
  const { add, mul, sub } = body.format.floats;
  const [high, low] = log2Parts(body);
  const shifter = body.number(shifterOf(body) + offset);
  const whole = body.keep(add(mul(x, body.number(Math.LOG2E)), shifter), "whole");
  const n = body.keep(sub(whole, shifter), "n");
  const near = body.keep(sub(x, mul(n, body.number(high))), "near");
  const lowPart = mul(n, body.number(low));
  const far = body.keep(rest === undefined ? lowPart : sub(lowPart, rest), "far");
  const r = body.keep(sub(near, far), "r");
  const bend = bendOf(body, r);
  if (body.isSingle) return { whole, r, bend };
  return { whole, r, bend: body.keep(add(bend, sub(sub(near, r), far)), "bend") };
}

/** eʳ - 1 - r near 0. */
function bendOf(body: Body, r: Vector): Vector {
  const { mul } = body.format.floats;
  const square = body.keep(mul(r, r), "square");
  const curve = body.polynomial(body.isSingle ? single : double, r, square);
  return body.keep(mul(square, curve), "bend");
}

/** 2ⁿ, from a whole number whose last bits hold n plus the bias of exponents. */
const power = ({ format: { wholes, digits } }: Body, whole: Vector): Vector => wholes.shl(whole, digits);

/** eˣ for x up to 710, 89 in single precision, in two factors: the last steps to 0 and to Infinity are beyond a single one. */
export function exponential(body: Body, x: Vector): Vector {
  const limited = notBelow(body, x, nothingLeft(body));
  const { whole, r, bend } = reduce(body, limited, 2 * body.format.bias);
  return scaled(body, whole, onePlus(body, r, bend));
}

/**
 * eˣ where x lies in [-746, 0], in single precision in [-106, 0]: one of the two factors can be the same for all.
 *
 * @param rest is added to x, which has no digits for it
 */
export function decaying(body: Body, x: Vector, rest?: Vector): Vector {
  const { floats, bias } = body.format;
  const shift = (bias + 1) / 2;
  const { whole, r, bend } = reduce(body, x, bias + shift, rest);
  return floats.mul(floats.mul(onePlus(body, r, bend), power(body, whole)), body.number(2 ** -shift));
}

/** From here down eˣ is 0. */
export const nothingLeft = ({ isSingle }: Body): number => (isSingle ? -104 : -746);

/** 1 + r + bend; in double precision with what the larger sum loses. */
function onePlus(body: Body, r: Vector, bend: Vector): Vector {
  const { add, sub } = body.format.floats;
  if (body.isSingle) return add(body.number(1), add(r, bend));
  const straight = body.keep(add(body.number(1), r), "straight");
  return add(straight, add(sub(r, sub(straight, body.number(1))), bend));
}

/** x times 2ⁿ, from n plus twice the bias: two factors with a bias each. */
function scaled(body: Body, whole: Vector, x: Vector): Vector {
  const { floats, wholes } = body.format;
  const half = body.keep(wholes.shrU(whole, 1), "half");
  return floats.mul(floats.mul(x, power(body, half)), power(body, wholes.sub(whole, half)));
}

/** NaN passes; from the lower limit on nothing is left, from the upper one on everything is Infinity. */
export const notBelow = (body: Body, x: Vector, limit: number): Vector =>
  body.keep(body.format.floats.pmax(x, body.number(limit)), "limited");
export const notAbove = (body: Body, x: Vector, limit: number): Vector =>
  body.keep(body.format.floats.pmin(x, body.number(limit)), "limited");
const above = ({ isSingle }: Body): number => (isSingle ? 89 : 710);
/** From here down eˣ - 1 is -1. */
export const nothing = ({ isSingle }: Body): number => (isSingle ? -18 : -50);

/** eˣ - 1 for x in [-50, 0], in single precision in [-18, 0], and what it lacks. */
export function decrease(body: Body, x: Vector): { value: Vector; lost: Vector } {
  const { add, mul, sub } = body.format.floats;
  const { whole, r, bend } = reduce(body, x, body.format.bias);
  const scale = body.keep(power(body, whole), "scale");
  const part = body.keep(mul(scale, add(r, bend)), "part");
  const step = body.keep(sub(scale, body.number(1)), "step");
  const value = body.keep(add(part, step), "value");
  return { value, lost: sub(part, sub(value, step)) };
}

/** eˣ, within 1 ulp. */
export const exp = (body: Body, x: Vector): Vector => exponential(body, notAbove(body, x, above(body)));

/** eˣ - 1, within 2 ulp; halved on the way, so that nothing overflows before its time. */
export function expm1(body: Body, x: Vector): Vector {
  const { add, mul, sub } = body.format.floats;
  const limited = notAbove(body, notBelow(body, x, nothing(body)), above(body));
  const { whole, r, bend } = reduce(body, limited, body.format.bias - 1);
  const scale = body.keep(power(body, whole), "scale");
  const part = mul(scale, add(r, bend));
  const half = body.keep(add(part, sub(scale, body.number(0.5))), "half");
  return withSign(body, add(half, half), x);
}

/** 2ˣ, within 1 ulp, exact at whole numbers. */
export function exp2(body: Body, x: Vector): Vector {
  const { add, mul, sub } = body.format.floats;
  const [lower, upper] = body.isSingle ? [-151, 128] : [-1076, 1024];
  const limited = notAbove(body, notBelow(body, x, lower), upper);
  const shifter = body.number(shifterOf(body) + 2 * body.format.bias);
  const whole = body.keep(add(limited, shifter), "whole");
  const r = body.keep(mul(sub(limited, sub(whole, shifter)), body.number(Math.LN2)), "r");
  return scaled(body, whole, onePlus(body, r, bendOf(body, r)));
}

import * as v128 from "../assembler/instructions/v128.ts";
import type { Vector } from "../assembler/vector-instruction.ts";
import type { Body } from "./body.ts";
import { decaying, decrease, notBelow, nothing, nothingLeft } from "./exponential.ts";
import { logarithmOfOneAnd } from "./logarithmic.ts";
import { withSign } from "./plain.ts";

/** e^-|x|. */
const decay = (body: Body, x: Vector): Vector =>
  body.once(x, "decay", () => decaying(body, notBelow(body, v128.or(x, body.signBits), nothingLeft(body))));

/** 1/x for x in [1, 2], within a twentieth: enough for what a rounded denominator lacks. */
function roughReciprocal(body: Body, x: Vector): Vector {
  const { mul, sub } = body.format.floats;
  return sub(body.number(1.457), mul(body.number(0.5), x));
}

/** -e / (2 + e), with what e and the sum lack, within 2 ulp. */
export function tanh(body: Body, x: Vector): Vector {
  const { abs, add, div, mul, sub } = body.format.floats;
  const twice = mul(abs(x), body.number(-2));
  const { value: e, lost } = decrease(body, notBelow(body, twice, nothing(body)));
  const sum = body.keep(add(e, body.number(2)), "sum");
  const ratio = body.keep(div(e, sum), "ratio");
  const low = body.keep(lost, "low");
  const sumLow = add(low, sub(e, sub(sum, body.number(2))));
  const change = mul(sub(low, mul(ratio, sumLow)), roughReciprocal(body, sum));
  return withSign(body, add(ratio, change), x);
}

/** 2e / (1 + e²), within 2.3 ulp. */
export function sech(body: Body, x: Vector): Vector {
  const { add, div, mul } = body.format.floats;
  const e = decay(body, x);
  return div(add(e, e), add(body.number(1), mul(e, e)));
}

/** 1 / (1 + e) above 0, e / (1 + e) below, within 2.3 ulp: in double precision with what the sum lacks. */
export function sigmoid(body: Body, x: Vector): Vector {
  const { add, div, ge, mul, sub } = body.format.floats;
  const e = decay(body, x);
  const above = v128.bitselect(body.number(1), e, ge(x, body.number(0)));
  const sum = body.keep(add(body.number(1), e), "sum");
  const ratio = body.keep(div(above, sum), "ratio");
  if (body.isSingle) return ratio;
  const lost = sub(e, sub(sum, body.number(1)));
  return sub(ratio, mul(mul(ratio, lost), roughReciprocal(body, sum)));
}

/** e / (1 + e)², the square as 1 + e(2 + e), within 2.3 ulp: in double precision with what the sum lacks. */
export function logisticDensity(body: Body, x: Vector): Vector {
  const { add, div, mul, sub } = body.format.floats;
  const e = decay(body, x);
  const excess = body.keep(mul(e, add(body.number(2), e)), "excess");
  const square = body.keep(add(body.number(1), excess), "square");
  const ratio = body.keep(div(e, square), "ratio");
  if (body.isSingle) return ratio;
  const lost = sub(excess, sub(square, body.number(1)));
  const reciprocal = body.keep(roughReciprocal(body, add(body.number(1), e)), "reciprocal");
  return sub(ratio, mul(mul(ratio, lost), mul(reciprocal, reciprocal)));
}

/** log(1 + eˣ) as max(x, 0) + log(1 + e^-|x|), within 2 ulp; the maximum passes NaN on. */
export function softplus(body: Body, x: Vector): Vector {
  const { add, pmax } = body.format.floats;
  return add(pmax(x, body.number(0)), logarithmOfOneAnd(body, decay(body, x)));
}

import * as f64x2 from "../assembler/instructions/f64x2.ts";
import * as v128 from "../assembler/instructions/v128.ts";
import type { Vector } from "../assembler/vector-instruction.ts";
import type { Body } from "./body.ts";
import { costly } from "./costly.ts";
import { decrease, exponential, notBelow } from "./exponential.ts";
import { logarithm, logarithmOfSum } from "./logarithmic.ts";
import { withSign } from "./plain.ts";

/** e^-|x|. */
const decay = (body: Body, x: Vector): Vector =>
  body.once(x, "decay", () => exponential(body, f64x2.neg(f64x2.abs(x))));

/** 1/x for x in [1, 2], within a twentieth: enough for what a rounded denominator lacks. */
const roughReciprocal = (body: Body, x: Vector): Vector =>
  f64x2.sub(body.number(1.457), f64x2.mul(body.number(0.5), x));

/** -e / (2 + e), within 2 ulp: for f64 with what e and the sum lack. */
export const tanh = /* @__PURE__ */ costly((body, x) => {
  const twice = f64x2.mul(f64x2.abs(x), body.number(-2));
  const { value: e, lost } = decrease(body, notBelow(body, twice, -50));
  const sum = body.keep(f64x2.add(e, body.number(2)), "sum");
  const ratio = body.keep(f64x2.div(e, sum), "ratio");
  if (body.precision === "f32") return withSign(body, ratio, x);
  const low = body.keep(lost, "low");
  const sumLow = f64x2.add(low, f64x2.sub(e, f64x2.sub(sum, body.number(2))));
  const change = f64x2.mul(f64x2.sub(low, f64x2.mul(ratio, sumLow)), roughReciprocal(body, sum));
  return withSign(body, f64x2.add(ratio, change), x);
});

/** 2e / (1 + e²), within 2 ulp. */
export const sech = /* @__PURE__ */ costly((body, x) => {
  const e = decay(body, x);
  return f64x2.div(f64x2.add(e, e), f64x2.add(body.number(1), f64x2.mul(e, e)));
});

/** 1 / (1 + e) above 0, e / (1 + e) below, within 2 ulp: for f64 with what the sum lacks. */
export const sigmoid = /* @__PURE__ */ costly((body, x) => {
  const e = decay(body, x);
  const above = v128.bitselect(body.number(1), e, f64x2.ge(x, body.number(0)));
  const sum = body.keep(f64x2.add(body.number(1), e), "sum");
  const ratio = body.keep(f64x2.div(above, sum), "ratio");
  if (body.precision === "f32") return ratio;
  const lost = f64x2.sub(e, f64x2.sub(sum, body.number(1)));
  return f64x2.sub(ratio, f64x2.mul(f64x2.mul(ratio, lost), roughReciprocal(body, sum)));
});

/** e / (1 + e)², the square as 1 + e(2 + e), within 2 ulp: for f64 with what the sum lacks. */
export const logisticDensity = /* @__PURE__ */ costly((body, x) => {
  const e = decay(body, x);
  const excess = body.keep(f64x2.mul(e, f64x2.add(body.number(2), e)), "excess");
  const square = body.keep(f64x2.add(body.number(1), excess), "square");
  const ratio = body.keep(f64x2.div(e, square), "ratio");
  if (body.precision === "f32") return ratio;
  const lost = f64x2.sub(excess, f64x2.sub(square, body.number(1)));
  const reciprocal = body.keep(roughReciprocal(body, f64x2.add(body.number(1), e)), "reciprocal");
  return f64x2.sub(ratio, f64x2.mul(f64x2.mul(ratio, lost), f64x2.mul(reciprocal, reciprocal)));
});

/** log(1 + eˣ) as max(x, 0) + log(1 + e^-|x|), within 2 ulp; the maximum passes NaN on. */
export const softplus = /* @__PURE__ */ costly((body, x) => {
  const e = decay(body, x);
  const sum = body.keep(f64x2.add(body.number(1), e), "sum");
  const above = f64x2.max(x, body.number(0));
  if (body.precision === "f64") return f64x2.add(above, logarithmOfSum(body, e, sum));
  // What the sum lost need not be divided by it: it matters only where that is nearly 1.
  const lost = f64x2.sub(e, f64x2.sub(sum, body.number(1)));
  return f64x2.add(above, f64x2.add(logarithm(body, sum), lost));
});

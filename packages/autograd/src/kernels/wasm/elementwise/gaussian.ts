import * as f64x2 from "../assembler/instructions/f64x2.ts";
import * as v128 from "../assembler/instructions/v128.ts";
import type { Vector } from "../assembler/vector-instruction.ts";
import type { Body, Precision } from "./body.ts";
import { costly } from "./costly.ts";
import { exponential } from "./exponential.ts";
import { withSign } from "./plain.ts";

/** In double precision the plain loops are more accurate: here x² is rounded, and the series end early. */
const single: readonly Precision[] = ["f32"];

/** erf(x) / x in x² for |x| <= 1, to 1e-12. */
const quotient = [
  1.1283791670946768, -0.3761263888963531, 0.11283791308604582, -0.026866133235095593, 0.005223783477189248,
  -0.0008542637997087229, 0.0001195656256820733, -1.3909340021874599e-5, 1.058938064107502e-6,
];

/** (1 + 2x) e^(x²) erfc(x) for x >= 0 in t = (x - 15/4) / (x + 15/4), to 1e-10. */
const scaledTail = [
  1.2375126308378275, -0.14024059953806303, 0.0035854164382932547, 0.08227677405353499, -0.10880396585225266,
  0.09230393701260439, -0.05869300922764284, 0.02836410696717548, -0.00974846550716947, 0.0017511544838523614,
  0.0002984595661573952, -0.0002843105190919703, 4.51046533718834e-5, 1.8521150474374468e-5,
  -6.5874163383700835e-6,
];

/** e^(-factor x²). */
function bell(body: Body, x: Vector, factor: number): Vector {
  return body.once(x, `bell ${factor}`, () =>
    exponential(body, f64x2.mul(f64x2.mul(x, x), body.number(-factor))),
  );
}

/** e^(x²) erfc(x) for x >= 0. */
function scaledComplement(body: Body, x: Vector): Vector {
  const t = f64x2.sub(body.number(1), f64x2.div(body.number(7.5), f64x2.add(x, body.number(3.75))));
  const curve = body.polynomial(scaledTail, body.keep(t, "t"));
  return f64x2.div(curve, f64x2.add(body.number(1), f64x2.add(x, x)));
}

/** erfc |x|. */
function complement(body: Body, x: Vector): Vector {
  return body.once(x, "complement", () => {
    const size = body.keep(f64x2.abs(x), "size");
    return f64x2.mul(bell(body, x, 1), scaledComplement(body, size));
  });
}

export const gaussian = /* @__PURE__ */ costly((body, x) => bell(body, x, 1), single);

export const normalDensity = /* @__PURE__ */ costly(
  (body, x) => f64x2.mul(bell(body, x, 0.5), body.number(1 / Math.sqrt(2 * Math.PI))),
  single,
);

export const erf = /* @__PURE__ */ costly((body, x) => {
  const near = f64x2.mul(x, body.polynomial(quotient, body.keep(f64x2.mul(x, x), "z")));
  const far = withSign(body, f64x2.sub(body.number(1), complement(body, x)), x);
  return v128.bitselect(near, far, f64x2.le(f64x2.abs(x), body.number(1)));
}, single);

export const erfc = /* @__PURE__ */ costly((body, x) => {
  const above = complement(body, x);
  return v128.bitselect(f64x2.sub(body.number(2), above), above, f64x2.lt(x, body.number(0)));
}, single);

/** Half the scaled complement at x/√2 times the bell: its tail keeps its digits. */
export const ndtr = /* @__PURE__ */ costly((body, x) => {
  const size = body.keep(f64x2.mul(f64x2.abs(x), body.number(Math.SQRT1_2)), "size");
  const half = f64x2.mul(body.number(0.5), bell(body, x, 0.5));
  const tail = body.keep(f64x2.mul(half, scaledComplement(body, size)), "tail");
  return v128.bitselect(tail, f64x2.sub(body.number(1), tail), f64x2.lt(x, body.number(0)));
}, single);

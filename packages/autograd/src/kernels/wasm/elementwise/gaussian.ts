import * as v128 from "../assembler/instructions/v128.ts";
import type { Vector } from "../assembler/vector-instruction.ts";
import type { Body } from "./body.ts";
import { exponential } from "./exponential.ts";
import { withSign } from "./plain.ts";

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

// For f32 only: x² is rounded, and the series end early.

/** e^(-factor x²). */
function bell(body: Body, x: Vector, factor: number): Vector {
  return body.once(x, `bell ${factor}`, () => {
    const { mul } = body.format.floats;
    return exponential(body, mul(mul(x, x), body.number(-factor)));
  });
}

/** e^(x²) erfc(x) for x >= 0. */
function scaledComplement(body: Body, x: Vector): Vector {
  const { add, div, sub } = body.format.floats;
  const t = sub(body.number(1), div(body.number(7.5), add(x, body.number(3.75))));
  return div(body.polynomial(scaledTail, body.keep(t, "t")), add(body.number(1), add(x, x)));
}

/** erfc |x|. */
function complement(body: Body, x: Vector): Vector {
  return body.once(x, "complement", () => {
    const { abs, mul } = body.format.floats;
    return mul(bell(body, x, 1), scaledComplement(body, body.keep(abs(x), "size")));
  });
}

export const gaussian = (body: Body, x: Vector): Vector => bell(body, x, 1);

export const normalDensity = (body: Body, x: Vector): Vector =>
  body.format.floats.mul(bell(body, x, 0.5), body.number(1 / Math.sqrt(2 * Math.PI)));

export function erf(body: Body, x: Vector): Vector {
  const { abs, le, mul, sub } = body.format.floats;
  const near = mul(x, body.polynomial(quotient, body.keep(mul(x, x), "z")));
  const far = withSign(body, sub(body.number(1), complement(body, x)), x);
  return v128.bitselect(near, far, le(abs(x), body.number(1)));
}

export function erfc(body: Body, x: Vector): Vector {
  const { lt, sub } = body.format.floats;
  const above = complement(body, x);
  return v128.bitselect(sub(body.number(2), above), above, lt(x, body.number(0)));
}

/** Half the scaled complement at x/√2 times the bell: its tail keeps its digits. */
export function ndtr(body: Body, x: Vector): Vector {
  const { abs, lt, mul, sub } = body.format.floats;
  const size = body.keep(mul(abs(x), body.number(Math.SQRT1_2)), "size");
  const half = mul(body.number(0.5), bell(body, x, 0.5));
  const tail = body.keep(mul(half, scaledComplement(body, size)), "tail");
  return v128.bitselect(tail, sub(body.number(1), tail), lt(x, body.number(0)));
}

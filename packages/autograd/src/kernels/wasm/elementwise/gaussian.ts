import * as v128 from "../assembler/instructions/v128.ts";
import type { Vector } from "../assembler/vector-instruction.ts";
import type { Body } from "./body.ts";
import { decaying } from "./exponential.ts";
import { withSign } from "./plain.ts";

/** erf(x)/x - 1 in x² for |x| <= 0.9, to 1.4e-8 of erf; for |x| <= 1, to 1e-12. */
const excess = {
  single: [
    0.12837915122509003, -0.3761250674724579, 0.11281976103782654, -0.026773033663630486,
    0.005003420170396566, -0.0006047117640264332,
  ],
  double: [
    0.1283791670946768, -0.3761263888963531, 0.11283791308604582, -0.026866133235095593, 0.005223783477189248,
    -0.0008542637997087229, 0.0001195656256820733, -1.3909340021874599e-5, 1.058938064107502e-6,
  ],
} as const;

/** e^(x²) erfc(x) for 0 <= x <= 10.4 as a quotient of polynomials, to 2e-8 and to 2e-12, with less where f32 ends; nothing in them cancels. */
const scaledTail = {
  single: [
    [1, 1.2389127016067505, 0.7320160269737244, 0.22936831414699554, 0.03280770033597946],
    [1, 2.3672921657562256, 2.4032115936279297, 1.3261160850524902, 0.4065704345703125, 0.058149464428424835],
  ],
  double: [
    [
      1, 1.6155886440332752, 1.2825838485604961, 0.612784884947883, 0.1839242580227595, 0.032952352916028695,
      0.0028004965580196673,
    ],
    [
      1, 2.7439678112596106, 3.3788199575002906, 2.433659954003301, 1.1153525823393373, 0.32847810023846924,
      0.058406564458461624, 0.004963750218298332,
    ],
  ],
} as const;

// For f32 only: in double precision the plain loops are more accurate, for here x² is rounded, and the series end early.

const of = <T>(body: Body, each: { readonly single: T; readonly double: T }): T =>
  body.isSingle ? each.single : each.double;

/** |x|, no larger than what e^(-factor x²) still tells from 0. */
const sizeOf = (body: Body, x: Vector, factor: number): Vector =>
  body.once(x, `size ${factor}`, () => {
    const { abs, pmin } = body.format.floats;
    return pmin(abs(x), body.number(Math.sqrt(of(body, { single: 105, double: 746 }) / factor)));
  });

/** e^(-factor x²), the factor a power of two. */
function bell(body: Body, x: Vector, factor: number): Vector {
  return body.once(x, `bell ${factor}`, () => {
    const { add, mul, sub } = body.format.floats;
    const size = sizeOf(body, x, factor);
    const minus = body.number(-factor);
    if (!body.isSingle) return decaying(body, body.keep(mul(mul(size, size), minus), "square"));
    // The square of half the digits is exact, and what the rest adds to it is small.
    const high = body.keep(v128.and(size, body.bits(0xfffff000n)), "high");
    const rest = mul(mul(sub(size, high), add(size, high)), minus);
    return decaying(body, body.keep(mul(mul(high, high), minus), "square"), rest);
  });
}

/** share · erfc(√factor |x|), its tail with all digits. */
function tail(body: Body, x: Vector, factor: number, share: number): Vector {
  const { div, mul } = body.format.floats;
  const size = sizeOf(body, x, factor);
  const square = body.keep(mul(size, size), "square");
  const [above, below] = of<readonly (readonly number[])[]>(body, scaledTail).map((coefficients, part) =>
    body.polynomial(
      coefficients.map((c, k) => c * factor ** (k / 2) * (part === 0 ? share : 1)),
      size,
      square,
    ),
  );
  return div(mul(bell(body, x, factor), above), below);
}

/** erfc |x|. */
const complement = (body: Body, x: Vector): Vector => body.once(x, "complement", () => tail(body, x, 1, 1));

export const gaussian = (body: Body, x: Vector): Vector => bell(body, x, 1);

export const normalDensity = (body: Body, x: Vector): Vector =>
  body.format.floats.mul(bell(body, x, 0.5), body.number(1 / Math.sqrt(2 * Math.PI)));

export function erf(body: Body, x: Vector): Vector {
  const { abs, add, le, mul, sub } = body.format.floats;
  const curve = body.polynomial(of<readonly number[]>(body, excess), body.keep(mul(x, x), "z"));
  const near = add(x, mul(x, curve));
  const far = withSign(body, sub(body.number(1), complement(body, x)), x);
  return v128.bitselect(near, far, le(abs(x), body.number(of(body, { single: 0.9, double: 1 }))));
}

export function erfc(body: Body, x: Vector): Vector {
  const { abs, lt, sub } = body.format.floats;
  return abs(sub(complement(body, x), v128.and(body.number(2), lt(x, body.number(0)))));
}

/** Half the complement of |x|/√2, or what it leaves of 1: its tail keeps its digits. */
export function ndtr(body: Body, x: Vector): Vector {
  const { abs, lt, sub } = body.format.floats;
  return abs(sub(tail(body, x, 0.5, 0.5), v128.andnot(body.number(1), lt(x, body.number(0)))));
}

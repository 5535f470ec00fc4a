import * as v128 from "../assembler/instructions/v128.ts";
import type { Vector } from "../assembler/vector-instruction.ts";
import type { Body } from "./body.ts";
import { exponential, notAbove } from "./exponential.ts";
import { log } from "./logarithmic.ts";

/** xʸ as e^(y log |x|) with the sign that it has: in double precision for f32, which does not show what the product of rounded numbers lacks. */
export function pow(body: Body, x: Vector, y: Vector): Vector {
  const { abs, eq, floor, lt, mul, ne } = body.format.floats;
  const number = (value: number): Vector => body.number(value);
  const size = body.keep(abs(x), "size");
  const value = exponential(body, notAbove(body, mul(y, log(body, size)), 710));
  // 1 to any power, -1 to an infinite one, and anything to the power of 0.
  const isInfinitePower = v128.and(eq(size, number(1)), eq(abs(y), number(Infinity)));
  const isOne = v128.or(v128.or(eq(y, number(0)), eq(x, number(1))), isInfinitePower);
  const magnitude = v128.bitselect(number(1), value, isOne);
  const isWhole = body.keep(eq(floor(y), y), "isWhole");
  const half = body.keep(mul(y, number(0.5)), "half");
  const isOdd = v128.and(isWhole, ne(floor(half), half));
  const signed = v128.or(magnitude, v128.and(v128.and(x, body.signBits), isOdd));
  const isNegative = v128.and(lt(x, number(0)), lt(size, number(Infinity)));
  return v128.bitselect(number(Number.NaN), signed, v128.andnot(isNegative, isWhole));
}

import * as f32x4 from "../assembler/instructions/f32x4.ts";
import * as f64x2 from "../assembler/instructions/f64x2.ts";
import * as i32x4 from "../assembler/instructions/i32x4.ts";
import * as i64x2 from "../assembler/instructions/i64x2.ts";
import type { Vector } from "../assembler/vector-instruction.ts";

type Shared<A, B> = Pick<A, keyof A & keyof B>;

/** How a vector holds numbers: what a rule needs so that it is written once for four numbers in single precision and two in double. */
export interface Format {
  readonly name: "f32x4" | "f64x2";
  /** Numbers in a vector. */
  readonly count: number;
  /** Bytes of one number. */
  readonly width: number;
  /** Bits behind the point of the significand. */
  readonly digits: number;
  /** What is added to an exponent before it is stored. */
  readonly bias: number;
  /** Instructions on the numbers, and on their bits as whole numbers. */
  readonly floats: Omit<
    Shared<typeof f64x2, typeof f32x4>,
    "const" | "splat" | "extractLane" | "replaceLane"
  >;
  readonly wholes: Pick<typeof i64x2, "add" | "sub" | "shl" | "shrS" | "shrU">;
  /** A number, or the bits of one, in all lanes. */
  number(value: number): Vector;
  bits(value: bigint): Vector;
}

export const f32x4Format: Format = {
  name: "f32x4",
  count: 4,
  width: 4,
  digits: 23,
  bias: 127,
  floats: f32x4,
  wholes: i32x4,
  number: (x) => f32x4.const(x, x, x, x),
  bits(value) {
    const x = Number(BigInt.asIntN(32, value));
    return i32x4.const(x, x, x, x);
  },
};

export const f64x2Format: Format = {
  name: "f64x2",
  count: 2,
  width: 8,
  digits: 52,
  bias: 1023,
  floats: f64x2,
  wholes: i64x2,
  number: (x) => f64x2.const(x, x),
  bits: (x) => i64x2.const(x, x),
};

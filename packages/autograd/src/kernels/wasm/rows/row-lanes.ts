import * as f32x4 from "../assembler/instructions/f32x4.ts";
import * as f64x2 from "../assembler/instructions/f64x2.ts";
import * as i32x4 from "../assembler/instructions/i32x4.ts";
import * as v128 from "../assembler/instructions/v128.ts";
import type { Expression } from "../assembler/term.ts";
import type { Vector } from "../assembler/vector-instruction.ts";
import { type Format, f32x4Format, f64x2Format } from "../elementwise/format.ts";

/** The numbers of a row, a vector at a time, and in double precision, in which sums are kept. */
export interface RowLanes {
  readonly format: Format;
  /** The lanes in double precision, two by two; `x` is read as often. */
  doubles(x: Vector): readonly Vector[];
  /** Rounds to the precision of the row. */
  fromDoubles(parts: readonly Vector[]): Vector;
  /** All ones in the first lanes, zeros in the others. */
  first(count: Expression<"i32">): Vector;
  /** A mask of lanes as one of doubles, part by part. */
  doublesOfMask(mask: Vector): readonly Vector[];
}

export const f32RowLanes: RowLanes = {
  format: f32x4Format,
  doubles: (x) => [f64x2.promoteLowF32x4(x), f64x2.promoteLowF32x4(v128.shuffle(x, x, [1, 0]))],
  fromDoubles: ([low, high]) => v128.shuffle(f32x4.demoteF64x2Zero(low), f32x4.demoteF64x2Zero(high), [0, 2]),
  first: (count) => i32x4.ltU(i32x4.const(0, 1, 2, 3), i32x4.splat(count)),
  doublesOfMask: (mask) => [v128.shuffle(mask, mask, [0, 0, 1, 1]), v128.shuffle(mask, mask, [2, 2, 3, 3])],
};

export const f64RowLanes: RowLanes = {
  format: f64x2Format,
  doubles: (x) => [x],
  fromDoubles: ([x]) => x,
  first: (count) => i32x4.ltU(i32x4.const(0, 0, 1, 1), i32x4.splat(count)),
  doublesOfMask: (mask) => [mask],
};

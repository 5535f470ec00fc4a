import { type Operand, term } from "./instruction.ts";
import type { Expression, Immediate } from "./term.ts";
import type { ValueType } from "./value-type.ts";

/** A value of type v128: what its lanes are is up to the instruction. */
export type Vector = Expression<"v128">;

export const vectorPrefix = 0xfd;

// @__NO_SIDE_EFFECTS__
export function vectorUnary(mnemonic: string, code: number): (x: Vector) => Vector {
  return (x) => term(mnemonic, [vectorPrefix, code], ["v128"], "v128", [x]);
}

// @__NO_SIDE_EFFECTS__
export function vectorBinary(mnemonic: string, code: number): (x: Vector, y: Vector) => Vector {
  return (x, y) => term(mnemonic, [vectorPrefix, code], ["v128", "v128"], "v128", [x, y]);
}

// @__NO_SIDE_EFFECTS__
export function vectorTernary(mnemonic: string, code: number): (x: Vector, y: Vector, z: Vector) => Vector {
  return (x, y, z) => term(mnemonic, [vectorPrefix, code], ["v128", "v128", "v128"], "v128", [x, y, z]);
}

/** A vector shifted by a scalar count, taken modulo the width of a lane. */
// @__NO_SIDE_EFFECTS__
export function vectorShift(mnemonic: string, code: number): (x: Vector, count: Operand<"i32">) => Vector {
  return (x, count) => term(mnemonic, [vectorPrefix, code], ["v128", "i32"], "v128", [x, count]);
}

/** One question about a whole vector. */
// @__NO_SIDE_EFFECTS__
export function vectorTest(mnemonic: string, code: number): (x: Vector) => Expression<"i32"> {
  return (x) => term(mnemonic, [vectorPrefix, code], ["v128"], "i32", [x]);
}

/** One scalar in all lanes. */
// @__NO_SIDE_EFFECTS__
export function vectorSplat<T extends ValueType>(
  mnemonic: string,
  code: number,
  type: T,
): (x: Operand<T>) => Vector {
  return (x) => term(mnemonic, [vectorPrefix, code], [type], "v128", [x]);
}

/** A small number written as one byte behind the opcode. */
export function laneImmediate(lane: number): Immediate {
  return { encode: (out) => void out.push(lane), text: () => String(lane) };
}

// @__NO_SIDE_EFFECTS__
export function extractLaneInstruction<T extends ValueType>(
  mnemonic: string,
  code: number,
  type: T,
): (x: Vector, lane: number) => Expression<T> {
  return (x, lane) => term(mnemonic, [vectorPrefix, code], ["v128"], type, [x], [laneImmediate(lane)]);
}

// @__NO_SIDE_EFFECTS__
export function replaceLaneInstruction<T extends ValueType>(
  mnemonic: string,
  code: number,
  type: T,
): (x: Vector, lane: number, value: Operand<T>) => Vector {
  return (x, lane, value) =>
    term(mnemonic, [vectorPrefix, code], ["v128", type], "v128", [x, value] as never, [laneImmediate(lane)]);
}

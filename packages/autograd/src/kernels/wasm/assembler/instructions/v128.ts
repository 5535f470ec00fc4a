import { accessImmediate, loadInstruction, storeInstruction } from "../access-instruction.ts";
import { type Operand, term } from "../instruction.ts";
import type { Immediate, Statement } from "../term.ts";
import {
  laneImmediate,
  type Vector,
  vectorBinary,
  vectorPrefix,
  vectorTernary,
  vectorTest,
  vectorUnary,
} from "../vector-instruction.ts";

export const load = /* @__PURE__ */ loadInstruction("v128.load", [0xfd, 0x00], 16, "v128");
export const load8x8S = /* @__PURE__ */ loadInstruction("v128.load8x8_s", [0xfd, 0x01], 8, "v128");
export const load8x8U = /* @__PURE__ */ loadInstruction("v128.load8x8_u", [0xfd, 0x02], 8, "v128");
export const load16x4S = /* @__PURE__ */ loadInstruction("v128.load16x4_s", [0xfd, 0x03], 8, "v128");
export const load16x4U = /* @__PURE__ */ loadInstruction("v128.load16x4_u", [0xfd, 0x04], 8, "v128");
export const load32x2S = /* @__PURE__ */ loadInstruction("v128.load32x2_s", [0xfd, 0x05], 8, "v128");
export const load32x2U = /* @__PURE__ */ loadInstruction("v128.load32x2_u", [0xfd, 0x06], 8, "v128");
export const load8Splat = /* @__PURE__ */ loadInstruction("v128.load8_splat", [0xfd, 0x07], 1, "v128");
export const load16Splat = /* @__PURE__ */ loadInstruction("v128.load16_splat", [0xfd, 0x08], 2, "v128");
export const load32Splat = /* @__PURE__ */ loadInstruction("v128.load32_splat", [0xfd, 0x09], 4, "v128");
export const load64Splat = /* @__PURE__ */ loadInstruction("v128.load64_splat", [0xfd, 0x0a], 8, "v128");
export const load32Zero = /* @__PURE__ */ loadInstruction("v128.load32_zero", [0xfd, 0x5c], 4, "v128");
export const load64Zero = /* @__PURE__ */ loadInstruction("v128.load64_zero", [0xfd, 0x5d], 8, "v128");
export const store = /* @__PURE__ */ storeInstruction("v128.store", [0xfd, 0x0b], 16, "v128");

type LoadLane = (address: Operand<"i32">, vector: Vector, lane: number, offset?: number) => Vector;
type StoreLane = (address: Operand<"i32">, vector: Vector, lane: number, offset?: number) => Statement;

// @__NO_SIDE_EFFECTS__
function laneAccess<R extends "v128" | "void">(mnemonic: string, code: number, width: number, result: R) {
  return (address: Operand<"i32">, vector: Vector, lane: number, offset = 0) =>
    term(
      mnemonic,
      [vectorPrefix, code],
      ["i32", "v128"],
      result,
      [address, vector],
      [accessImmediate(width, offset), laneImmediate(lane)],
    );
}

export const load8Lane: LoadLane = /* @__PURE__ */ laneAccess("v128.load8_lane", 0x54, 1, "v128");
export const load16Lane: LoadLane = /* @__PURE__ */ laneAccess("v128.load16_lane", 0x55, 2, "v128");
export const load32Lane: LoadLane = /* @__PURE__ */ laneAccess("v128.load32_lane", 0x56, 4, "v128");
export const load64Lane: LoadLane = /* @__PURE__ */ laneAccess("v128.load64_lane", 0x57, 8, "v128");
export const store8Lane: StoreLane = /* @__PURE__ */ laneAccess("v128.store8_lane", 0x58, 1, "void");
export const store16Lane: StoreLane = /* @__PURE__ */ laneAccess("v128.store16_lane", 0x59, 2, "void");
export const store32Lane: StoreLane = /* @__PURE__ */ laneAccess("v128.store32_lane", 0x5a, 4, "void");
export const store64Lane: StoreLane = /* @__PURE__ */ laneAccess("v128.store64_lane", 0x5b, 8, "void");

export const not = /* @__PURE__ */ vectorUnary("v128.not", 0x4d);
export const and = /* @__PURE__ */ vectorBinary("v128.and", 0x4e);

/** `x & ~y`. */
export const andnot = /* @__PURE__ */ vectorBinary("v128.andnot", 0x4f);
export const or = /* @__PURE__ */ vectorBinary("v128.or", 0x50);
export const xor = /* @__PURE__ */ vectorBinary("v128.xor", 0x51);

/** Bit by bit, `x` where `mask` is one, else `y`: `bitselect(x, y, mask)`. */
export const bitselect = /* @__PURE__ */ vectorTernary("v128.bitselect", 0x52);
export const anyTrue = /* @__PURE__ */ vectorTest("v128.any_true", 0x53);

/**
 * Picks lanes out of two vectors laid end to end: sixteen bytes, eight, four or two lanes, by the length of `lanes`.
 *
 * @example
 * shuffle(x, y, [0, 4, 1, 5]); // the low halves of two vectors of four lanes, interleaved
 */
export function shuffle(x: Vector, y: Vector, lanes: readonly number[]): Vector {
  const width = 16 / lanes.length;
  const bytes = lanes.flatMap((lane) => Array.from({ length: width }, (_, k) => lane * width + k));
  const immediate: Immediate = { encode: (out) => void out.push(...bytes), text: () => bytes.join(" ") };
  return term("i8x16.shuffle", [vectorPrefix, 0x0d], ["v128", "v128"], "v128", [x, y], [immediate]);
}

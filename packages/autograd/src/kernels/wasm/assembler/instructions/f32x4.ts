import { f32x4Constant } from "../constant.ts";
import {
  extractLaneInstruction,
  replaceLaneInstruction,
  vectorBinary,
  vectorSplat,
  vectorUnary,
} from "../vector-instruction.ts";

export { f32x4Constant as const };

export const splat = vectorSplat("f32x4.splat", 0x13, "f32");
export const extractLane = extractLaneInstruction("f32x4.extract_lane", 0x1f, "f32");
export const replaceLane = replaceLaneInstruction("f32x4.replace_lane", 0x20, "f32");

export const eq = vectorBinary("f32x4.eq", 0x41);
export const ne = vectorBinary("f32x4.ne", 0x42);
export const lt = vectorBinary("f32x4.lt", 0x43);
export const gt = vectorBinary("f32x4.gt", 0x44);
export const le = vectorBinary("f32x4.le", 0x45);
export const ge = vectorBinary("f32x4.ge", 0x46);

export const abs = vectorUnary("f32x4.abs", 0xe0);
export const neg = vectorUnary("f32x4.neg", 0xe1);
export const sqrt = vectorUnary("f32x4.sqrt", 0xe3);
export const ceil = vectorUnary("f32x4.ceil", 0x67);
export const floor = vectorUnary("f32x4.floor", 0x68);
export const trunc = vectorUnary("f32x4.trunc", 0x69);
export const nearest = vectorUnary("f32x4.nearest", 0x6a);
export const add = vectorBinary("f32x4.add", 0xe4);
export const sub = vectorBinary("f32x4.sub", 0xe5);
export const mul = vectorBinary("f32x4.mul", 0xe6);
export const div = vectorBinary("f32x4.div", 0xe7);
export const min = vectorBinary("f32x4.min", 0xe8);
export const max = vectorBinary("f32x4.max", 0xe9);

/** `y < x ? y : x`, lane by lane: one machine instruction, and the first operand where either is NaN. */
export const pmin = vectorBinary("f32x4.pmin", 0xea);

/** `x < y ? y : x`, lane by lane: one machine instruction, and the first operand where either is NaN. */
export const pmax = vectorBinary("f32x4.pmax", 0xeb);

export const convertI32x4S = vectorUnary("f32x4.convert_i32x4_s", 0xfa);
export const convertI32x4U = vectorUnary("f32x4.convert_i32x4_u", 0xfb);
export const demoteF64x2Zero = vectorUnary("f32x4.demote_f64x2_zero", 0x5e);

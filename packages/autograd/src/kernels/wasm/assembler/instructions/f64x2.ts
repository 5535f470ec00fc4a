import { f64x2Constant } from "../constant.ts";
import {
  extractLaneInstruction,
  replaceLaneInstruction,
  vectorBinary,
  vectorSplat,
  vectorUnary,
} from "../vector-instruction.ts";

export { f64x2Constant as const };

export const splat = /* @__PURE__ */ vectorSplat("f64x2.splat", 0x14, "f64");
export const extractLane = /* @__PURE__ */ extractLaneInstruction("f64x2.extract_lane", 0x21, "f64");
export const replaceLane = /* @__PURE__ */ replaceLaneInstruction("f64x2.replace_lane", 0x22, "f64");

export const eq = /* @__PURE__ */ vectorBinary("f64x2.eq", 0x47);
export const ne = /* @__PURE__ */ vectorBinary("f64x2.ne", 0x48);
export const lt = /* @__PURE__ */ vectorBinary("f64x2.lt", 0x49);
export const gt = /* @__PURE__ */ vectorBinary("f64x2.gt", 0x4a);
export const le = /* @__PURE__ */ vectorBinary("f64x2.le", 0x4b);
export const ge = /* @__PURE__ */ vectorBinary("f64x2.ge", 0x4c);

export const abs = /* @__PURE__ */ vectorUnary("f64x2.abs", 0xec);
export const neg = /* @__PURE__ */ vectorUnary("f64x2.neg", 0xed);
export const sqrt = /* @__PURE__ */ vectorUnary("f64x2.sqrt", 0xef);
export const ceil = /* @__PURE__ */ vectorUnary("f64x2.ceil", 0x74);
export const floor = /* @__PURE__ */ vectorUnary("f64x2.floor", 0x75);
export const trunc = /* @__PURE__ */ vectorUnary("f64x2.trunc", 0x7a);
export const nearest = /* @__PURE__ */ vectorUnary("f64x2.nearest", 0x94);
export const add = /* @__PURE__ */ vectorBinary("f64x2.add", 0xf0);
export const sub = /* @__PURE__ */ vectorBinary("f64x2.sub", 0xf1);
export const mul = /* @__PURE__ */ vectorBinary("f64x2.mul", 0xf2);
export const div = /* @__PURE__ */ vectorBinary("f64x2.div", 0xf3);
export const min = /* @__PURE__ */ vectorBinary("f64x2.min", 0xf4);
export const max = /* @__PURE__ */ vectorBinary("f64x2.max", 0xf5);

/** `y < x ? y : x`, lane by lane: one machine instruction, and the first operand where either is NaN. */
export const pmin = /* @__PURE__ */ vectorBinary("f64x2.pmin", 0xf6);

/** `x < y ? y : x`, lane by lane: one machine instruction, and the first operand where either is NaN. */
export const pmax = /* @__PURE__ */ vectorBinary("f64x2.pmax", 0xf7);

export const convertLowI32x4S = /* @__PURE__ */ vectorUnary("f64x2.convert_low_i32x4_s", 0xfe);
export const convertLowI32x4U = /* @__PURE__ */ vectorUnary("f64x2.convert_low_i32x4_u", 0xff);
export const promoteLowF32x4 = /* @__PURE__ */ vectorUnary("f64x2.promote_low_f32x4", 0x5f);

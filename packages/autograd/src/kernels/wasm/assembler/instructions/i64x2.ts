import { i64x2Constant } from "../constant.ts";
import {
  extractLaneInstruction,
  replaceLaneInstruction,
  vectorBinary,
  vectorShift,
  vectorSplat,
  vectorTest,
  vectorUnary,
} from "../vector-instruction.ts";

export { i64x2Constant as const };

export const splat = /* @__PURE__ */ vectorSplat("i64x2.splat", 0x12, "i64");
export const extractLane = /* @__PURE__ */ extractLaneInstruction("i64x2.extract_lane", 0x1d, "i64");
export const replaceLane = /* @__PURE__ */ replaceLaneInstruction("i64x2.replace_lane", 0x1e, "i64");

export const eq = /* @__PURE__ */ vectorBinary("i64x2.eq", 0xd6);
export const ne = /* @__PURE__ */ vectorBinary("i64x2.ne", 0xd7);
export const ltS = /* @__PURE__ */ vectorBinary("i64x2.lt_s", 0xd8);
export const gtS = /* @__PURE__ */ vectorBinary("i64x2.gt_s", 0xd9);
export const leS = /* @__PURE__ */ vectorBinary("i64x2.le_s", 0xda);
export const geS = /* @__PURE__ */ vectorBinary("i64x2.ge_s", 0xdb);

export const abs = /* @__PURE__ */ vectorUnary("i64x2.abs", 0xc0);
export const neg = /* @__PURE__ */ vectorUnary("i64x2.neg", 0xc1);
export const allTrue = /* @__PURE__ */ vectorTest("i64x2.all_true", 0xc3);
export const bitmask = /* @__PURE__ */ vectorTest("i64x2.bitmask", 0xc4);
export const extendLowI32x4S = /* @__PURE__ */ vectorUnary("i64x2.extend_low_i32x4_s", 0xc7);
export const extendHighI32x4S = /* @__PURE__ */ vectorUnary("i64x2.extend_high_i32x4_s", 0xc8);
export const extendLowI32x4U = /* @__PURE__ */ vectorUnary("i64x2.extend_low_i32x4_u", 0xc9);
export const extendHighI32x4U = /* @__PURE__ */ vectorUnary("i64x2.extend_high_i32x4_u", 0xca);
export const shl = /* @__PURE__ */ vectorShift("i64x2.shl", 0xcb);
export const shrS = /* @__PURE__ */ vectorShift("i64x2.shr_s", 0xcc);
export const shrU = /* @__PURE__ */ vectorShift("i64x2.shr_u", 0xcd);
export const add = /* @__PURE__ */ vectorBinary("i64x2.add", 0xce);
export const sub = /* @__PURE__ */ vectorBinary("i64x2.sub", 0xd1);
export const mul = /* @__PURE__ */ vectorBinary("i64x2.mul", 0xd5);
export const extmulLowI32x4S = /* @__PURE__ */ vectorBinary("i64x2.extmul_low_i32x4_s", 0xdc);
export const extmulHighI32x4S = /* @__PURE__ */ vectorBinary("i64x2.extmul_high_i32x4_s", 0xdd);
export const extmulLowI32x4U = /* @__PURE__ */ vectorBinary("i64x2.extmul_low_i32x4_u", 0xde);
export const extmulHighI32x4U = /* @__PURE__ */ vectorBinary("i64x2.extmul_high_i32x4_u", 0xdf);

import {
  extractLaneInstruction,
  replaceLaneInstruction,
  vectorBinary,
  vectorShift,
  vectorSplat,
  vectorTest,
  vectorUnary,
} from "../vector-instruction.ts";

export const splat = /* @__PURE__ */ vectorSplat("i16x8.splat", 0x10, "i32");
export const extractLaneS = /* @__PURE__ */ extractLaneInstruction("i16x8.extract_lane_s", 0x18, "i32");
export const extractLaneU = /* @__PURE__ */ extractLaneInstruction("i16x8.extract_lane_u", 0x19, "i32");
export const replaceLane = /* @__PURE__ */ replaceLaneInstruction("i16x8.replace_lane", 0x1a, "i32");

export const eq = /* @__PURE__ */ vectorBinary("i16x8.eq", 0x2d);
export const ne = /* @__PURE__ */ vectorBinary("i16x8.ne", 0x2e);
export const ltS = /* @__PURE__ */ vectorBinary("i16x8.lt_s", 0x2f);
export const ltU = /* @__PURE__ */ vectorBinary("i16x8.lt_u", 0x30);
export const gtS = /* @__PURE__ */ vectorBinary("i16x8.gt_s", 0x31);
export const gtU = /* @__PURE__ */ vectorBinary("i16x8.gt_u", 0x32);
export const leS = /* @__PURE__ */ vectorBinary("i16x8.le_s", 0x33);
export const leU = /* @__PURE__ */ vectorBinary("i16x8.le_u", 0x34);
export const geS = /* @__PURE__ */ vectorBinary("i16x8.ge_s", 0x35);
export const geU = /* @__PURE__ */ vectorBinary("i16x8.ge_u", 0x36);

export const extaddPairwiseI8x16S = /* @__PURE__ */ vectorUnary("i16x8.extadd_pairwise_i8x16_s", 0x7c);
export const extaddPairwiseI8x16U = /* @__PURE__ */ vectorUnary("i16x8.extadd_pairwise_i8x16_u", 0x7d);
export const abs = /* @__PURE__ */ vectorUnary("i16x8.abs", 0x80);
export const neg = /* @__PURE__ */ vectorUnary("i16x8.neg", 0x81);
export const q15mulrSatS = /* @__PURE__ */ vectorBinary("i16x8.q15mulr_sat_s", 0x82);
export const allTrue = /* @__PURE__ */ vectorTest("i16x8.all_true", 0x83);
export const bitmask = /* @__PURE__ */ vectorTest("i16x8.bitmask", 0x84);
export const narrowI32x4S = /* @__PURE__ */ vectorBinary("i16x8.narrow_i32x4_s", 0x85);
export const narrowI32x4U = /* @__PURE__ */ vectorBinary("i16x8.narrow_i32x4_u", 0x86);
export const extendLowI8x16S = /* @__PURE__ */ vectorUnary("i16x8.extend_low_i8x16_s", 0x87);
export const extendHighI8x16S = /* @__PURE__ */ vectorUnary("i16x8.extend_high_i8x16_s", 0x88);
export const extendLowI8x16U = /* @__PURE__ */ vectorUnary("i16x8.extend_low_i8x16_u", 0x89);
export const extendHighI8x16U = /* @__PURE__ */ vectorUnary("i16x8.extend_high_i8x16_u", 0x8a);
export const shl = /* @__PURE__ */ vectorShift("i16x8.shl", 0x8b);
export const shrS = /* @__PURE__ */ vectorShift("i16x8.shr_s", 0x8c);
export const shrU = /* @__PURE__ */ vectorShift("i16x8.shr_u", 0x8d);
export const add = /* @__PURE__ */ vectorBinary("i16x8.add", 0x8e);
export const addSatS = /* @__PURE__ */ vectorBinary("i16x8.add_sat_s", 0x8f);
export const addSatU = /* @__PURE__ */ vectorBinary("i16x8.add_sat_u", 0x90);
export const sub = /* @__PURE__ */ vectorBinary("i16x8.sub", 0x91);
export const subSatS = /* @__PURE__ */ vectorBinary("i16x8.sub_sat_s", 0x92);
export const subSatU = /* @__PURE__ */ vectorBinary("i16x8.sub_sat_u", 0x93);
export const mul = /* @__PURE__ */ vectorBinary("i16x8.mul", 0x95);
export const minS = /* @__PURE__ */ vectorBinary("i16x8.min_s", 0x96);
export const minU = /* @__PURE__ */ vectorBinary("i16x8.min_u", 0x97);
export const maxS = /* @__PURE__ */ vectorBinary("i16x8.max_s", 0x98);
export const maxU = /* @__PURE__ */ vectorBinary("i16x8.max_u", 0x99);
export const avgrU = /* @__PURE__ */ vectorBinary("i16x8.avgr_u", 0x9b);
export const extmulLowI8x16S = /* @__PURE__ */ vectorBinary("i16x8.extmul_low_i8x16_s", 0x9c);
export const extmulHighI8x16S = /* @__PURE__ */ vectorBinary("i16x8.extmul_high_i8x16_s", 0x9d);
export const extmulLowI8x16U = /* @__PURE__ */ vectorBinary("i16x8.extmul_low_i8x16_u", 0x9e);
export const extmulHighI8x16U = /* @__PURE__ */ vectorBinary("i16x8.extmul_high_i8x16_u", 0x9f);

import { i32x4Constant } from "../constant.ts";
import {
  extractLaneInstruction,
  replaceLaneInstruction,
  vectorBinary,
  vectorShift,
  vectorSplat,
  vectorTest,
  vectorUnary,
} from "../vector-instruction.ts";

export { i32x4Constant as const };

export const splat = /* @__PURE__ */ vectorSplat("i32x4.splat", 0x11, "i32");
export const extractLane = /* @__PURE__ */ extractLaneInstruction("i32x4.extract_lane", 0x1b, "i32");
export const replaceLane = /* @__PURE__ */ replaceLaneInstruction("i32x4.replace_lane", 0x1c, "i32");

export const eq = /* @__PURE__ */ vectorBinary("i32x4.eq", 0x37);
export const ne = /* @__PURE__ */ vectorBinary("i32x4.ne", 0x38);
export const ltS = /* @__PURE__ */ vectorBinary("i32x4.lt_s", 0x39);
export const ltU = /* @__PURE__ */ vectorBinary("i32x4.lt_u", 0x3a);
export const gtS = /* @__PURE__ */ vectorBinary("i32x4.gt_s", 0x3b);
export const gtU = /* @__PURE__ */ vectorBinary("i32x4.gt_u", 0x3c);
export const leS = /* @__PURE__ */ vectorBinary("i32x4.le_s", 0x3d);
export const leU = /* @__PURE__ */ vectorBinary("i32x4.le_u", 0x3e);
export const geS = /* @__PURE__ */ vectorBinary("i32x4.ge_s", 0x3f);
export const geU = /* @__PURE__ */ vectorBinary("i32x4.ge_u", 0x40);

export const extaddPairwiseI16x8S = /* @__PURE__ */ vectorUnary("i32x4.extadd_pairwise_i16x8_s", 0x7e);
export const extaddPairwiseI16x8U = /* @__PURE__ */ vectorUnary("i32x4.extadd_pairwise_i16x8_u", 0x7f);
export const abs = /* @__PURE__ */ vectorUnary("i32x4.abs", 0xa0);
export const neg = /* @__PURE__ */ vectorUnary("i32x4.neg", 0xa1);
export const allTrue = /* @__PURE__ */ vectorTest("i32x4.all_true", 0xa3);
export const bitmask = /* @__PURE__ */ vectorTest("i32x4.bitmask", 0xa4);
export const extendLowI16x8S = /* @__PURE__ */ vectorUnary("i32x4.extend_low_i16x8_s", 0xa7);
export const extendHighI16x8S = /* @__PURE__ */ vectorUnary("i32x4.extend_high_i16x8_s", 0xa8);
export const extendLowI16x8U = /* @__PURE__ */ vectorUnary("i32x4.extend_low_i16x8_u", 0xa9);
export const extendHighI16x8U = /* @__PURE__ */ vectorUnary("i32x4.extend_high_i16x8_u", 0xaa);
export const shl = /* @__PURE__ */ vectorShift("i32x4.shl", 0xab);
export const shrS = /* @__PURE__ */ vectorShift("i32x4.shr_s", 0xac);
export const shrU = /* @__PURE__ */ vectorShift("i32x4.shr_u", 0xad);
export const add = /* @__PURE__ */ vectorBinary("i32x4.add", 0xae);
export const sub = /* @__PURE__ */ vectorBinary("i32x4.sub", 0xb1);
export const mul = /* @__PURE__ */ vectorBinary("i32x4.mul", 0xb5);
export const minS = /* @__PURE__ */ vectorBinary("i32x4.min_s", 0xb6);
export const minU = /* @__PURE__ */ vectorBinary("i32x4.min_u", 0xb7);
export const maxS = /* @__PURE__ */ vectorBinary("i32x4.max_s", 0xb8);
export const maxU = /* @__PURE__ */ vectorBinary("i32x4.max_u", 0xb9);
export const dotI16x8S = /* @__PURE__ */ vectorBinary("i32x4.dot_i16x8_s", 0xba);
export const extmulLowI16x8S = /* @__PURE__ */ vectorBinary("i32x4.extmul_low_i16x8_s", 0xbc);
export const extmulHighI16x8S = /* @__PURE__ */ vectorBinary("i32x4.extmul_high_i16x8_s", 0xbd);
export const extmulLowI16x8U = /* @__PURE__ */ vectorBinary("i32x4.extmul_low_i16x8_u", 0xbe);
export const extmulHighI16x8U = /* @__PURE__ */ vectorBinary("i32x4.extmul_high_i16x8_u", 0xbf);

export const truncSatF32x4S = /* @__PURE__ */ vectorUnary("i32x4.trunc_sat_f32x4_s", 0xf8);
export const truncSatF32x4U = /* @__PURE__ */ vectorUnary("i32x4.trunc_sat_f32x4_u", 0xf9);
export const truncSatF64x2SZero = /* @__PURE__ */ vectorUnary("i32x4.trunc_sat_f64x2_s_zero", 0xfc);
export const truncSatF64x2UZero = /* @__PURE__ */ vectorUnary("i32x4.trunc_sat_f64x2_u_zero", 0xfd);

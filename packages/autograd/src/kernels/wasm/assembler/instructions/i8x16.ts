import {
  extractLaneInstruction,
  replaceLaneInstruction,
  vectorBinary,
  vectorShift,
  vectorSplat,
  vectorTest,
  vectorUnary,
} from "../vector-instruction.ts";

export const splat = /* @__PURE__ */ vectorSplat("i8x16.splat", 0x0f, "i32");
export const extractLaneS = /* @__PURE__ */ extractLaneInstruction("i8x16.extract_lane_s", 0x15, "i32");
export const extractLaneU = /* @__PURE__ */ extractLaneInstruction("i8x16.extract_lane_u", 0x16, "i32");
export const replaceLane = /* @__PURE__ */ replaceLaneInstruction("i8x16.replace_lane", 0x17, "i32");
export const swizzle = /* @__PURE__ */ vectorBinary("i8x16.swizzle", 0x0e);

export const eq = /* @__PURE__ */ vectorBinary("i8x16.eq", 0x23);
export const ne = /* @__PURE__ */ vectorBinary("i8x16.ne", 0x24);
export const ltS = /* @__PURE__ */ vectorBinary("i8x16.lt_s", 0x25);
export const ltU = /* @__PURE__ */ vectorBinary("i8x16.lt_u", 0x26);
export const gtS = /* @__PURE__ */ vectorBinary("i8x16.gt_s", 0x27);
export const gtU = /* @__PURE__ */ vectorBinary("i8x16.gt_u", 0x28);
export const leS = /* @__PURE__ */ vectorBinary("i8x16.le_s", 0x29);
export const leU = /* @__PURE__ */ vectorBinary("i8x16.le_u", 0x2a);
export const geS = /* @__PURE__ */ vectorBinary("i8x16.ge_s", 0x2b);
export const geU = /* @__PURE__ */ vectorBinary("i8x16.ge_u", 0x2c);

export const abs = /* @__PURE__ */ vectorUnary("i8x16.abs", 0x60);
export const neg = /* @__PURE__ */ vectorUnary("i8x16.neg", 0x61);
export const popcnt = /* @__PURE__ */ vectorUnary("i8x16.popcnt", 0x62);
export const allTrue = /* @__PURE__ */ vectorTest("i8x16.all_true", 0x63);
export const bitmask = /* @__PURE__ */ vectorTest("i8x16.bitmask", 0x64);
export const narrowI16x8S = /* @__PURE__ */ vectorBinary("i8x16.narrow_i16x8_s", 0x65);
export const narrowI16x8U = /* @__PURE__ */ vectorBinary("i8x16.narrow_i16x8_u", 0x66);
export const shl = /* @__PURE__ */ vectorShift("i8x16.shl", 0x6b);
export const shrS = /* @__PURE__ */ vectorShift("i8x16.shr_s", 0x6c);
export const shrU = /* @__PURE__ */ vectorShift("i8x16.shr_u", 0x6d);
export const add = /* @__PURE__ */ vectorBinary("i8x16.add", 0x6e);
export const addSatS = /* @__PURE__ */ vectorBinary("i8x16.add_sat_s", 0x6f);
export const addSatU = /* @__PURE__ */ vectorBinary("i8x16.add_sat_u", 0x70);
export const sub = /* @__PURE__ */ vectorBinary("i8x16.sub", 0x71);
export const subSatS = /* @__PURE__ */ vectorBinary("i8x16.sub_sat_s", 0x72);
export const subSatU = /* @__PURE__ */ vectorBinary("i8x16.sub_sat_u", 0x73);
export const minS = /* @__PURE__ */ vectorBinary("i8x16.min_s", 0x76);
export const minU = /* @__PURE__ */ vectorBinary("i8x16.min_u", 0x77);
export const maxS = /* @__PURE__ */ vectorBinary("i8x16.max_s", 0x78);
export const maxU = /* @__PURE__ */ vectorBinary("i8x16.max_u", 0x79);
export const avgrU = /* @__PURE__ */ vectorBinary("i8x16.avgr_u", 0x7b);

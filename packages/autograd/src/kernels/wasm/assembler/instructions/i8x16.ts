import {
  extractLaneInstruction,
  replaceLaneInstruction,
  vectorBinary,
  vectorShift,
  vectorSplat,
  vectorTest,
  vectorUnary,
} from "../vector-instruction.ts";

export const splat = vectorSplat("i8x16.splat", 0x0f, "i32");
export const extractLaneS = extractLaneInstruction("i8x16.extract_lane_s", 0x15, "i32");
export const extractLaneU = extractLaneInstruction("i8x16.extract_lane_u", 0x16, "i32");
export const replaceLane = replaceLaneInstruction("i8x16.replace_lane", 0x17, "i32");
export const swizzle = vectorBinary("i8x16.swizzle", 0x0e);

export const eq = vectorBinary("i8x16.eq", 0x23);
export const ne = vectorBinary("i8x16.ne", 0x24);
export const ltS = vectorBinary("i8x16.lt_s", 0x25);
export const ltU = vectorBinary("i8x16.lt_u", 0x26);
export const gtS = vectorBinary("i8x16.gt_s", 0x27);
export const gtU = vectorBinary("i8x16.gt_u", 0x28);
export const leS = vectorBinary("i8x16.le_s", 0x29);
export const leU = vectorBinary("i8x16.le_u", 0x2a);
export const geS = vectorBinary("i8x16.ge_s", 0x2b);
export const geU = vectorBinary("i8x16.ge_u", 0x2c);

export const abs = vectorUnary("i8x16.abs", 0x60);
export const neg = vectorUnary("i8x16.neg", 0x61);
export const popcnt = vectorUnary("i8x16.popcnt", 0x62);
export const allTrue = vectorTest("i8x16.all_true", 0x63);
export const bitmask = vectorTest("i8x16.bitmask", 0x64);
export const narrowI16x8S = vectorBinary("i8x16.narrow_i16x8_s", 0x65);
export const narrowI16x8U = vectorBinary("i8x16.narrow_i16x8_u", 0x66);
export const shl = vectorShift("i8x16.shl", 0x6b);
export const shrS = vectorShift("i8x16.shr_s", 0x6c);
export const shrU = vectorShift("i8x16.shr_u", 0x6d);
export const add = vectorBinary("i8x16.add", 0x6e);
export const addSatS = vectorBinary("i8x16.add_sat_s", 0x6f);
export const addSatU = vectorBinary("i8x16.add_sat_u", 0x70);
export const sub = vectorBinary("i8x16.sub", 0x71);
export const subSatS = vectorBinary("i8x16.sub_sat_s", 0x72);
export const subSatU = vectorBinary("i8x16.sub_sat_u", 0x73);
export const minS = vectorBinary("i8x16.min_s", 0x76);
export const minU = vectorBinary("i8x16.min_u", 0x77);
export const maxS = vectorBinary("i8x16.max_s", 0x78);
export const maxU = vectorBinary("i8x16.max_u", 0x79);
export const avgrU = vectorBinary("i8x16.avgr_u", 0x7b);

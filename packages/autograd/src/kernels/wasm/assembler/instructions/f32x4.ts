import { f32x4Constant } from "../constant.ts";
import {
  extractLaneInstruction,
  replaceLaneInstruction,
  vectorBinary,
  vectorSplat,
  vectorUnary,
} from "../vector-instruction.ts";

export { f32x4Constant as const };

export const splat = /* @__PURE__ */ vectorSplat("f32x4.splat", 0x13, "f32");
export const extractLane = /* @__PURE__ */ extractLaneInstruction("f32x4.extract_lane", 0x1f, "f32");
export const replaceLane = /* @__PURE__ */ replaceLaneInstruction("f32x4.replace_lane", 0x20, "f32");

export const eq = /* @__PURE__ */ vectorBinary("f32x4.eq", 0x41);
export const ne = /* @__PURE__ */ vectorBinary("f32x4.ne", 0x42);
export const lt = /* @__PURE__ */ vectorBinary("f32x4.lt", 0x43);
export const gt = /* @__PURE__ */ vectorBinary("f32x4.gt", 0x44);
export const le = /* @__PURE__ */ vectorBinary("f32x4.le", 0x45);
export const ge = /* @__PURE__ */ vectorBinary("f32x4.ge", 0x46);

export const abs = /* @__PURE__ */ vectorUnary("f32x4.abs", 0xe0);
export const neg = /* @__PURE__ */ vectorUnary("f32x4.neg", 0xe1);
export const sqrt = /* @__PURE__ */ vectorUnary("f32x4.sqrt", 0xe3);
export const ceil = /* @__PURE__ */ vectorUnary("f32x4.ceil", 0x67);
export const floor = /* @__PURE__ */ vectorUnary("f32x4.floor", 0x68);
export const trunc = /* @__PURE__ */ vectorUnary("f32x4.trunc", 0x69);
export const nearest = /* @__PURE__ */ vectorUnary("f32x4.nearest", 0x6a);
export const add = /* @__PURE__ */ vectorBinary("f32x4.add", 0xe4);
export const sub = /* @__PURE__ */ vectorBinary("f32x4.sub", 0xe5);
export const mul = /* @__PURE__ */ vectorBinary("f32x4.mul", 0xe6);
export const div = /* @__PURE__ */ vectorBinary("f32x4.div", 0xe7);
export const min = /* @__PURE__ */ vectorBinary("f32x4.min", 0xe8);
export const max = /* @__PURE__ */ vectorBinary("f32x4.max", 0xe9);

/** `y < x ? y : x`, lane by lane: one machine instruction, and the first operand where either is NaN. */
export const pmin = /* @__PURE__ */ vectorBinary("f32x4.pmin", 0xea);

/** `x < y ? y : x`, lane by lane: one machine instruction, and the first operand where either is NaN. */
export const pmax = /* @__PURE__ */ vectorBinary("f32x4.pmax", 0xeb);

export const convertI32x4S = /* @__PURE__ */ vectorUnary("f32x4.convert_i32x4_s", 0xfa);
export const convertI32x4U = /* @__PURE__ */ vectorUnary("f32x4.convert_i32x4_u", 0xfb);
export const demoteF64x2Zero = /* @__PURE__ */ vectorUnary("f32x4.demote_f64x2_zero", 0x5e);

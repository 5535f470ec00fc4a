import { loadInstruction, storeInstruction } from "../access-instruction.ts";
import { constant } from "../constant.ts";
import { binary, instruction, unary } from "../instruction.ts";
import type { Expression } from "../term.ts";

const constantOf = (value: number): Expression<"i32"> => constant("i32", value);

export { constantOf as const };

export const load = /* @__PURE__ */ loadInstruction("i32.load", [0x28], 4, "i32");
export const load8S = /* @__PURE__ */ loadInstruction("i32.load8_s", [0x2c], 1, "i32");
export const load8U = /* @__PURE__ */ loadInstruction("i32.load8_u", [0x2d], 1, "i32");
export const load16S = /* @__PURE__ */ loadInstruction("i32.load16_s", [0x2e], 2, "i32");
export const load16U = /* @__PURE__ */ loadInstruction("i32.load16_u", [0x2f], 2, "i32");
export const store = /* @__PURE__ */ storeInstruction("i32.store", [0x36], 4, "i32");
export const store8 = /* @__PURE__ */ storeInstruction("i32.store8", [0x3a], 1, "i32");
export const store16 = /* @__PURE__ */ storeInstruction("i32.store16", [0x3b], 2, "i32");

export const eqz = /* @__PURE__ */ unary("i32.eqz", 0x45, "i32");
export const eq = /* @__PURE__ */ binary("i32.eq", 0x46, "i32");
export const ne = /* @__PURE__ */ binary("i32.ne", 0x47, "i32");
export const ltS = /* @__PURE__ */ binary("i32.lt_s", 0x48, "i32");
export const ltU = /* @__PURE__ */ binary("i32.lt_u", 0x49, "i32");
export const gtS = /* @__PURE__ */ binary("i32.gt_s", 0x4a, "i32");
export const gtU = /* @__PURE__ */ binary("i32.gt_u", 0x4b, "i32");
export const leS = /* @__PURE__ */ binary("i32.le_s", 0x4c, "i32");
export const leU = /* @__PURE__ */ binary("i32.le_u", 0x4d, "i32");
export const geS = /* @__PURE__ */ binary("i32.ge_s", 0x4e, "i32");
export const geU = /* @__PURE__ */ binary("i32.ge_u", 0x4f, "i32");

export const clz = /* @__PURE__ */ unary("i32.clz", 0x67, "i32");
export const ctz = /* @__PURE__ */ unary("i32.ctz", 0x68, "i32");
export const popcnt = /* @__PURE__ */ unary("i32.popcnt", 0x69, "i32");
export const add = /* @__PURE__ */ binary("i32.add", 0x6a, "i32");
export const sub = /* @__PURE__ */ binary("i32.sub", 0x6b, "i32");
export const mul = /* @__PURE__ */ binary("i32.mul", 0x6c, "i32");
export const divS = /* @__PURE__ */ binary("i32.div_s", 0x6d, "i32");
export const divU = /* @__PURE__ */ binary("i32.div_u", 0x6e, "i32");
export const remS = /* @__PURE__ */ binary("i32.rem_s", 0x6f, "i32");
export const remU = /* @__PURE__ */ binary("i32.rem_u", 0x70, "i32");
export const and = /* @__PURE__ */ binary("i32.and", 0x71, "i32");
export const or = /* @__PURE__ */ binary("i32.or", 0x72, "i32");
export const xor = /* @__PURE__ */ binary("i32.xor", 0x73, "i32");
export const shl = /* @__PURE__ */ binary("i32.shl", 0x74, "i32");
export const shrS = /* @__PURE__ */ binary("i32.shr_s", 0x75, "i32");
export const shrU = /* @__PURE__ */ binary("i32.shr_u", 0x76, "i32");
export const rotl = /* @__PURE__ */ binary("i32.rotl", 0x77, "i32");
export const rotr = /* @__PURE__ */ binary("i32.rotr", 0x78, "i32");

export const wrapI64 = /* @__PURE__ */ unary("i32.wrap_i64", 0xa7, "i64", "i32");
export const truncF32S = /* @__PURE__ */ unary("i32.trunc_f32_s", 0xa8, "f32", "i32");
export const truncF32U = /* @__PURE__ */ unary("i32.trunc_f32_u", 0xa9, "f32", "i32");
export const truncF64S = /* @__PURE__ */ unary("i32.trunc_f64_s", 0xaa, "f64", "i32");
export const truncF64U = /* @__PURE__ */ unary("i32.trunc_f64_u", 0xab, "f64", "i32");
export const reinterpretF32 = /* @__PURE__ */ unary("i32.reinterpret_f32", 0xbc, "f32", "i32");
export const extend8S = /* @__PURE__ */ unary("i32.extend8_s", 0xc0, "i32");
export const extend16S = /* @__PURE__ */ unary("i32.extend16_s", 0xc1, "i32");
export const truncSatF32S = /* @__PURE__ */ instruction("i32.trunc_sat_f32_s", [0xfc, 0x00], ["f32"], "i32");
export const truncSatF32U = /* @__PURE__ */ instruction("i32.trunc_sat_f32_u", [0xfc, 0x01], ["f32"], "i32");
export const truncSatF64S = /* @__PURE__ */ instruction("i32.trunc_sat_f64_s", [0xfc, 0x02], ["f64"], "i32");
export const truncSatF64U = /* @__PURE__ */ instruction("i32.trunc_sat_f64_u", [0xfc, 0x03], ["f64"], "i32");

import { loadInstruction, storeInstruction } from "../access-instruction.ts";
import { constant } from "../constant.ts";
import { binary, instruction, unary } from "../instruction.ts";
import type { Expression } from "../term.ts";

const constantOf = (value: bigint): Expression<"i64"> => constant("i64", value);

export { constantOf as const };

export const load = /* @__PURE__ */ loadInstruction("i64.load", [0x29], 8, "i64");
export const load8S = /* @__PURE__ */ loadInstruction("i64.load8_s", [0x30], 1, "i64");
export const load8U = /* @__PURE__ */ loadInstruction("i64.load8_u", [0x31], 1, "i64");
export const load16S = /* @__PURE__ */ loadInstruction("i64.load16_s", [0x32], 2, "i64");
export const load16U = /* @__PURE__ */ loadInstruction("i64.load16_u", [0x33], 2, "i64");
export const load32S = /* @__PURE__ */ loadInstruction("i64.load32_s", [0x34], 4, "i64");
export const load32U = /* @__PURE__ */ loadInstruction("i64.load32_u", [0x35], 4, "i64");
export const store = /* @__PURE__ */ storeInstruction("i64.store", [0x37], 8, "i64");
export const store8 = /* @__PURE__ */ storeInstruction("i64.store8", [0x3c], 1, "i64");
export const store16 = /* @__PURE__ */ storeInstruction("i64.store16", [0x3d], 2, "i64");
export const store32 = /* @__PURE__ */ storeInstruction("i64.store32", [0x3e], 4, "i64");

export const eqz = /* @__PURE__ */ unary("i64.eqz", 0x50, "i64", "i32");
export const eq = /* @__PURE__ */ binary("i64.eq", 0x51, "i64", "i32");
export const ne = /* @__PURE__ */ binary("i64.ne", 0x52, "i64", "i32");
export const ltS = /* @__PURE__ */ binary("i64.lt_s", 0x53, "i64", "i32");
export const ltU = /* @__PURE__ */ binary("i64.lt_u", 0x54, "i64", "i32");
export const gtS = /* @__PURE__ */ binary("i64.gt_s", 0x55, "i64", "i32");
export const gtU = /* @__PURE__ */ binary("i64.gt_u", 0x56, "i64", "i32");
export const leS = /* @__PURE__ */ binary("i64.le_s", 0x57, "i64", "i32");
export const leU = /* @__PURE__ */ binary("i64.le_u", 0x58, "i64", "i32");
export const geS = /* @__PURE__ */ binary("i64.ge_s", 0x59, "i64", "i32");
export const geU = /* @__PURE__ */ binary("i64.ge_u", 0x5a, "i64", "i32");

export const clz = /* @__PURE__ */ unary("i64.clz", 0x79, "i64");
export const ctz = /* @__PURE__ */ unary("i64.ctz", 0x7a, "i64");
export const popcnt = /* @__PURE__ */ unary("i64.popcnt", 0x7b, "i64");
export const add = /* @__PURE__ */ binary("i64.add", 0x7c, "i64");
export const sub = /* @__PURE__ */ binary("i64.sub", 0x7d, "i64");
export const mul = /* @__PURE__ */ binary("i64.mul", 0x7e, "i64");
export const divS = /* @__PURE__ */ binary("i64.div_s", 0x7f, "i64");
export const divU = /* @__PURE__ */ binary("i64.div_u", 0x80, "i64");
export const remS = /* @__PURE__ */ binary("i64.rem_s", 0x81, "i64");
export const remU = /* @__PURE__ */ binary("i64.rem_u", 0x82, "i64");
export const and = /* @__PURE__ */ binary("i64.and", 0x83, "i64");
export const or = /* @__PURE__ */ binary("i64.or", 0x84, "i64");
export const xor = /* @__PURE__ */ binary("i64.xor", 0x85, "i64");
export const shl = /* @__PURE__ */ binary("i64.shl", 0x86, "i64");
export const shrS = /* @__PURE__ */ binary("i64.shr_s", 0x87, "i64");
export const shrU = /* @__PURE__ */ binary("i64.shr_u", 0x88, "i64");
export const rotl = /* @__PURE__ */ binary("i64.rotl", 0x89, "i64");
export const rotr = /* @__PURE__ */ binary("i64.rotr", 0x8a, "i64");

export const extendI32S = /* @__PURE__ */ unary("i64.extend_i32_s", 0xac, "i32", "i64");
export const extendI32U = /* @__PURE__ */ unary("i64.extend_i32_u", 0xad, "i32", "i64");
export const truncF32S = /* @__PURE__ */ unary("i64.trunc_f32_s", 0xae, "f32", "i64");
export const truncF32U = /* @__PURE__ */ unary("i64.trunc_f32_u", 0xaf, "f32", "i64");
export const truncF64S = /* @__PURE__ */ unary("i64.trunc_f64_s", 0xb0, "f64", "i64");
export const truncF64U = /* @__PURE__ */ unary("i64.trunc_f64_u", 0xb1, "f64", "i64");
export const reinterpretF64 = /* @__PURE__ */ unary("i64.reinterpret_f64", 0xbd, "f64", "i64");
export const extend8S = /* @__PURE__ */ unary("i64.extend8_s", 0xc2, "i64");
export const extend16S = /* @__PURE__ */ unary("i64.extend16_s", 0xc3, "i64");
export const extend32S = /* @__PURE__ */ unary("i64.extend32_s", 0xc4, "i64");
export const truncSatF32S = /* @__PURE__ */ instruction("i64.trunc_sat_f32_s", [0xfc, 0x04], ["f32"], "i64");
export const truncSatF32U = /* @__PURE__ */ instruction("i64.trunc_sat_f32_u", [0xfc, 0x05], ["f32"], "i64");
export const truncSatF64S = /* @__PURE__ */ instruction("i64.trunc_sat_f64_s", [0xfc, 0x06], ["f64"], "i64");
export const truncSatF64U = /* @__PURE__ */ instruction("i64.trunc_sat_f64_u", [0xfc, 0x07], ["f64"], "i64");

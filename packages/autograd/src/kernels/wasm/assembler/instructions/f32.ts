import { loadInstruction, storeInstruction } from "../access-instruction.ts";
import { constant } from "../constant.ts";
import { binary, unary } from "../instruction.ts";
import type { Expression } from "../term.ts";

const constantOf = (value: number): Expression<"f32"> => constant("f32", value);

export { constantOf as const };

export const load = /* @__PURE__ */ loadInstruction("f32.load", [0x2a], 4, "f32");
export const store = /* @__PURE__ */ storeInstruction("f32.store", [0x38], 4, "f32");

export const eq = /* @__PURE__ */ binary("f32.eq", 0x5b, "f32", "i32");
export const ne = /* @__PURE__ */ binary("f32.ne", 0x5c, "f32", "i32");
export const lt = /* @__PURE__ */ binary("f32.lt", 0x5d, "f32", "i32");
export const gt = /* @__PURE__ */ binary("f32.gt", 0x5e, "f32", "i32");
export const le = /* @__PURE__ */ binary("f32.le", 0x5f, "f32", "i32");
export const ge = /* @__PURE__ */ binary("f32.ge", 0x60, "f32", "i32");

export const abs = /* @__PURE__ */ unary("f32.abs", 0x8b, "f32");
export const neg = /* @__PURE__ */ unary("f32.neg", 0x8c, "f32");
export const ceil = /* @__PURE__ */ unary("f32.ceil", 0x8d, "f32");
export const floor = /* @__PURE__ */ unary("f32.floor", 0x8e, "f32");
export const trunc = /* @__PURE__ */ unary("f32.trunc", 0x8f, "f32");
export const nearest = /* @__PURE__ */ unary("f32.nearest", 0x90, "f32");
export const sqrt = /* @__PURE__ */ unary("f32.sqrt", 0x91, "f32");
export const add = /* @__PURE__ */ binary("f32.add", 0x92, "f32");
export const sub = /* @__PURE__ */ binary("f32.sub", 0x93, "f32");
export const mul = /* @__PURE__ */ binary("f32.mul", 0x94, "f32");
export const div = /* @__PURE__ */ binary("f32.div", 0x95, "f32");
export const min = /* @__PURE__ */ binary("f32.min", 0x96, "f32");
export const max = /* @__PURE__ */ binary("f32.max", 0x97, "f32");
export const copysign = /* @__PURE__ */ binary("f32.copysign", 0x98, "f32");

export const convertI32S = /* @__PURE__ */ unary("f32.convert_i32_s", 0xb2, "i32", "f32");
export const convertI32U = /* @__PURE__ */ unary("f32.convert_i32_u", 0xb3, "i32", "f32");
export const convertI64S = /* @__PURE__ */ unary("f32.convert_i64_s", 0xb4, "i64", "f32");
export const convertI64U = /* @__PURE__ */ unary("f32.convert_i64_u", 0xb5, "i64", "f32");
export const demoteF64 = /* @__PURE__ */ unary("f32.demote_f64", 0xb6, "f64", "f32");
export const reinterpretI32 = /* @__PURE__ */ unary("f32.reinterpret_i32", 0xbe, "i32", "f32");

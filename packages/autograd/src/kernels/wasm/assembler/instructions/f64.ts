import { loadInstruction, storeInstruction } from "../access-instruction.ts";
import { constant } from "../constant.ts";
import { binary, unary } from "../instruction.ts";
import type { Expression } from "../term.ts";

const constantOf = (value: number): Expression<"f64"> => constant("f64", value);

export { constantOf as const };

export const load = /* @__PURE__ */ loadInstruction("f64.load", [0x2b], 8, "f64");
export const store = /* @__PURE__ */ storeInstruction("f64.store", [0x39], 8, "f64");

export const eq = /* @__PURE__ */ binary("f64.eq", 0x61, "f64", "i32");
export const ne = /* @__PURE__ */ binary("f64.ne", 0x62, "f64", "i32");
export const lt = /* @__PURE__ */ binary("f64.lt", 0x63, "f64", "i32");
export const gt = /* @__PURE__ */ binary("f64.gt", 0x64, "f64", "i32");
export const le = /* @__PURE__ */ binary("f64.le", 0x65, "f64", "i32");
export const ge = /* @__PURE__ */ binary("f64.ge", 0x66, "f64", "i32");

export const abs = /* @__PURE__ */ unary("f64.abs", 0x99, "f64");
export const neg = /* @__PURE__ */ unary("f64.neg", 0x9a, "f64");
export const ceil = /* @__PURE__ */ unary("f64.ceil", 0x9b, "f64");
export const floor = /* @__PURE__ */ unary("f64.floor", 0x9c, "f64");
export const trunc = /* @__PURE__ */ unary("f64.trunc", 0x9d, "f64");
export const nearest = /* @__PURE__ */ unary("f64.nearest", 0x9e, "f64");
export const sqrt = /* @__PURE__ */ unary("f64.sqrt", 0x9f, "f64");
export const add = /* @__PURE__ */ binary("f64.add", 0xa0, "f64");
export const sub = /* @__PURE__ */ binary("f64.sub", 0xa1, "f64");
export const mul = /* @__PURE__ */ binary("f64.mul", 0xa2, "f64");
export const div = /* @__PURE__ */ binary("f64.div", 0xa3, "f64");
export const min = /* @__PURE__ */ binary("f64.min", 0xa4, "f64");
export const max = /* @__PURE__ */ binary("f64.max", 0xa5, "f64");
export const copysign = /* @__PURE__ */ binary("f64.copysign", 0xa6, "f64");

export const convertI32S = /* @__PURE__ */ unary("f64.convert_i32_s", 0xb7, "i32", "f64");
export const convertI32U = /* @__PURE__ */ unary("f64.convert_i32_u", 0xb8, "i32", "f64");
export const convertI64S = /* @__PURE__ */ unary("f64.convert_i64_s", 0xb9, "i64", "f64");
export const convertI64U = /* @__PURE__ */ unary("f64.convert_i64_u", 0xba, "i64", "f64");
export const promoteF32 = /* @__PURE__ */ unary("f64.promote_f32", 0xbb, "f32", "f64");
export const reinterpretI64 = /* @__PURE__ */ unary("f64.reinterpret_i64", 0xbf, "i64", "f64");

import { loadInstruction, storeInstruction } from "../access-instruction.ts";
import { constant } from "../constant.ts";
import { binary, unary } from "../instruction.ts";
import type { Expression } from "../term.ts";

const constantOf = (value: number): Expression<"f64"> => constant("f64", value);

export { constantOf as const };

export const load = loadInstruction("f64.load", [0x2b], 8, "f64");
export const store = storeInstruction("f64.store", [0x39], 8, "f64");

export const eq = binary("f64.eq", 0x61, "f64", "i32");
export const ne = binary("f64.ne", 0x62, "f64", "i32");
export const lt = binary("f64.lt", 0x63, "f64", "i32");
export const gt = binary("f64.gt", 0x64, "f64", "i32");
export const le = binary("f64.le", 0x65, "f64", "i32");
export const ge = binary("f64.ge", 0x66, "f64", "i32");

export const abs = unary("f64.abs", 0x99, "f64");
export const neg = unary("f64.neg", 0x9a, "f64");
export const ceil = unary("f64.ceil", 0x9b, "f64");
export const floor = unary("f64.floor", 0x9c, "f64");
export const trunc = unary("f64.trunc", 0x9d, "f64");
export const nearest = unary("f64.nearest", 0x9e, "f64");
export const sqrt = unary("f64.sqrt", 0x9f, "f64");
export const add = binary("f64.add", 0xa0, "f64");
export const sub = binary("f64.sub", 0xa1, "f64");
export const mul = binary("f64.mul", 0xa2, "f64");
export const div = binary("f64.div", 0xa3, "f64");
export const min = binary("f64.min", 0xa4, "f64");
export const max = binary("f64.max", 0xa5, "f64");
export const copysign = binary("f64.copysign", 0xa6, "f64");

export const convertI32S = unary("f64.convert_i32_s", 0xb7, "i32", "f64");
export const convertI32U = unary("f64.convert_i32_u", 0xb8, "i32", "f64");
export const convertI64S = unary("f64.convert_i64_s", 0xb9, "i64", "f64");
export const convertI64U = unary("f64.convert_i64_u", 0xba, "i64", "f64");
export const promoteF32 = unary("f64.promote_f32", 0xbb, "f32", "f64");
export const reinterpretI64 = unary("f64.reinterpret_i64", 0xbf, "i64", "f64");

import { loadInstruction, storeInstruction } from "../access-instruction.ts";
import { constant } from "../constant.ts";
import { binary, unary } from "../instruction.ts";
import type { Expression } from "../term.ts";

const constantOf = (value: number): Expression<"f32"> => constant("f32", value);

export { constantOf as const };

export const load = loadInstruction("f32.load", [0x2a], 4, "f32");
export const store = storeInstruction("f32.store", [0x38], 4, "f32");

export const eq = binary("f32.eq", 0x5b, "f32", "i32");
export const ne = binary("f32.ne", 0x5c, "f32", "i32");
export const lt = binary("f32.lt", 0x5d, "f32", "i32");
export const gt = binary("f32.gt", 0x5e, "f32", "i32");
export const le = binary("f32.le", 0x5f, "f32", "i32");
export const ge = binary("f32.ge", 0x60, "f32", "i32");

export const abs = unary("f32.abs", 0x8b, "f32");
export const neg = unary("f32.neg", 0x8c, "f32");
export const ceil = unary("f32.ceil", 0x8d, "f32");
export const floor = unary("f32.floor", 0x8e, "f32");
export const trunc = unary("f32.trunc", 0x8f, "f32");
export const nearest = unary("f32.nearest", 0x90, "f32");
export const sqrt = unary("f32.sqrt", 0x91, "f32");
export const add = binary("f32.add", 0x92, "f32");
export const sub = binary("f32.sub", 0x93, "f32");
export const mul = binary("f32.mul", 0x94, "f32");
export const div = binary("f32.div", 0x95, "f32");
export const min = binary("f32.min", 0x96, "f32");
export const max = binary("f32.max", 0x97, "f32");
export const copysign = binary("f32.copysign", 0x98, "f32");

export const convertI32S = unary("f32.convert_i32_s", 0xb2, "i32", "f32");
export const convertI32U = unary("f32.convert_i32_u", 0xb3, "i32", "f32");
export const convertI64S = unary("f32.convert_i64_s", 0xb4, "i64", "f32");
export const convertI64U = unary("f32.convert_i64_u", 0xb5, "i64", "f32");
export const demoteF64 = unary("f32.demote_f64", 0xb6, "f64", "f32");
export const reinterpretI32 = unary("f32.reinterpret_i32", 0xbe, "i32", "f32");

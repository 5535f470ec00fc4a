import { vectorBinary, vectorTernary, vectorUnary } from "../vector-instruction.ts";

/**
 * Instructions whose last bits may differ between machines: a multiply-add rounds once or twice.
 *
 * @see https://github.com/WebAssembly/relaxed-simd
 */

export const f32x4Madd = /* @__PURE__ */ vectorTernary("f32x4.relaxed_madd", 0x105);
export const f32x4Nmadd = /* @__PURE__ */ vectorTernary("f32x4.relaxed_nmadd", 0x106);
export const f64x2Madd = /* @__PURE__ */ vectorTernary("f64x2.relaxed_madd", 0x107);
export const f64x2Nmadd = /* @__PURE__ */ vectorTernary("f64x2.relaxed_nmadd", 0x108);
export const f32x4Min = /* @__PURE__ */ vectorBinary("f32x4.relaxed_min", 0x10d);
export const f32x4Max = /* @__PURE__ */ vectorBinary("f32x4.relaxed_max", 0x10e);
export const f64x2Min = /* @__PURE__ */ vectorBinary("f64x2.relaxed_min", 0x10f);
export const f64x2Max = /* @__PURE__ */ vectorBinary("f64x2.relaxed_max", 0x110);
export const i32x4TruncF32x4S = /* @__PURE__ */ vectorUnary("i32x4.relaxed_trunc_f32x4_s", 0x101);
export const i32x4TruncF32x4U = /* @__PURE__ */ vectorUnary("i32x4.relaxed_trunc_f32x4_u", 0x102);
export const i32x4Laneselect = /* @__PURE__ */ vectorTernary("i32x4.relaxed_laneselect", 0x10b);
export const i64x2Laneselect = /* @__PURE__ */ vectorTernary("i64x2.relaxed_laneselect", 0x10c);

export type ValueType = "i32" | "i64" | "f32" | "f64" | "v128";

export const valueTypeCodes: Readonly<Record<ValueType, number>> = {
  i32: 0x7f,
  i64: 0x7e,
  f32: 0x7d,
  f64: 0x7c,
  v128: 0x7b,
};

/** The JavaScript value that stands for one of type `T`; a v128 never crosses the border. */
export type HostValue<T extends ValueType> = T extends "i64" ? bigint : T extends "v128" ? never : number;

/**
 * The element types.
 *
 * `f32` is the default; `i32` holds labels and indices, `bool` masks (0 or 1 in a byte). Only `f32` and `f64` carry gradients.
 */
export type Dtype = "bool" | "i32" | "f32" | "f64";

export type TypedArray = Uint8Array | Int32Array | Float32Array | Float64Array;

export function allocate(dtype: Dtype, size: number): TypedArray {
  if (dtype === "f32") return new Float32Array(size);
  if (dtype === "f64") return new Float64Array(size);
  return dtype === "i32" ? new Int32Array(size) : new Uint8Array(size);
}

export function dtypeOf(data: TypedArray): Dtype {
  if (data instanceof Float32Array) return "f32";
  if (data instanceof Float64Array) return "f64";
  return data instanceof Int32Array ? "i32" : "bool";
}

export function isFloating(dtype: Dtype): boolean {
  return dtype === "f32" || dtype === "f64";
}

const ranks: Readonly<Record<Dtype, number>> = { bool: 0, i32: 1, f32: 2, f64: 3 };

/** The type that holds both: the later of `bool < i32 < f32 < f64`. */
export function promote(a: Dtype, b: Dtype): Dtype {
  return ranks[a] >= ranks[b] ? a : b;
}

/** The type of an operation that only makes sense on reals: whole numbers become `f32`. */
export function toFloating(dtype: Dtype): Dtype {
  return isFloating(dtype) ? dtype : "f32";
}

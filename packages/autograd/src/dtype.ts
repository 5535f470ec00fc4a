import { slabFor } from "./dtype/slab.ts";

/**
 * The element types.
 *
 * `f32` is the default; `i32` holds labels and indices, `bool` masks (0 or 1 in a byte). Only `f32` and `f64` carry gradients.
 */
export type Dtype = "bool" | "i32" | "f32" | "f64";

export type TypedArray = Uint8Array | Int32Array | Float32Array | Float64Array;

/** Zeros, in memory that may be part of a larger buffer. */
export function allocate(dtype: Dtype, size: number): TypedArray {
  const Values = arrays[dtype];
  const bytes = size * Values.BYTES_PER_ELEMENT;
  const slab = slabFor(bytes);
  if (slab === undefined) return new Values(size);
  const start = slab.take(bytes);
  return new Values(slab.buffer as ArrayBuffer, start, size);
}

const arrays = { bool: Uint8Array, i32: Int32Array, f32: Float32Array, f64: Float64Array } as const;

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

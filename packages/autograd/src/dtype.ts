import type { slabs } from "./dtype/slab.ts";

/**
 * The element types.
 *
 * `f32` is the default; `i32` holds labels and indices, `bool` masks (0 or 1 in a byte). Only `f32` and `f64` carry gradients.
 */
export type Dtype = "bool" | "i32" | "f32" | "f64";

export type TypedArray = Uint8Array | Int32Array | Float32Array | Float64Array;

const arrays = { bool: Uint8Array, i32: Int32Array, f32: Float32Array, f64: Float64Array } as const;

/** Whether it is one of them. */
export const isDtype = (dtype: Dtype): boolean => dtype in arrays;

/** What programs with matrix products bring along: the others have one array for each tensor, and are not larger for it. */
export const memory: { by: typeof slabs | null } = { by: null };

/** Zeros, in memory that may be part of a larger buffer. */
export const allocate = (dtype: Dtype, size: number): TypedArray =>
  memory.by?.[dtype].allocate(size) ?? new arrays[dtype](size);

/** Room for numbers that will all be written: what a large array holds until then is not known. */
export const allocateUncleared = (dtype: Dtype, size: number): TypedArray =>
  memory.by?.[dtype].uncleared(size) ?? new arrays[dtype](size);

/** A place for one number, in an array that it may share with others. */
export const allocateSingle = (dtype: Dtype): { readonly data: TypedArray; readonly offset: number } =>
  memory.by?.[dtype].single() ?? { data: new arrays[dtype](1), offset: 0 };

/** What a tensor holds before it is computed. */
export const noNumbers: TypedArray = /* @__PURE__ */ new Uint8Array(0);

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

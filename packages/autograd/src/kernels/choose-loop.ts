import type { Dtype, TypedArray } from "../dtype.ts";
import { compileLoop, type Loop } from "../scalar/compile.ts";
import type { Scalar } from "../scalar/expression.ts";
import { vectors } from "../scalar/vectorize.ts";
import type { Shape } from "../shape.ts";
import type { Strided } from "./strided.ts";
import type { Floats, VectorLoop } from "./wasm/elementwise/program.ts";

/** How an expression is computed over arrays. */
export interface ElementwiseLoop {
  readonly plain: Loop;
  /** From so many elements on `vectors` are worth asking; Infinity where there are none. */
  readonly least: number;
  /** Computes `count` elements of operands that broadcast to `shape`; false if it declines, and nothing was done. */
  vectors(operands: readonly Strided[], shape: Shape, count: number, out: TypedArray): boolean;
}

/**
 * The loops for an expression: plain code, and for many elements vectors of WebAssembly, compiled when first needed.
 *
 * @param dtype    the element type of the result
 * @param operands those of the operands: vectors hold what every number of them is exactly
 */
export function chooseLoop(
  root: Scalar,
  arity: number,
  dtype: Dtype,
  operands: readonly { readonly dtype: Dtype }[],
): ElementwiseLoop {
  const plain = compileLoop(root, arity);
  const fit = operands.every((x) => x.dtype === dtype || x.dtype === "bool" || dtype === "f64");
  if (!fit || (dtype !== "f32" && dtype !== "f64")) return plainLoop(plain);
  let loop: VectorLoop | null | undefined;
  return {
    plain,
    least: vectors.by?.least(root, dtype) ?? Infinity,
    vectors(operands, shape, count, out) {
      if (loop === undefined) loop = vectors.by?.compile(root, arity, dtype);
      return loop?.(out as Floats, operands, shape, count) === true;
    },
  };
}

/** A loop that has no vectors. */
export const plainLoop = (plain: Loop): ElementwiseLoop => ({
  plain,
  least: Infinity,
  vectors: () => false,
});

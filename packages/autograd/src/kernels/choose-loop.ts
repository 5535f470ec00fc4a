import type { Dtype, TypedArray } from "../dtype.ts";
import { compileLoop, type Loop } from "../scalar/compile.ts";
import type { Scalar } from "../scalar/expression.ts";
import { vectorized } from "../scalar/vectorize.ts";
import { type Shape, sameShape, sizeOf } from "../shape.ts";
import { isDense, type Strided } from "./strided.ts";
import type { Floats, VectorLoop } from "./wasm/elementwise/program.ts";

/** From so many elements on, vectors take less time with their copies than the plain loop does: *measured*. */
const leastElements = 256;

/** How an expression is computed over arrays. */
export interface ElementwiseLoop {
  readonly plain: Loop;
  /** From so many elements on `vectors` are worth asking; Infinity where there are none. */
  readonly least: number;
  /** Computes `count` elements of operands that broadcast to `shape`; false if it declines, and nothing was done. */
  vectors(operands: readonly Strided[], shape: Shape, count: number, out: TypedArray): boolean;
}

/**
 * The loops for an expression: plain code, and for many elements of costly functions WebAssembly, compiled when first needed.
 *
 * @param dtype the element type of the operands and the result, null if they differ
 */
export function chooseLoop(root: Scalar, arity: number, dtype: Dtype | null): ElementwiseLoop {
  const plain = compileLoop(root, arity);
  const compile = dtype === "f32" || dtype === "f64" ? vectorized(root, arity, dtype) : null;
  if (compile === null) return plainLoop(plain);
  let loop: VectorLoop | null | undefined;
  return {
    plain,
    least: leastElements,
    vectors(operands, shape, count, out) {
      if (loop === undefined) loop = compile();
      return loop !== null && runVectors(loop, operands, shape, count, out as Floats);
    },
  };
}

/** A loop that has no vectors. */
export const plainLoop = (plain: Loop): ElementwiseLoop => ({
  plain,
  least: Infinity,
  vectors: () => false,
});

/** Runs the vectors where elements lie one behind the other, or one stands for all; says whether it did. */
function runVectors(
  loop: VectorLoop,
  operands: readonly Strided[],
  shape: Shape,
  count: number,
  out: Floats,
): boolean {
  for (const x of operands)
    if (sizeOf(x.shape) !== 1 && !(sameShape(x.shape, shape) && isDense(x))) return false;
  const runs = operands.map((x) => ({
    data: x.data as Floats,
    start: x.offset,
    isSingle: sizeOf(x.shape) === 1,
  }));
  return loop(out, 0, count, runs);
}

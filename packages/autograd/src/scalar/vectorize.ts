import type { Precision } from "../kernels/wasm/elementwise/body.ts";
import type { VectorLoop } from "../kernels/wasm/elementwise/program.ts";
import { type Costly, nodesOf, type Scalar } from "./expression.ts";

/**
 * What compiles the expression to WebAssembly, when it is called.
 *
 * @returns null where that is not worth it, because nothing in the expression is costly, or where a part of it has no rule or only an
 * inaccurate one
 */
export function vectorized(
  root: Scalar,
  arity: number,
  precision: Precision,
): (() => VectorLoop | null) | null {
  let costly: Costly | undefined;
  for (const { primitive } of nodesOf(root)) {
    if (primitive === null) continue;
    const { vector } = primitive;
    if (vector === undefined) return null;
    if (typeof vector === "string") continue;
    if (precision === "f64" && !vector.accurateIn.includes("f64x2")) return null;
    costly = vector;
  }
  const compile = costly?.compile;
  return compile === undefined ? null : () => compile(root, arity, precision);
}

import type { Precision } from "../kernels/wasm/elementwise/body.ts";
import type { VectorLoop } from "../kernels/wasm/elementwise/program.ts";
import { nodesOf, type Scalar } from "./expression.ts";

/** Makes loops of vectors; null where the host has no WebAssembly with vectors, or forbids to compile. */
export type VectorCompiler = (root: Scalar, arity: number, precision: Precision) => VectorLoop | null;

/** What rules of costly functions bring along, see costly.ts: programs without any are not larger for it, and compute by plain loops. */
export const vectors: { compile: VectorCompiler | null } = { compile: null };

/** From so many elements on, vectors take less time with their copies than the plain loop does: *measured*. */
const least = { costly: 32, cheap: 64 } as const;

/** From how many elements on an expression is worth vectors; Infinity where a part of it has no rule, or only an inaccurate one. */
export function leastForVectors(root: Scalar, precision: Precision): number {
  let isCostly = false;
  for (const { primitive } of nodesOf(root)) {
    const vector = primitive?.vector;
    if (typeof vector === "object") {
      if (precision === "f64" && !vector.accurateIn.includes("f64x2")) return Infinity;
      isCostly = true;
    } else if (primitive !== null && vector === undefined) return Infinity;
  }
  return vectors.compile === null ? Infinity : isCostly ? least.costly : least.cheap;
}

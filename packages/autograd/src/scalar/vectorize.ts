import type { Precision } from "../kernels/wasm/elementwise/body.ts";
import type { VectorLoop } from "../kernels/wasm/elementwise/program.ts";
import type { Scalar } from "./expression.ts";

/** Makes loops of vectors. */
export interface VectorCompiler {
  /** From how many elements on an expression is worth vectors; Infinity where a part of it has no rule, or only an inaccurate one. */
  least(root: Scalar, precision: Precision): number;
  /** Null where the host has no WebAssembly with vectors, or forbids to compile. */
  compile(root: Scalar, arity: number, precision: Precision): VectorLoop | null;
}

/** What rules of costly functions bring along, see costly.ts: programs without any are not larger for it, and compute by plain loops. */
export const vectors: { by: VectorCompiler | null } = { by: null };

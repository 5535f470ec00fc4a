import type { Arena } from "../arena.ts";
import { type Compiled, perArena } from "../per-arena.ts";
import { multiplyLines, multiplyRows } from "./multiply-along.ts";

const kernels = (precision: "f32" | "f64") => ({
  multiplyRows: multiplyRows(precision),
  multiplyLines: multiplyLines(precision),
});

export type SparseKernels = Compiled<ReturnType<typeof kernels>>;

const [single, double] = [
  /* @__PURE__ */ perArena(() => kernels("f32")),
  /* @__PURE__ */ perArena(() => kernels("f64")),
];

/** Products with sparse matrices; null where the host refuses to compile them. */
export const sparseKernels = (arena: Arena, precision: "f32" | "f64"): SparseKernels | null =>
  (precision === "f32" ? single : double)(arena);

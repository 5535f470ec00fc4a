import type { Arena } from "../arena.ts";
import { type HostFunction, instantiate } from "../assembler/instantiate.ts";
import type { ModuleDefinition } from "../assembler/module.ts";
import { f32Lanes, f64Lanes } from "../lanes.ts";
import { moveRuns } from "./move.ts";

/** The module of one precision; its memory is the arena's. */
export function runModule(precision: "f32" | "f64") {
  const lanes = precision === "f32" ? f32Lanes : f64Lanes;
  return {
    memory: { minimum: 0, importedAs: ["arena", "memory"] },
    exports: {
      gather: moveRuns(lanes, "gather"),
      place: moveRuns(lanes, "place"),
      add: moveRuns(lanes, "add"),
    },
  } as const satisfies ModuleDefinition;
}

type Functions = ReturnType<typeof runModule>["exports"];

/** The compiled kernels of one precision. */
export type RunKernels = Readonly<{ [K in keyof Functions]: HostFunction<Functions[K]> }>;

/**
 * Compiles the kernels of one precision.
 *
 * @returns null where the host refuses: no SIMD, or a policy against compiling
 */
export function compileRuns(arena: Arena, precision: "f32" | "f64"): RunKernels | null {
  try {
    return instantiate(arena.host, runModule(precision), arena.memory);
  } catch {
    return null;
  }
}

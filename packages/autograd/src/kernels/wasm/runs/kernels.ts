import type { Arena } from "../arena.ts";
import { type HostFunction, instantiate } from "../assembler/instantiate.ts";
import type { MemoryDeclaration, ModuleDefinition } from "../assembler/module.ts";
import { f32Lanes, f64Lanes } from "../lanes.ts";
import { moveRuns } from "./move.ts";

type Precision = "f32" | "f64";

/**
 * The module of one precision.
 *
 * @param memory how the arena's memory is imported
 */
export function runModule(precision: Precision, memory: MemoryDeclaration) {
  const lanes = precision === "f32" ? f32Lanes : f64Lanes;
  return {
    memory,
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

const compiled = {
  f32: /* @__PURE__ */ new WeakMap<Arena, RunKernels | null>(),
  f64: /* @__PURE__ */ new WeakMap<Arena, RunKernels | null>(),
} as const;

/** The kernels for an arena, compiled when they are first asked for; null where the host refuses: no SIMD, or a policy against compiling. */
export function runKernels(arena: Arena, precision: Precision): RunKernels | null {
  let kernels = compiled[precision].get(arena);
  if (kernels === undefined) {
    kernels = compile(arena, precision);
    compiled[precision].set(arena, kernels);
  }
  return kernels;
}

function compile(arena: Arena, precision: Precision): RunKernels | null {
  try {
    return instantiate(arena.host, runModule(precision, arena.declaration), arena.memory);
  } catch {
    return null;
  }
}

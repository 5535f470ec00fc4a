import type { Arena } from "../arena.ts";
import { type HostFunction, instantiate } from "../assembler/instantiate.ts";
import type { MemoryDeclaration, ModuleDefinition } from "../assembler/module.ts";
import { argMaximum } from "./arg-maximum.ts";

/** @param memory how the arena's memory is imported */
export function windowModule(memory: MemoryDeclaration) {
  return {
    memory,
    exports: { argMaximum: argMaximum() },
  } as const satisfies ModuleDefinition;
}

type Functions = ReturnType<typeof windowModule>["exports"];

export type WindowKernels = Readonly<{ [K in keyof Functions]: HostFunction<Functions[K]> }>;

const compiled = /* @__PURE__ */ new WeakMap<Arena, WindowKernels | null>();

/** The kernels for an arena, compiled when they are first asked for; null where the host refuses. */
export function windowKernels(arena: Arena): WindowKernels | null {
  let kernels = compiled.get(arena);
  if (kernels === undefined) {
    kernels = compile(arena);
    compiled.set(arena, kernels);
  }
  return kernels;
}

function compile(arena: Arena): WindowKernels | null {
  try {
    return instantiate(arena.host, windowModule(arena.declaration), arena.memory);
  } catch {
    return null;
  }
}

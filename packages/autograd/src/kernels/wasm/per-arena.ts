import type { Arena } from "./arena.ts";
import type { HostFunction } from "./assembler/instantiate.ts";
import { instantiate } from "./assembler/instantiate.ts";
import type { Func } from "./assembler/term.ts";

/** The functions of a module, as the host calls them. */
export type Compiled<E extends Readonly<Record<string, Func>>> = {
  readonly [K in keyof E]: HostFunction<E[K]>;
};

/**
 * The functions of a module that computes in an arena, compiled when an arena first asks for them; null where the host refuses: no SIMD, or a
 * policy against compiling.
 *
 * @__NO_SIDE_EFFECTS__
 */
export function perArena<E extends Readonly<Record<string, Func>>>(
  write: () => E,
): (arena: Arena) => Compiled<E> | null {
  const known = new WeakMap<Arena, Compiled<E> | null>();
  return (arena) => {
    let compiled = known.get(arena);
    if (compiled === undefined) {
      compiled = compile(arena, write);
      known.set(arena, compiled);
    }
    return compiled;
  };
}

function compile<E extends Readonly<Record<string, Func>>>(arena: Arena, write: () => E): Compiled<E> | null {
  try {
    return instantiate(arena.host, { memory: arena.declaration, exports: write() }, arena.memory);
  } catch {
    return null;
  }
}

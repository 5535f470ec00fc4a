import { type Arena, sharedArena } from "../arena.ts";
import { instantiate } from "../assembler/instantiate.ts";
import { teamFor } from "../threads/setting.ts";
import { blocksOf, type Kernel } from "./blocks.ts";
import { writeLoop } from "./loop.ts";
import type { Program, VectorLoop } from "./program.ts";
import { type FindHelpers, leastForTeam, teamBlocksOf } from "./team-blocks.ts";

/** Modules that are kept, of some 15 KB each: who uses more expressions than this by turns compiles them again and again. */
const remembered = 256;

/** A program and its kernel, undefined before it is compiled and after it is forgotten, null where it cannot be. */
interface Compiled {
  readonly program: Program;
  kernel: Kernel | null | undefined;
}

/** Compiles loops for one arena and keeps the latest of them. */
export class VectorLoops {
  readonly #findArena: () => Arena | null;
  readonly #findTeam: FindHelpers;
  readonly #kept = new Set<Compiled>();

  constructor(findArena: () => Arena | null, findTeam: FindHelpers = () => null) {
    this.#findArena = findArena;
    this.#findTeam = findTeam;
  }

  /** Null where the host has no WebAssembly with vectors, or forbids to compile. */
  compile(program: Program): VectorLoop | null {
    const arena = this.#findArena();
    if (arena === null) return null;
    const compiled: Compiled = { program, kernel: undefined };
    if (this.#ensure(compiled, arena) === null) return null;
    const run = blocksOf(arena, program);
    const runByTeam = teamBlocksOf(program, this.#findTeam);
    return (out, operands, shape, count) => {
      if (count >= leastForTeam && runByTeam(out, operands, shape, count)) return true;
      const kernel = compiled.kernel === undefined ? this.#ensure(compiled, arena) : compiled.kernel;
      return kernel !== null && run(kernel, out, operands, shape, count);
    };
  }

  #ensure(compiled: Compiled, arena: Arena): Kernel | null {
    const kernel = compileKernel(compiled.program, arena);
    const [oldest] = this.#kept.size < remembered ? [] : this.#kept;
    if (oldest !== undefined) {
      oldest.kernel = undefined;
      this.#kept.delete(oldest);
    }
    this.#kept.add(compiled);
    compiled.kernel = kernel;
    return kernel;
  }
}

function compileKernel(program: Program, arena: Arena): Kernel | null {
  try {
    const definition = { memory: arena.declaration, exports: { loop: writeLoop(program) } };
    return instantiate(arena.host, definition, arena.memory).loop;
  } catch {
    return null;
  }
}

const shared = /* @__PURE__ */ new VectorLoops(sharedArena, teamFor);

/** Compiles a program for the arena that all kernels share. */
export const compileVectorLoop = (program: Program): VectorLoop | null => shared.compile(program);

import { type Arena, sharedArena } from "../arena.ts";
import { instantiate } from "../assembler/instantiate.ts";
import { teamFor } from "../threads/setting.ts";
import { blocksOf, type Kernel } from "./blocks.ts";
import { writeLoop } from "./loop.ts";
import type { Program, VectorLoop } from "./program.ts";
import { type FindHelpers, teamBlocksOf } from "./team-blocks.ts";

/** Modules that are kept, of some 15 KB each: who uses more expressions than this by turns compiles them again and again. */
const remembered = 256;

/** Compiles loops for one arena and keeps the latest of them. */
export class VectorLoops {
  readonly #findArena: () => Arena | null;
  readonly #findTeam: FindHelpers;
  readonly #kernels = new Map<Program, Kernel | null>();

  constructor(findArena: () => Arena | null, findTeam: FindHelpers = () => null) {
    this.#findArena = findArena;
    this.#findTeam = findTeam;
  }

  /** Null where the host has no WebAssembly with vectors, or forbids to compile. */
  compile(program: Program): VectorLoop | null {
    const arena = this.#findArena();
    if (arena === null || this.#kernelOf(program, arena) === null) return null;
    const run = blocksOf(arena, program);
    const runByTeam = teamBlocksOf(program, this.#findTeam);
    return (out, operands, shape, count) => {
      if (runByTeam(out, operands, shape, count)) return true;
      const kernel = this.#kernelOf(program, arena);
      return kernel !== null && run(kernel, out, operands, shape, count);
    };
  }

  #kernelOf(program: Program, arena: Arena): Kernel | null {
    let kernel = this.#kernels.get(program);
    if (kernel !== undefined) return kernel;
    kernel = compileKernel(program, arena);
    const oldest = this.#kernels.keys().next();
    if (this.#kernels.size >= remembered && !oldest.done) this.#kernels.delete(oldest.value);
    this.#kernels.set(program, kernel);
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

import { type Arena, sharedArena } from "../arena.ts";
import { instantiate } from "../assembler/instantiate.ts";
import { writeLoop } from "./loop.ts";
import type { Floats, Program, Run, VectorLoop } from "./program.ts";

/** Elements that pass through the arena at once: they stay in the first-level cache. */
const blockLength = 2048;

/** Bytes of a vector. */
const vectorBytes = 16;

/** Modules that are kept, of some 15 KB each: who uses more expressions than this by turns compiles them again and again. */
const remembered = 256;

type Kernel = (...addresses: number[]) => void;

/** Compiles loops for one arena and keeps the latest of them. */
export class VectorLoops {
  readonly #findArena: () => Arena | null;
  readonly #kernels = new Map<Program, Kernel | null>();

  constructor(findArena: () => Arena | null) {
    this.#findArena = findArena;
  }

  /** Null where the host has no WebAssembly with vectors, or forbids to compile. */
  compile(program: Program): VectorLoop | null {
    const arena = this.#findArena();
    if (arena === null || this.#kernelOf(program, arena) === null) return null;
    return (out, start, count, operands) => {
      const kernel = this.#kernelOf(program, arena);
      return (
        kernel !== null &&
        runInBlocks(arena, kernel, program.format.count * out.BYTES_PER_ELEMENT, out, start, count, operands)
      );
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
  const memory = { minimum: 0, importedAs: ["arena", "memory"] } as const;
  try {
    const { loop } = instantiate(arena.host, { memory, exports: { loop: writeLoop(program) } }, arena.memory);
    return loop;
  } catch {
    return null;
  }
}

/** Copies a block of each operand into the arena, computes, and copies the result out; the last block is filled up to a whole vector. */
function runInBlocks(
  arena: Arena,
  kernel: Kernel,
  step: number,
  out: Floats,
  start: number,
  count: number,
  operands: readonly Run[],
): boolean {
  const width = out.BYTES_PER_ELEMENT;
  const room = blockLength * width;
  const mark = arena.mark();
  const result = roomFor(arena, (operands.length + 1) * room);
  if (result === null) return false;
  try {
    const memory = width === 4 ? arena.float32 : arena.float64;
    const call = [result, 0];
    operands.forEach(({ data, start: at, isSingle }, k) => {
      const place = result + (k + 1) * room;
      call.push(place, isSingle ? 0 : step);
      if (isSingle) memory.fill(data[at], place / width, (place + vectorBytes) / width);
    });
    for (let done = 0; done < count; done += blockLength) {
      const length = Math.min(blockLength, count - done);
      for (let k = 0; k < operands.length; k++) {
        const { data, start: at, isSingle } = operands[k];
        if (!isSingle) memory.set(data.subarray(at + done, at + done + length), call[2 + 2 * k] / width);
      }
      call[1] = result + length * width;
      kernel(...call);
      out.set(memory.subarray(result / width, result / width + length), start + done);
    }
    return true;
  } finally {
    arena.release(mark);
  }
}

/** Null where the arena cannot grow as far: the plain loops need no copies. */
function roomFor(arena: Arena, bytes: number): number | null {
  try {
    return arena.allocate(bytes);
  } catch (error) {
    if (error instanceof RangeError) return null;
    throw error;
  }
}

const shared = /* @__PURE__ */ new VectorLoops(sharedArena);

/** Compiles a program for the arena that all kernels share. */
export const compileVectorLoop = (program: Program): VectorLoop | null => shared.compile(program);

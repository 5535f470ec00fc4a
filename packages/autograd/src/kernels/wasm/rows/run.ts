import { type Arena, sharedArena } from "../arena.ts";
import { instantiate } from "../assembler/instantiate.ts";
import type { Precision } from "../elementwise/body.ts";
import type { Floats } from "../elementwise/program.ts";
import { type Place, type RowProgram, writeRows } from "./row-program.ts";

/** Bytes of a matrix that pass through the arena at once, but at least a row: with the others they stay in the first two caches. */
const blockBytes = 16_384;

/** Vectors are read and written over the end of a row. */
const slack = 32;

/** A matrix whose rows lie one behind the other, and what goes with it; matrices are of one precision, the others of double. */
export interface RowCall {
  readonly rows: number;
  readonly columns: number;
  readonly inputs: readonly Floats[];
  readonly outputs: readonly Floats[];
  readonly numbers?: readonly number[];
}

/** Runs the program; false where nothing was done, because it cannot be compiled here or the arena has no room. */
export type RowRunner = (call: RowCall) => boolean;

type Kernel = (...operands: number[]) => void;

/** Compiles programs for one arena, when they are first run. */
export class RowKernels {
  readonly #findArena: () => Arena | null;
  readonly #kernels = new Map<RowProgram, Map<Precision, Kernel | null>>();

  constructor(findArena: () => Arena | null) {
    this.#findArena = findArena;
  }

  /** Runs a program; false where nothing was done: it cannot be compiled here, or the arena has no room. */
  run(program: RowProgram, precision: Precision, call: RowCall): boolean {
    const arena = this.#findArena();
    if (arena === null) return false;
    const kernel = this.#kernelOf(program, precision, arena);
    return kernel !== null && runInBlocks(arena, kernel, program, call, precision === "f32" ? 4 : 8);
  }

  #kernelOf(program: RowProgram, precision: Precision, arena: Arena): Kernel | null {
    const kernels = this.#kernels.get(program) ?? new Map<Precision, Kernel | null>();
    this.#kernels.set(program, kernels);
    let kernel = kernels.get(precision);
    if (kernel === undefined) {
      kernel = compile(program, precision, arena);
      kernels.set(precision, kernel);
    }
    return kernel;
  }
}

/** Null where the host refuses: no SIMD, or a policy against compiling. */
function compile(program: RowProgram, precision: Precision, arena: Arena): Kernel | null {
  const exports = { rows: writeRows(program, precision) };
  try {
    return instantiate(arena.host, { memory: arena.declaration, exports }, arena.memory).rows as Kernel;
  } catch {
    return null;
  }
}

function runInBlocks(
  arena: Arena,
  kernel: Kernel,
  { inputs: inPlaces, outputs: outPlaces }: RowProgram,
  { rows, columns, inputs, outputs, numbers = [] }: RowCall,
  width: number,
): boolean {
  const blockRows = Math.max(1, Math.min(rows, Math.floor(blockBytes / (columns * width))));
  const places = [...inPlaces, ...outPlaces];
  const room = { matrix: blockRows * columns * width, column: blockRows * 8, row: columns * 8 };
  const mark = arena.mark();
  const addresses: number[] = [];
  try {
    for (const place of places) addresses.push(arena.allocate(room[place] + slack));
  } catch (error) {
    arena.release(mark);
    if (error instanceof RangeError) return false;
    throw error;
  }
  const call = [0, columns, ...addresses, ...numbers];
  const memoryOf = (place: Place): Floats =>
    place === "matrix" && width === 4 ? arena.float32 : arena.float64;
  /** How many numbers of an operand belong to so many rows. */
  const extent = (place: Place, count: number): number => (place === "matrix" ? count * columns : count);
  places.forEach((place, k) => {
    if (place !== "row") return;
    const start = addresses[k] / 8;
    if (k < inputs.length) arena.float64.set(inputs[k], start);
    else arena.float64.fill(0, start, start + columns);
  });
  for (let row = 0; row < rows; row += blockRows) {
    const count = Math.min(blockRows, rows - row);
    call[0] = count;
    for (let k = 0; k < inputs.length; k++) {
      const place = inPlaces[k];
      if (place === "row") continue;
      const memory = memoryOf(place);
      const part = inputs[k].subarray(extent(place, row), extent(place, row + count));
      memory.set(part, addresses[k] / memory.BYTES_PER_ELEMENT);
    }
    kernel(...call);
    for (let k = 0; k < outputs.length; k++) {
      const place = outPlaces[k];
      if (place === "row") continue;
      const memory = memoryOf(place);
      const start = addresses[inputs.length + k] / memory.BYTES_PER_ELEMENT;
      outputs[k].set(memory.subarray(start, start + extent(place, count)), extent(place, row));
    }
  }
  places.forEach((place, k) => {
    const start = addresses[k] / 8;
    if (place === "row" && k >= inputs.length)
      outputs[k - inputs.length].set(arena.float64.subarray(start, start + columns));
  });
  arena.release(mark);
  return true;
}

const shared = /* @__PURE__ */ new RowKernels(sharedArena);

/** Runs a program in the arena that all kernels share. */
export const runRows = (program: RowProgram, precision: Precision, call: RowCall): boolean =>
  shared.run(program, precision, call);

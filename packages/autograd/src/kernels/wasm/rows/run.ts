import { type Arena, sharedArena } from "../arena.ts";
import { instantiate } from "../assembler/instantiate.ts";
import type { Precision } from "../elementwise/body.ts";
import type { Floats } from "../elementwise/program.ts";
import { type RowProgram, writeRows } from "./row-program.ts";

/** Bytes of a matrix that pass through the arena at once, but at least a row: with the others they stay in the first two caches. */
const blockBytes = 16_384;

/** Bytes over the end of the last row that vectors read and write. */
const slack = 32;

/** Room for one number, so that what stands behind it begins where whole vectors do. */
const numberBytes = 16;

/** A matrix whose rows lie one behind the other, and what goes with it; matrices are of one precision, the others of double. */
export interface RowCall {
  readonly rows: number;
  readonly columns: number;
  readonly inputs: readonly Floats[];
  readonly outputs: readonly Floats[];
  readonly numbers?: readonly number[];
}

type Kernel = (...operands: number[]) => void;

/** Compiles programs for one arena, when they are first run. */
export class RowKernels {
  readonly #findArena: () => Arena | null;
  readonly #kernels = {
    f32: new Map<RowProgram, Kernel | null>(),
    f64: new Map<RowProgram, Kernel | null>(),
  };

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

  /** The one number that a program makes of one row, without what many rows and operands take; null where nothing was done. */
  number(program: RowProgram, precision: Precision, row: Floats): number | null {
    const arena = this.#findArena();
    const kernel = arena === null ? null : this.#kernelOf(program, precision, arena);
    if (arena === null || kernel === null) return null;
    const mark = arena.mark();
    const result = allocate(arena, numberBytes + row.byteLength + slack);
    if (result === null) return null;
    const address = result + numberBytes;
    if (precision === "f32") arena.float32.set(row, address / 4);
    else arena.float64.set(row, address / 8);
    kernel(1, row.length, address, result);
    const number = arena.float64[result / 8];
    arena.release(mark);
    return number;
  }

  #kernelOf(program: RowProgram, precision: Precision, arena: Arena): Kernel | null {
    const kernels = this.#kernels[precision];
    let kernel = kernels.get(program);
    if (kernel === undefined) {
      kernel = compile(program, precision, arena);
      kernels.set(program, kernel);
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
  { rows, columns, inputs, outputs, numbers }: RowCall,
  width: number,
): boolean {
  const blockRows = Math.max(1, Math.min(rows, Math.floor(blockBytes / (columns * width))));
  /** Bytes from one operand in the arena to the next, by what it is. */
  const room = {
    matrix: roomFor(blockRows * columns * width),
    column: roomFor(blockRows * 8),
    row: roomFor(columns * 8),
  };
  const mark = arena.mark();
  const call: number[] = [0, columns];
  let bytes = 0;
  for (const places of [inPlaces, outPlaces])
    for (const place of places) {
      call.push(bytes);
      bytes += room[place];
    }
  const base = allocate(arena, bytes);
  if (base === null) return false;
  for (let k = 2; k < call.length; k++) call[k] += base;
  if (numbers !== undefined) call.push(...numbers);
  const doubles = arena.float64;
  const elements = width === 4 ? arena.float32 : doubles;
  const firstOutput = 2 + inputs.length;
  for (let k = 0; k < inputs.length; k++)
    if (inPlaces[k] === "row") copyIn(doubles, call[2 + k] / 8, inputs[k], 0, columns);
  for (let k = 0; k < outputs.length; k++) {
    const start = call[firstOutput + k] / 8;
    if (outPlaces[k] === "row") doubles.fill(0, start, start + columns);
  }
  for (let row = 0; row < rows; row += blockRows) {
    const count = Math.min(blockRows, rows - row);
    call[0] = count;
    for (let k = 0; k < inputs.length; k++) {
      const address = call[2 + k];
      if (inPlaces[k] === "matrix")
        copyIn(elements, address / width, inputs[k], row * columns, count * columns);
      else if (inPlaces[k] === "column") copyIn(doubles, address / 8, inputs[k], row, count);
    }
    kernel(...call);
    for (let k = 0; k < outputs.length; k++) {
      const address = call[firstOutput + k];
      if (outPlaces[k] === "matrix")
        copyOut(outputs[k], row * columns, elements, address / width, count * columns);
      else if (outPlaces[k] === "column") copyOut(outputs[k], row, doubles, address / 8, count);
    }
  }
  for (let k = 0; k < outputs.length; k++)
    if (outPlaces[k] === "row") copyOut(outputs[k], 0, doubles, call[firstOutput + k] / 8, columns);
  arena.release(mark);
  return true;
}

/** Room for so many bytes and what is read and written beyond; addresses are those of whole vectors. */
const roomFor = (bytes: number): number => (bytes + slack + 15) & -16;

/** Null where the arena cannot grow as far. */
function allocate(arena: Arena, bytes: number): number | null {
  try {
    return arena.allocate(bytes);
  } catch (error) {
    if (error instanceof RangeError) return null;
    throw error;
  }
}

/** So few numbers are copied sooner one by one. */
const few = 24;

function copyIn(memory: Floats, at: number, data: Floats, start: number, count: number): void {
  if (count <= few) for (let i = 0; i < count; i++) memory[at + i] = data[start + i];
  else if (count === data.length) memory.set(data, at);
  else memory.set(data.subarray(start, start + count), at);
}

function copyOut(data: Floats, start: number, memory: Floats, at: number, count: number): void {
  if (count <= few) for (let i = 0; i < count; i++) data[start + i] = memory[at + i];
  else data.set(memory.subarray(at, at + count), start);
}

const shared = /* @__PURE__ */ new RowKernels(sharedArena);

/** Runs a program in the arena that all kernels share. */
export const runRows = (program: RowProgram, precision: Precision, call: RowCall): boolean =>
  shared.run(program, precision, call);

/** The number that a program makes of one row there. */
export const numberOfRow = (program: RowProgram, precision: Precision, row: Floats): number | null =>
  shared.number(program, precision, row);

import { layoutOf } from "../../../shape/layout.ts";
import type { Shape } from "../../../shape.ts";
import type { Arena } from "../arena.ts";
import type { Floats, Operand, Program } from "./program.ts";
import { Reader } from "./reader.ts";

/** Bytes of each operand that pass through the arena at once where one thread computes: they stay in the first-level cache. */
const firstLevel = 16_384;

/** Bytes of a vector. */
const vectorBytes = 16;

/** The loop over a block: where the result begins and ends, then for each operand where it begins and its step in bytes. */
export type Kernel = (...addresses: number[]) => void;

/**
 * What runs kernels of a program over arrays of any length: it brings a block of each operand into the arena, packed, computes, and copies the
 * result out. The last block is filled up to a whole vector.
 *
 * @returns a function that says false if the arena has no room, and nothing was done
 */
export function blocksOf(arena: Arena, { arity, precision, format }: Program, room = firstLevel) {
  const width = precision === "f32" ? 4 : 8;
  const blockLength = room / width;
  const step = format.count * width;
  // Made once and used by every call: small arrays cost as much as computing some hundred elements.
  const call = new Array<number>(2 + 2 * arity).fill(0);
  const readers = new Array<Reader | null>(arity).fill(null);
  let reads = false;

  const place = (memory: Floats, base: number, operands: readonly Operand[], shape: Shape): void => {
    // The result takes the place of the first operand that has a block: it is read before it is written over.
    call[0] = base + arity * room;
    for (let k = arity - 1; k >= 0; k--) {
      const operand = operands[k];
      const layout = layoutOf(operand, shape);
      const address = base + k * room;
      call[2 + 2 * k] = address;
      call[3 + 2 * k] = layout === "single" ? 0 : step;
      if (layout === "strided") {
        readers[k] = new Reader(operand, shape);
        reads = true;
      }
      if (layout !== "single") call[0] = address;
      else
        for (let at = address / width; at < (address + vectorBytes) / width; at++)
          memory[at] = operand.data[operand.offset];
    }
  };

  const load = (memory: Floats, operands: readonly Operand[], done: number, length: number): void => {
    for (let k = 0; k < arity; k++) {
      if (call[3 + 2 * k] === 0) continue;
      const at = call[2 + 2 * k] / width;
      const reader = readers[k];
      if (reader !== null) {
        reader.read(memory, at, length);
      } else {
        const data = operands[k].data as Floats;
        const start = operands[k].offset + done;
        memory.set(length === data.length ? data : data.subarray(start, start + length), at);
      }
    }
  };

  return (
    kernel: Kernel,
    out: Floats,
    operands: readonly Operand[],
    shape: Shape,
    count: number,
  ): boolean => {
    const mark = arena.mark();
    const base = roomFor(arena, (arity + 1) * room);
    if (base === null) return false;
    try {
      const memory = width === 4 ? arena.float32 : arena.float64;
      place(memory, base, operands, shape);
      const result = call[0] / width;
      for (let done = 0; done < count; done += blockLength) {
        const length = Math.min(blockLength, count - done);
        load(memory, operands, done, length);
        call[1] = call[0] + length * width;
        run(kernel, call);
        out.set(memory.subarray(result, result + length), done);
      }
      return true;
    } finally {
      if (reads) readers.fill(null); // they hold on to operands
      reads = false;
      arena.release(mark);
    }
  };
}

/** A list of arguments passed on by itself takes time. */
function run(kernel: Kernel, call: readonly number[]): void {
  if (call.length === 4) kernel(call[0], call[1], call[2], call[3]);
  else if (call.length === 6) kernel(call[0], call[1], call[2], call[3], call[4], call[5]);
  else if (call.length === 8) kernel(call[0], call[1], call[2], call[3], call[4], call[5], call[6], call[7]);
  else kernel(...call);
}

/** Null where the arena cannot grow as far: the plain loops need no copies. */
export function roomFor(arena: Arena, bytes: number): number | null {
  try {
    return arena.allocate(bytes);
  } catch (error) {
    if (error instanceof RangeError) return null;
    throw error;
  }
}

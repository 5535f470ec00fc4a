import { type Arena, sharedArena } from "../arena.ts";
import { countedLoop } from "../assembler/counted-loop.ts";
import { func } from "../assembler/func.ts";
import { instantiate } from "../assembler/instantiate.ts";
import * as f32x4 from "../assembler/instructions/f32x4.ts";
import * as f64x2 from "../assembler/instructions/f64x2.ts";
import { local, set } from "../assembler/local.ts";
import type { Local } from "../assembler/term.ts";
import type { Vector } from "../assembler/vector-instruction.ts";
import { roomFor } from "./blocks.ts";
import { Body, type Precision } from "./body.ts";
import type { Format } from "./format.ts";
import { accessOf, widthOf, writeSteps } from "./loop.ts";
import type { Floats, Step } from "./program.ts";

/** Several expressions as a list of steps: operands are elements of arrays and, behind them, numbers. */
export interface FusedProgram {
  readonly arrays: number;
  readonly numbers: number;
  readonly precision: Precision;
  readonly format: Format;
  readonly steps: readonly Step[];
  /** Which steps are results. */
  readonly results: readonly number[];
}

/** Computes results[k][i] for `count` elements; false if the arena has no room, and nothing was done. A result may be one of the arrays. */
export type FusedVectors = (
  arrays: readonly Floats[],
  numbers: readonly number[],
  results: readonly Floats[],
  count: number,
) => boolean;

/** Elements that pass through the arena at once. */
const blockLength = 2048;

/**
 * The loop over a program, a vector of numbers at a time, from where the first array begins in the arena to where its elements end.
 *
 * Blocks of arrays lie one behind the other, and so do those of results, in the same place: what is read is read before it is written over.
 */
function writeFused({ arrays, numbers, precision, format, steps, results }: FusedProgram) {
  const { load, store } = accessOf(precision, format);
  const width = widthOf(precision);
  const body = new Body(format);
  const [at, end] = [local("i32", "at"), local("i32", "end")];
  const given = Array.from({ length: numbers }, () => parameterOf(body));
  const room = blockLength * width;
  const numberAt = writeSteps(body, steps, (k) => (k < arrays ? load(at, k * room) : given[k - arrays].all));
  const stores = results.map((step, k) => store(at, numberAt(step), k * room));
  return func({
    name: "fused",
    parameters: [at, end, ...given.map(({ number }) => number)],
    body: [
      ...body.constants,
      countedLoop(at, at, end, width * format.count, [...body.statements, ...stores]),
    ],
  });
}

/** A number that the loop is given, and a vector of it. */
function parameterOf(body: Body): { readonly number: Local<"f32" | "f64">; readonly all: Vector } {
  const all = local("v128", "all");
  const [single, double] = [local("f32", "number"), local("f64", "number")];
  body.constants.push(set(all, body.isSingle ? f32x4.splat(single) : f64x2.splat(double)));
  return { number: body.isSingle ? single : double, all };
}

/** Compiles a program; null where the host has no WebAssembly with vectors, or forbids to compile. */
export function compileFused(
  program: FusedProgram,
  arena: Arena | null = sharedArena(),
): FusedVectors | null {
  if (arena === null) return null;
  try {
    const definition = { memory: arena.declaration, exports: { fused: writeFused(program) } };
    const { fused } = instantiate(arena.host, definition, arena.memory);
    return runnerOf(arena, fused, program);
  } catch {
    return null;
  }
}

function runnerOf(
  arena: Arena,
  kernel: (at: number, end: number, ...numbers: number[]) => void,
  { arrays: arity, precision, steps, results: wanted }: FusedProgram,
): FusedVectors {
  const width = widthOf(precision);
  const slots = Math.max(arity, wanted.length);
  const isRead = Array.from({ length: arity }, (_, k) =>
    steps.some((step) => step.kind === "operand" && step.position === k),
  );
  return (arrays, numbers, results, count) => {
    const mark = arena.mark();
    const base = roomFor(arena, slots * blockLength * width);
    if (base === null) return false;
    try {
      const memory = width === 4 ? arena.float32 : arena.float64;
      const first = base / width;
      for (let done = 0; done < count; done += blockLength) {
        const length = Math.min(blockLength, count - done);
        for (let k = 0; k < arity; k++) {
          if (!isRead[k]) continue;
          const block = length === count ? arrays[k] : arrays[k].subarray(done, done + length);
          memory.set(block, first + k * blockLength);
        }
        kernel(base, base + length * width, ...numbers);
        for (let k = 0; k < results.length; k++) {
          const start = first + k * blockLength;
          results[k].set(memory.subarray(start, start + length), done);
        }
      }
      return true;
    } finally {
      arena.release(mark);
    }
  };
}

import { allocate, type Dtype } from "../../dtype.ts";
import type { MatrixData } from "../matrix.ts";
import type { Arena } from "../wasm/arena.ts";
import { type RunKernels, runKernels } from "../wasm/runs/kernels.ts";
import type { Runs } from "./geometry.ts";

/** Room for numbers: they begin at `start` of an array that may be another one after more room was made. */
export interface Region {
  readonly data: MatrixData;
  readonly start: number;
}

/** A part of runs: some of the inner positions, or some elements of each run. */
export interface Part {
  readonly first: number;
  readonly count: number;
  readonly firstElement: number;
  readonly length: number;
}

export const wholeOf = ({ inners, length }: Runs): Part => ({
  first: 0,
  count: inners.length,
  firstElement: 0,
  length,
});

/** Runs, where kernels find them. */
export interface PlacedRuns {
  readonly runs: Runs;
  readonly outers: number;
  readonly inners: number;
}

/** Scratch memory, and what moves runs of numbers within it. */
export interface Workspace {
  /** Room for so many numbers, not cleared. @throws RangeError if there is no more memory */
  room(count: number): Region;
  /** Makes runs known; the same ones are used many times. */
  place(runs: Runs): PlacedRuns;
  /** Copies runs of `apart` one behind the other into `dense`. */
  gather(apart: Region, dense: Region, placed: PlacedRuns, part: Part): void;
  /** The reverse. */
  spread(apart: Region, dense: Region, placed: PlacedRuns, part: Part): void;
  /** The reverse, adding to what is there. */
  add(apart: Region, dense: Region, placed: PlacedRuns, part: Part): void;
}

/** Ordinary arrays and plain loops: the oracle, and what is left without WebAssembly. */
export class PlainWorkspace implements Workspace {
  constructor(readonly dtype: Dtype) {}

  room(count: number): Region {
    return { data: allocate(this.dtype, count) as MatrixData, start: 0 };
  }

  place(runs: Runs): PlacedRuns {
    return { runs, outers: 0, inners: 0 };
  }

  gather(apart: Region, dense: Region, { runs }: PlacedRuns, part: Part): void {
    visitRuns(apart, dense, runs, part, (run, at) => {
      for (let i = 0; i < part.length; i++) dense.data[at + i] = apart.data[run + i * runs.step];
    });
  }

  spread(apart: Region, dense: Region, { runs }: PlacedRuns, part: Part): void {
    visitRuns(apart, dense, runs, part, (run, at) => {
      for (let i = 0; i < part.length; i++) apart.data[run + i * runs.step] = dense.data[at + i];
    });
  }

  add(apart: Region, dense: Region, { runs }: PlacedRuns, part: Part): void {
    visitRuns(apart, dense, runs, part, (run, at) => {
      for (let i = 0; i < part.length; i++) apart.data[run + i * runs.step] += dense.data[at + i];
    });
  }
}

function visitRuns(
  apart: Region,
  dense: Region,
  { outers, inners, step }: Runs,
  { first, count, firstElement, length }: Part,
  visit: (run: number, at: number) => void,
): void {
  let at = dense.start;
  for (const outer of outers) {
    for (let k = first; k < first + count; k++, at += length)
      visit(apart.start + outer + inners[k] + firstElement * step, at);
  }
}

/** The arena, and kernels that stay in it. */
class ArenaWorkspace implements Workspace {
  readonly #mark: number;
  /** Bytes of a number. */
  readonly #width: 4 | 8;

  constructor(
    readonly arena: Arena,
    readonly kernels: RunKernels,
    precision: "f32" | "f64",
  ) {
    this.#mark = arena.mark();
    this.#width = precision === "f32" ? 4 : 8;
  }

  room(count: number): Region {
    const { arena } = this;
    const width = this.#width;
    const start = arena.allocate(count * width) / width;
    return {
      get data() {
        return width === 4 ? arena.float32 : arena.float64;
      },
      start,
    };
  }

  place(runs: Runs): PlacedRuns {
    return { runs, outers: this.#table(runs.outers), inners: this.#table(runs.inners) };
  }

  gather(apart: Region, dense: Region, placed: PlacedRuns, part: Part): void {
    this.#move(this.kernels.gather, apart, dense, placed, part);
  }

  spread(apart: Region, dense: Region, placed: PlacedRuns, part: Part): void {
    this.#move(this.kernels.place, apart, dense, placed, part);
  }

  add(apart: Region, dense: Region, placed: PlacedRuns, part: Part): void {
    this.#move(this.kernels.add, apart, dense, placed, part);
  }

  release(): void {
    this.arena.release(this.#mark);
  }

  #move(kernel: RunKernels["gather"], apart: Region, dense: Region, placed: PlacedRuns, part: Part): void {
    const width = this.#width;
    const { outers, step } = placed.runs;
    const start = (apart.start + part.firstElement * step) * width;
    const inners = placed.inners + part.first * 4;
    kernel(
      start,
      dense.start * width,
      placed.outers,
      outers.length,
      inners,
      part.count,
      part.length * width,
      step * width,
    );
  }

  /** Positions in bytes. */
  #table(positions: Int32Array): number {
    const address = this.arena.allocate(positions.length * 4);
    const table = new Int32Array(this.arena.memory.buffer, address, positions.length);
    for (let k = 0; k < positions.length; k++) table[k] = positions[k] * this.#width;
    return address;
  }
}

/**
 * Computes with scratch memory in the arena.
 *
 * @returns false where there is no arena, no kernel for the element type, or not enough memory: plain loops have to compute all of it then
 */
export function inArena(
  arena: Arena | null,
  dtype: Dtype,
  compute: (workspace: Workspace, arena: Arena) => void,
): boolean {
  if (arena === null || (dtype !== "f32" && dtype !== "f64")) return false;
  const kernels = runKernels(arena, dtype);
  if (kernels === null) return false;
  const workspace = new ArenaWorkspace(arena, kernels, dtype);
  try {
    compute(workspace, arena);
    return true;
  } catch (error) {
    if (error instanceof RangeError) return false;
    throw error;
  } finally {
    workspace.release();
  }
}

import { dtypeOf } from "../dtype.ts";
import { sizeOf } from "../shape.ts";
import { ImageColumns } from "./convolution/columns.ts";
import { Exchange } from "./convolution/exchange.ts";
import { Filtering } from "./convolution/filtering.ts";
import type { Convolution } from "./convolution/work.ts";
import { inArena, PlainWorkspace, type Workspace } from "./convolution/workspace.ts";
import { batchedGemm } from "./gemm.ts";
import type { MatrixBatch, MatrixData } from "./matrix.ts";
import { type Arena, sharedArena } from "./wasm/arena.ts";
import { type FilterKernels, filterKernels } from "./wasm/windows/kernels.ts";

export type { Slide } from "./convolution/geometry.ts";
export type { Convolution } from "./convolution/work.ts";

/** From so many numbers in the columns on, kernels take less time with their copies than plain loops do. */
const leastNumbers = 600;

/** So few filters in a group leave a tile of a matrix product mostly empty: *measured*. */
const fewFilters = 2;

/** Everything of one convolution: the matrices of a product are the filters, the columns, and what is on the other side of these. */
class Task {
  readonly columns: ImageColumns;
  readonly exchange: Exchange;
  readonly groups: readonly number[];
  /** Of the filters of one group. */
  readonly height: number;
  readonly depth: number;

  constructor(
    readonly workspace: Workspace,
    work: Convolution,
    width: number,
  ) {
    this.columns = new ImageColumns(workspace, work.slides, work.channels, work.batch, width);
    this.exchange = new Exchange(workspace, work, this.columns.windows, this.columns.blocks);
    this.groups = [work.groups];
    this.height = work.filters / work.groups;
    this.depth = this.columns.rows / work.groups;
  }
}

/** Convolves by products of filters and columns, block by block: the columns of a whole batch are never there at once. */
export class Convolver {
  readonly #findArena: () => Arena | null;
  readonly #product: typeof batchedGemm;

  readonly #least: number;

  constructor(findArena: () => Arena | null, product: typeof batchedGemm, least = leastNumbers) {
    this.#findArena = findArena;
    this.#product = product;
    this.#least = least;
  }

  /** `out [batch, filters, ...windows]` is assigned the product of each filter with each window of `x`; its sums begin with the bias [filters]. */
  forward(
    work: Convolution,
    x: MatrixData,
    weight: MatrixBatch,
    out: MatrixData,
    bias: MatrixData | null = null,
  ): void {
    if (this.#filter(work, out, (filtering, kernels) => filtering.find(kernels, x, weight, out, bias)))
      return;
    this.#run(work, out, ({ columns, exchange, groups, height, depth }) => {
      for (const block of columns.blocks) {
        const seen = columns.matrices(columns.read(x, block), block, depth, false);
        const { data, start } = exchange.target(out, block);
        if (bias !== null) fillRows(data, start, bias, block.columns);
        this.#product(groups, height, block.columns, depth, weight, seen, data, start, bias !== null);
        exchange.write(out, block);
      }
    });
  }

  /**
   * The adjoint in the images: `out [batch, channels, ...]` is assigned the sum of all filters, weighed by `g` and put at their windows.
   *
   * @param weight transposed: [groups, channels / groups · window, filters / groups]
   */
  toImages(work: Convolution, g: MatrixData, weight: MatrixBatch, out: MatrixData): void {
    if (this.#filter(work, out, (filtering, kernels) => filtering.toImages(kernels, g, weight, out))) return;
    this.#run(work, out, ({ columns, exchange, groups, height, depth }) => {
      for (const block of columns.blocks) {
        const { data, start } = columns.target(out, block);
        this.#product(groups, depth, block.columns, height, weight, exchange.read(g, block), data, start);
        columns.write(out, block);
      }
    });
  }

  /** The adjoint in the filters: `out`, in their shape, is assigned the sum of all windows of `x`, weighed by `g`. */
  toFilters(work: Convolution, x: MatrixData, g: MatrixData, out: MatrixData): void {
    if (this.#filter(work, out, (filtering, kernels) => filtering.toFilters(kernels, x, g, out))) return;
    this.#run(work, out, ({ workspace, columns, exchange, groups, height, depth }) => {
      const sum = workspace.room(out.length);
      columns.blocks.forEach((block, k) => {
        const seen = columns.matrices(columns.read(x, block), block, depth, true);
        const weighed = exchange.read(g, block);
        this.#product(groups, height, depth, block.columns, weighed, seen, sum.data, sum.start, k > 0);
      });
      if (columns.blocks.length === 0) out.fill(0);
      else out.set(sum.data.subarray(sum.start, sum.start + out.length));
    });
  }

  #run(work: Convolution, out: MatrixData, compute: (task: Task) => void): void {
    const dtype = dtypeOf(out);
    const arena = this.#isLarge(work) ? this.#findArena() : null;
    const run = (workspace: Workspace): void => compute(new Task(workspace, work, out.BYTES_PER_ELEMENT));
    if (!inArena(arena, dtype, run)) run(new PlainWorkspace(dtype));
  }

  /** Where groups have few filters and there are kernels for them; says whether it was so. */
  #filter(
    work: Convolution,
    out: MatrixData,
    compute: (filtering: Filtering, kernels: FilterKernels) => void,
  ): boolean {
    const dtype = dtypeOf(out);
    if (work.filters > fewFilters * work.groups || dtype === "i32" || !this.#isLarge(work)) return false;
    const arena = this.#findArena();
    const kernels = arena === null ? null : filterKernels(arena, dtype as "f32" | "f64");
    if (kernels === null) return false;
    return inArena(arena, dtype, (workspace) => {
      compute(new Filtering(workspace, work, out.BYTES_PER_ELEMENT), kernels);
    });
  }

  #isLarge({ slides, batch, channels }: Convolution): boolean {
    return batch * channels * sizeOf(slides.map(({ size, count }) => size * count)) >= this.#least;
  }
}

function fillRows(data: MatrixData, start: number, numbers: MatrixData, length: number): void {
  for (let k = 0; k < numbers.length; k++)
    data.fill(numbers[k], start + k * length, start + (k + 1) * length);
}

const shared = /* @__PURE__ */ new Convolver(sharedArena, batchedGemm);

/** The convolver that all operations share. */
export const convolver = (): Convolver => shared;

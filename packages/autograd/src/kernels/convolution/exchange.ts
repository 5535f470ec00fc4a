import type { MatrixBatch, MatrixData } from "../matrix.ts";
import type { Block } from "./blocks.ts";
import type { Region, Workspace } from "./workspace.ts";

/** Shorter runs are copied faster number by number. */
const longRun = 24;

/** Arrays [batch, filters, windows], of which a product takes and makes parts as [filters, images · windows]. */
export class Exchange {
  readonly #filters: number;
  readonly #groups: number;
  readonly #windows: number;
  readonly #staged: Region;

  constructor(
    workspace: Workspace,
    { filters, groups }: { readonly filters: number; readonly groups: number },
    windows: number,
    blocks: readonly Block[],
  ) {
    this.#filters = filters;
    this.#groups = groups;
    this.#windows = windows;
    const staged = blocks.filter((block) => !this.#isWhole(block)).map(({ columns }) => columns);
    this.#staged = workspace.room(filters * Math.max(0, ...new Set(staged)));
  }

  /** A part as the matrices of a product. */
  read(data: MatrixData, block: Block): MatrixBatch {
    const height = this.#filters / this.#groups;
    const isTogether = block.images === 1;
    if (!isTogether) this.#copy(data, block, true);
    const rowStride = isTogether ? this.#windows : block.columns;
    return {
      data: isTogether ? data : this.#staged.data,
      offset: isTogether ? this.#startOf(block) : this.#staged.start,
      rowStride,
      columnStride: 1,
      batchStrides: [height * rowStride],
    };
  }

  /** Where a part is to be computed, for `write`. */
  target(out: MatrixData, block: Block): Region {
    return this.#isWhole(block) ? { data: out, start: this.#startOf(block) } : this.#staged;
  }

  write(out: MatrixData, block: Block): void {
    if (!this.#isWhole(block)) this.#copy(out, block, false);
  }

  #isWhole({ images, columns }: Block): boolean {
    return images === 1 && columns === this.#windows;
  }

  #startOf({ firstImage, firstWindow }: Block): number {
    return firstImage * this.#filters * this.#windows + firstWindow;
  }

  #copy(data: MatrixData, block: Block, inwards: boolean): void {
    const { data: memory, start } = this.#staged;
    const length = block.columns / block.images;
    for (let filter = 0; filter < this.#filters; filter++) {
      for (let image = 0; image < block.images; image++) {
        const inside = start + filter * block.columns + image * length;
        const outside = this.#startOf(block) + (image * this.#filters + filter) * this.#windows;
        if (inwards) copyRun(memory, inside, data, outside, length);
        else copyRun(data, outside, memory, inside, length);
      }
    }
  }
}

function copyRun(to: MatrixData, toStart: number, from: MatrixData, fromStart: number, length: number): void {
  if (length > longRun) to.set(from.subarray(fromStart, fromStart + length), toStart);
  else for (let i = 0; i < length; i++) to[toStart + i] = from[fromStart + i];
}

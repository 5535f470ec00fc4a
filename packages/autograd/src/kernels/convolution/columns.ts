import { sizeOf } from "../../shape.ts";
import type { MatrixBatch, MatrixData } from "../matrix.ts";
import { type Block, blocksOf } from "./blocks.ts";
import { imageRuns, isPadded, reachOf, type Slide, windowRuns } from "./geometry.ts";
import { type PlacedRuns, type Region, type Workspace, wholeOf } from "./workspace.ts";

/** Bytes of columns that are dealt with at once: with all that is computed from them they stay in the second-level cache. */
const blockBytes = 524_288;

/** No block has fewer columns than this for the sake of its size. */
const leastColumns = 128;

/**
 * Images, a few at a time, and the windows that slide over them as columns of a matrix [channels · window, images · windows].
 *
 * Windows of one element that go over every element need no copies: there an image is the matrix.
 */
export class ImageColumns {
  readonly blocks: readonly Block[];
  /** The rows of the matrix. */
  readonly rows: number;
  /** Windows of one image. */
  readonly windows: number;
  readonly #workspace: Workspace;
  readonly #imageSize: number;
  /** The numbers of an image with the zeros around it. */
  readonly #reach: number;
  readonly #isIdentity: boolean;
  readonly #window: PlacedRuns;
  /** Null where there are no zeros around an image. */
  readonly #inside: { readonly placed: PlacedRuns; readonly staged: Region } | null = null;
  readonly #images: Region;
  readonly #columns: Region;

  constructor(
    workspace: Workspace,
    slides: readonly Slide[],
    channels: number,
    batch: number,
    width: number,
  ) {
    this.#workspace = workspace;
    this.rows = channels * sizeOf(slides.map(({ size }) => size));
    this.windows = sizeOf(slides.map(({ count }) => count));
    this.#imageSize = channels * sizeOf(slides.map(({ extent }) => extent));
    this.#reach = channels * sizeOf(reachOf(slides));
    const padded = isPadded(slides);
    this.#isIdentity = slides.every(
      ({ extent, size, stride, count, before }) =>
        size === 1 && stride === 1 && before === 0 && count === extent,
    );
    const most = Math.max(leastColumns, Math.floor(blockBytes / (this.rows * width)));
    this.blocks = this.#isIdentity
      ? blocksOf(batch, windowRuns(slides, channels, 1), this.windows)
      : blocksOf(batch, windowRuns(slides, channels, 1), most);
    const together = this.blocks.reduce((most, { images }) => Math.max(most, images), 0);
    const columns = this.blocks.reduce((most, block) => Math.max(most, block.columns), 0);
    this.#window = workspace.place(windowRuns(slides, channels, together));
    if (padded)
      this.#inside = {
        placed: workspace.place(imageRuns(slides, channels)),
        staged: workspace.room(this.#imageSize),
      };
    this.#images = workspace.room(this.#isIdentity ? 0 : together * this.#reach);
    this.#columns = workspace.room(this.#isIdentity ? 0 : columns * this.rows);
    if (padded) this.#clear(together);
  }

  /** The columns of a block. */
  read(data: MatrixData, block: Block): Region {
    const start = block.firstImage * this.#imageSize;
    if (this.#isIdentity) return { data, start };
    if (block.firstWindow === 0) this.#load(data, start, block.images);
    this.#workspace.gather(this.#images, this.#columns, this.#window, block.part);
    return this.#columns;
  }

  /** The columns of each group, or these transposed, as the matrices of a product. */
  matrices(region: Region, { columns }: Block, depth: number, transposed: boolean): MatrixBatch {
    const [rowStride, columnStride] = transposed ? [1, columns] : [columns, 1];
    return {
      data: region.data,
      offset: region.start,
      rowStride,
      columnStride,
      batchStrides: [depth * columns],
    };
  }

  /** Where the columns of a block are written before `write` adds them to the images of `out`. */
  target(out: MatrixData, block: Block): Region {
    return this.#isIdentity ? { data: out, start: block.firstImage * this.#imageSize } : this.#columns;
  }

  write(out: MatrixData, block: Block): void {
    if (this.#isIdentity) return;
    if (block.firstWindow === 0) this.#clear(block.images);
    this.#workspace.add(this.#images, this.#columns, this.#window, block.part);
    const isLast = block.images > 1 || block.firstWindow + block.columns === this.windows;
    if (isLast) this.#store(out, block.firstImage * this.#imageSize, block.images);
  }

  #clear(images: number): void {
    const { data, start } = this.#images;
    data.fill(0, start, start + images * this.#reach);
  }

  #load(data: MatrixData, start: number, images: number): void {
    const size = this.#imageSize;
    const target = this.#images;
    if (this.#inside === null) {
      target.data.set(data.subarray(start, start + images * size), target.start);
      return;
    }
    const { placed, staged } = this.#inside;
    for (let k = 0; k < images; k++) {
      staged.data.set(data.subarray(start + k * size, start + (k + 1) * size), staged.start);
      this.#workspace.spread(this.#imageAt(k), staged, placed, wholeOf(placed.runs));
    }
  }

  #store(out: MatrixData, start: number, images: number): void {
    const size = this.#imageSize;
    const { data, start: from } = this.#images;
    if (this.#inside === null) {
      out.set(data.subarray(from, from + images * size), start);
      return;
    }
    const { placed, staged } = this.#inside;
    for (let k = 0; k < images; k++) {
      this.#workspace.gather(this.#imageAt(k), staged, placed, wholeOf(placed.runs));
      out.set(staged.data.subarray(staged.start, staged.start + size), start + k * size);
    }
  }

  #imageAt(position: number): Region {
    const { data, start } = this.#images;
    return { data, start: start + position * this.#reach };
  }
}

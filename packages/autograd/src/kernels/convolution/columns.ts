import { sizeOf } from "../../shape.ts";
import type { MatrixBatch, MatrixData } from "../matrix.ts";
import { type Block, blocksOf } from "./blocks.ts";
import { type Slide, windowRuns } from "./geometry.ts";
import { Images } from "./images.ts";
import type { PlacedRuns, Region, Workspace } from "./workspace.ts";

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
  readonly #isIdentity: boolean;
  readonly #window: PlacedRuns;
  readonly #images: Images;
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
    this.#images = new Images(workspace, slides, channels, this.#isIdentity ? 0 : together);
    this.#columns = workspace.room(this.#isIdentity ? 0 : columns * this.rows);
  }

  /** The columns of a block. */
  read(data: MatrixData, block: Block): Region {
    if (this.#isIdentity) return this.#imageOf(data, block);
    if (block.firstWindow === 0) this.#images.load(data, block.firstImage, block.images);
    this.#workspace.gather(this.#images.region, this.#columns, this.#window, block.part);
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
    return this.#isIdentity ? this.#imageOf(out, block) : this.#columns;
  }

  write(out: MatrixData, block: Block): void {
    if (this.#isIdentity) return;
    if (block.firstWindow === 0) this.#images.clear(block.images);
    this.#workspace.add(this.#images.region, this.#columns, this.#window, block.part);
    const isLast = block.images > 1 || block.firstWindow + block.columns === this.windows;
    if (isLast) this.#images.store(out, block.firstImage, block.images);
  }

  #imageOf(data: MatrixData, { firstImage }: Block): Region {
    return { data, start: firstImage * this.#images.size };
  }
}

import { sizeOf } from "../../shape.ts";
import type { MatrixBatch, MatrixData } from "../matrix.ts";
import type { FilterKernels } from "../wasm/windows/kernels.ts";
import { reachOf, windowRuns } from "./geometry.ts";
import { Images, largestPart } from "./images.ts";
import type { Convolution } from "./work.ts";
import type { PlacedRuns, Region, Workspace } from "./workspace.ts";

/** What a kernel reads and writes behind what counts, in numbers for each step between windows. */
const slack = 16;

/** Bytes of the images of some groups that are dealt with at once. */
const blockBytes = 131_072;

/**
 * Convolution filter by filter, some groups of an image at a time, without columns: where a group has so few filters that most of a matrix product would be empty,
 * such as one for each channel.
 */
export class Filtering {
  readonly #work: Convolution;
  /** So many groups are dealt with at once. */
  readonly #together: number;
  readonly #width: number;
  readonly #workspace: Workspace;
  readonly #images: Images;
  readonly #runs: PlacedRuns;
  /** Elements of a window. */
  readonly #depth: number;
  /** What the filters of these groups find in an image. */
  readonly #size: number;
  readonly #found: Region;

  /** @param workspace in the arena of the kernels */
  constructor(workspace: Workspace, work: Convolution, width: number) {
    const { slides, channels, groups, filters } = work;
    this.#work = work;
    this.#width = width;
    this.#workspace = workspace;
    const bytes = (channels / groups) * sizeOf(reachOf(slides)) * width;
    this.#together = largestPart(groups, blockBytes / bytes);
    this.#images = new Images(workspace, slides, (channels / groups) * this.#together, 1);
    this.#runs = workspace.place(windowRuns(slides, channels / groups, 1));
    this.#depth = this.#runs.runs.outers.length;
    this.#size = ((filters * this.#together) / groups) * sizeOf(slides.map(({ count }) => count));
    workspace.room(slack * this.#runs.runs.step);
    this.#found = workspace.room(this.#size + slack);
  }

  find(
    { find }: FilterKernels,
    x: MatrixData,
    weight: MatrixBatch,
    out: MatrixData,
    bias: MatrixData | null,
  ): void {
    const weights = this.#bring(weight);
    const { data, start } = this.#found;
    const windows = sizeOf(this.#work.slides.map(({ count }) => count));
    for (let image = 0; image < this.#parts; image++) {
      this.#images.load(x, image, 1);
      this.#eachFilter(image, find, weights, this.#depth);
      const first = this.#firstFilter(image);
      for (let k = 0; bias !== null && k < this.#size; k++)
        data[start + k] += bias[first + Math.floor(k / windows)];
      out.set(data.subarray(start, start + this.#size), image * this.#size);
    }
  }

  /** @param weight transposed */
  toImages({ add }: FilterKernels, g: MatrixData, weight: MatrixBatch, out: MatrixData): void {
    const { rowStride, columnStride } = weight;
    const weights = this.#bring({ ...weight, rowStride: columnStride, columnStride: rowStride });
    for (let image = 0; image < this.#parts; image++) {
      this.#images.clear(1);
      this.#load(g, image);
      this.#eachFilter(image, add, weights, this.#depth);
      this.#images.store(out, image, 1);
    }
  }

  toFilters({ weigh }: FilterKernels, x: MatrixData, g: MatrixData, out: MatrixData): void {
    const lanes = 16 / this.#width;
    const parts = this.#workspace.room(out.length * lanes);
    const { data, start } = parts;
    data.fill(0, start, start + out.length * lanes);
    for (let image = 0; image < this.#parts; image++) {
      this.#images.load(x, image, 1);
      this.#load(g, image);
      this.#eachFilter(image, weigh, parts, this.#depth * lanes);
    }
    for (let k = 0; k < out.length; k++) {
      let sum = 0;
      for (let lane = 0; lane < lanes; lane++) sum += data[start + k * lanes + lane];
      out[k] = sum;
    }
  }

  /** The images of all groups that are dealt with at once. */
  get #parts(): number {
    return (this.#work.batch * this.#work.groups) / this.#together;
  }

  #firstFilter(image: number): number {
    const { filters, groups } = this.#work;
    return (((image * this.#together) % groups) * filters) / groups;
  }

  #eachFilter(image: number, kernel: FilterKernels["find"], weights: Region, step: number): void {
    const { filters, groups } = this.#work;
    const { outers, inners, runs } = this.#runs;
    const width = this.#width;
    const height = filters / groups;
    const count = height * this.#together;
    const [group, found] = [this.#images.reach / this.#together, this.#size / count];
    const first = this.#firstFilter(image);
    for (let filter = 0; filter < count; filter++) {
      kernel(
        (this.#images.region.start + Math.floor(filter / height) * group) * width,
        (weights.start + (first + filter) * step) * width,
        (this.#found.start + filter * found) * width,
        outers,
        this.#depth,
        inners,
        runs.inners.length,
        runs.length * width,
        runs.step * width,
      );
    }
  }

  #load(g: MatrixData, image: number): void {
    this.#found.data.set(g.subarray(image * this.#size, (image + 1) * this.#size), this.#found.start);
  }

  #bring({ data, offset, rowStride, columnStride, batchStrides }: MatrixBatch): Region {
    const { filters, groups } = this.#work;
    const region = this.#workspace.room(filters * this.#depth);
    const height = filters / groups;
    let at = region.start;
    for (let group = 0; group < groups; group++) {
      for (let row = 0; row < height; row++) {
        const from = offset + group * batchStrides[0] + row * rowStride;
        for (let k = 0; k < this.#depth; k++) region.data[at++] = data[from + k * columnStride];
      }
    }
    return region;
  }
}

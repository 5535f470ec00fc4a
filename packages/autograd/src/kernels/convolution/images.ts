import { sizeOf } from "../../shape.ts";
import type { MatrixData } from "../matrix.ts";
import { imageRuns, isPadded, reachOf, type Slide } from "./geometry.ts";
import { type PlacedRuns, type Region, type Workspace, wholeOf } from "./workspace.ts";

/** Some images of a batch with the zeros around them that windows reach, in scratch memory. */
export class Images {
  /** The numbers of an image, and those with the zeros around it. */
  readonly size: number;
  readonly reach: number;
  readonly region: Region;
  readonly #workspace: Workspace;
  /** Null where there are no zeros around an image. */
  readonly #inside: { readonly placed: PlacedRuns; readonly staged: Region } | null = null;

  /** @param most so many at once */
  constructor(workspace: Workspace, slides: readonly Slide[], channels: number, most: number) {
    this.#workspace = workspace;
    this.size = channels * sizeOf(slides.map(({ extent }) => extent));
    this.reach = channels * sizeOf(reachOf(slides));
    if (isPadded(slides))
      this.#inside = {
        placed: workspace.place(imageRuns(slides, channels)),
        staged: workspace.room(this.size),
      };
    this.region = workspace.room(most * this.reach);
    if (this.#inside !== null) this.clear(most);
  }

  /** Brings so many images, from one of the batch on. */
  load(data: MatrixData, first: number, count: number): void {
    const { size, region } = this;
    const start = first * size;
    if (this.#inside === null) {
      region.data.set(data.subarray(start, start + count * size), region.start);
      return;
    }
    const { placed, staged } = this.#inside;
    for (let k = 0; k < count; k++) {
      staged.data.set(data.subarray(start + k * size, start + (k + 1) * size), staged.start);
      this.#workspace.spread(this.#at(k), staged, placed, wholeOf(placed.runs));
    }
  }

  /** Takes so many images out. */
  store(out: MatrixData, first: number, count: number): void {
    const { size, region } = this;
    const start = first * size;
    if (this.#inside === null) {
      out.set(region.data.subarray(region.start, region.start + count * size), start);
      return;
    }
    const { placed, staged } = this.#inside;
    for (let k = 0; k < count; k++) {
      this.#workspace.gather(this.#at(k), staged, placed, wholeOf(placed.runs));
      out.set(staged.data.subarray(staged.start, staged.start + size), start + k * size);
    }
  }

  clear(count: number): void {
    const { data, start } = this.region;
    data.fill(0, start, start + count * this.reach);
  }

  #at(position: number): Region {
    const { data, start } = this.region;
    return { data, start: start + position * this.reach };
  }
}

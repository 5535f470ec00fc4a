import { sizeOf } from "../../shape.ts";
import type { MatrixData } from "../matrix.ts";
import { imageRuns, isPadded, reachOf, type Slide } from "./geometry.ts";
import { type PlacedRuns, type Region, type Workspace, wholeOf } from "./workspace.ts";

/** Numbers that are on their way between zeros at once: they stay in the second-level cache. */
const stagedNumbers = 16_384;

/** Some images of a batch with the zeros around them that windows reach, in scratch memory. */
export class Images {
  /** The numbers of an image, and those with the zeros around it. */
  readonly size: number;
  readonly reach: number;
  readonly region: Region;
  readonly #workspace: Workspace;
  /** Some channels, on their way to between the zeros; null where there are no zeros around an image. */
  readonly #inside: Inside | null = null;

  /** @param most so many at once */
  constructor(workspace: Workspace, slides: readonly Slide[], channels: number, most: number) {
    this.#workspace = workspace;
    this.size = channels * sizeOf(slides.map(({ extent }) => extent));
    this.reach = channels * sizeOf(reachOf(slides));
    const padded = isPadded(slides);
    if (padded && this.size > 0) {
      const together = largestPart(channels, (stagedNumbers * channels) / this.size);
      const [size, reach] = [(this.size * together) / channels, (this.reach * together) / channels];
      const placed = workspace.place(imageRuns(slides, together));
      this.#inside = { placed, staged: workspace.room(size), size, reach };
    }
    this.region = workspace.room(most * this.reach);
    if (padded) this.clear(most);
  }

  /** Brings so many images, from one of the batch on. */
  load(data: MatrixData, first: number, count: number): void {
    const { size, region } = this;
    const start = first * size;
    if (this.#inside === null) {
      region.data.set(data.subarray(start, start + count * size), region.start);
      return;
    }
    const { placed, staged, ...part } = this.#inside;
    for (let at = 0, k = 0; at < count * size; at += part.size, k++) {
      staged.data.set(data.subarray(start + at, start + at + part.size), staged.start);
      this.#workspace.spread(this.#at(k * part.reach), staged, placed, wholeOf(placed.runs));
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
    const { placed, staged, ...part } = this.#inside;
    for (let at = 0, k = 0; at < count * size; at += part.size, k++) {
      this.#workspace.gather(this.#at(k * part.reach), staged, placed, wholeOf(placed.runs));
      out.set(staged.data.subarray(staged.start, staged.start + part.size), start + at);
    }
  }

  clear(count: number): void {
    const { data, start } = this.region;
    data.fill(0, start, start + count * this.reach);
  }

  #at(position: number): Region {
    const { data, start } = this.region;
    return { data, start: start + position };
  }
}

interface Inside {
  readonly placed: PlacedRuns;
  readonly staged: Region;
  readonly size: number;
  readonly reach: number;
}

/** The largest divisor of a number of channels or groups that is not above `most`; 1 at least. */
export function largestPart(count: number, most: number): number {
  for (let parts = 1; parts < count; parts++)
    if (count % parts === 0 && count / parts <= most) return count / parts;
  return 1;
}

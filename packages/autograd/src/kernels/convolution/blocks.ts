import type { Runs } from "./geometry.ts";
import type { Part } from "./workspace.ts";

/** Some windows of some images: of one image a part, of several all. */
export interface Block {
  readonly firstImage: number;
  readonly images: number;
  /** The first of the windows of the image. */
  readonly firstWindow: number;
  /** How many windows there are, over all images. */
  readonly columns: number;
  /** The same as a part of the runs of several images. */
  readonly part: Part;
}

/**
 * Cuts a batch so that no block has more columns than `most`, where that can be; an image is cut between runs, and a run as the last resort.
 *
 * @param runs of the windows of one image
 */
export function blocksOf(batch: number, { inners, length }: Runs, most: number): Block[] {
  const windows = inners.length * length;
  if (windows === 0) return [];
  const blocks: Block[] = [];
  if (windows <= most) {
    const together = Math.floor(most / windows);
    for (let firstImage = 0; firstImage < batch; firstImage += together) {
      const images = Math.min(together, batch - firstImage);
      const part = { first: 0, count: images * inners.length, firstElement: 0, length };
      blocks.push({ firstImage, images, firstWindow: 0, columns: images * windows, part });
    }
    return blocks;
  }
  const parts: Part[] = [];
  const runs = Math.max(1, Math.floor(most / length));
  const elements = runs > 1 ? length : Math.min(length, most);
  for (let first = 0; first < inners.length; first += runs) {
    const count = Math.min(runs, inners.length - first);
    for (let firstElement = 0; firstElement < length; firstElement += elements)
      parts.push({ first, count, firstElement, length: Math.min(elements, length - firstElement) });
  }
  for (let firstImage = 0; firstImage < batch; firstImage++) {
    for (const part of parts) {
      const firstWindow = part.first * length + part.firstElement;
      blocks.push({ firstImage, images: 1, firstWindow, columns: part.count * part.length, part });
    }
  }
  return blocks;
}

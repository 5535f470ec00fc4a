import type { Lanes } from "../lanes.ts";

/** The part of the result that a micro-kernel keeps in registers. */
export interface Tile {
  readonly lanes: Lanes;
  readonly rows: number;
  /** Vectors in a row. */
  readonly vectors: number;
}

/** Numbers in a row of the tile. */
export function columnsOf({ lanes, vectors }: Tile): number {
  return lanes.count * vectors;
}

/**
 * The depth of a packed block: a panel of the right operand stays in the first-level cache.
 *
 * *Measured* against half of it: results of 1024 x 1024, which are taken up again for each block, take a tenth less time.
 */
export const blockDepth = 512;

/** The rows of the left operand that are used again before the next block: with that depth, they fit in the second-level cache. */
export function blockRowsOf({ rows }: Tile): number {
  return Math.floor(128 / rows) * rows;
}

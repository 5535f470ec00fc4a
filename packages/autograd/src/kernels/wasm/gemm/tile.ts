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

/** The depth of a packed block: a panel of either operand then fits in the first-level cache. */
export const blockDepth = 256;

/** The rows of the left operand that are used again before the next block: with that depth, they fit in the second-level cache. */
export function blockRowsOf({ rows }: Tile): number {
  return Math.floor(256 / rows) * rows;
}

export { atleast1d, atleast2d, atleast3d } from "./atleast.ts";
export { blockDiag } from "./block-diag.ts";
export { diag, diagEmbed, diagflat, diagonal } from "./diagonal.ts";
export { cartesianProd, type GridIndexing, meshgrid } from "./grid.ts";
export { movedim } from "./movedim.ts";
export {
  broadcastTensors,
  expand,
  flatten,
  permute,
  reshape,
  squeeze,
  transpose,
  unflatten,
  unsqueeze,
} from "./movement.ts";
export { pixelShuffle, pixelUnshuffle } from "./pixel-shuffle.ts";
export { roll, rot90 } from "./roll.ts";
export { select } from "./select.ts";
export { concat, flip, narrow, pad, type Range, slice } from "./slice.ts";
export { chunk, dsplit, hsplit, split, tensorSplit, unbind, vsplit } from "./split.ts";
export { columnStack, dstack, hstack, stack, vstack } from "./stack.ts";
export { tile } from "./tile.ts";
export { tril, triu } from "./triangle.ts";
export { vander } from "./vander.ts";

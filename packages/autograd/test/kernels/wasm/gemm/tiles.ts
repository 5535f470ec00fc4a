import { Arena } from "../../../../src/kernels/wasm/arena.ts";
import { instantiate } from "../../../../src/kernels/wasm/assembler/instantiate.ts";
import { type GemmKernels, gemmModule } from "../../../../src/kernels/wasm/gemm/kernels.ts";
import type { Tile } from "../../../../src/kernels/wasm/gemm/tile.ts";
import { f32Lanes, f64Lanes } from "../../../../src/kernels/wasm/lanes.ts";
import { host } from "../assembler/run-term.ts";

/** Tiles of every shape that some machine uses, and one that none does. */
export const tiles: readonly (readonly [string, Tile])[] = [
  ["f32 4x8", { lanes: f32Lanes, rows: 4, vectors: 2 }],
  ["f64 4x4", { lanes: f64Lanes, rows: 4, vectors: 2 }],
  ["f32 6x8", { lanes: f32Lanes, rows: 6, vectors: 2 }],
  ["f64 6x4", { lanes: f64Lanes, rows: 6, vectors: 2 }],
  ["f32 3x12", { lanes: f32Lanes, rows: 3, vectors: 3 }],
];

export function kernelsOf(tile: Tile, arena = new Arena(host)): GemmKernels {
  return { ...instantiate(host, gemmModule(tile), arena.memory), arena, tile };
}

/** The arrays of the numbers that a tile computes with. */
export function arrayOf({ lanes }: Tile): new (length: number) => Float32Array | Float64Array {
  return lanes.width === 4 ? Float32Array : Float64Array;
}

import { block, branchIf, loop } from "../assembler/control.ts";
import { func } from "../assembler/func.ts";
import * as i32 from "../assembler/instructions/i32.ts";
import * as v128 from "../assembler/instructions/v128.ts";
import { local, locals, set } from "../assembler/local.ts";
import type { Local, Statement } from "../assembler/term.ts";
import type { Tile } from "./tile.ts";

const range = (length: number): number[] => Array.from({ length }, (_, k) => k);

/** Steps of the depth in one turn of the loop. */
const unrolled = 2;

/**
 * One tile of the result, held in registers: `c [rows, columns] = seed + a [rows, depth] b [depth, columns]`.
 *
 * `a` and `b` are packed panels: for each step of the depth the tile's rows of `a` side by side, and its columns of `b`.
 * The depth is at least 1; `rowStride` and `seedStride`, in bytes, lead from one row of `c` and of `seed` to the next.
 *
 * @param vectors how many of the tile's vectors in a row are computed, from the first on
 */
export function microKernel({ lanes, rows, vectors: panelVectors }: Tile, vectors = panelVectors) {
  const [a, b, c, rowStride, depth, seed, seedStride] = locals(
    "i32",
    "a",
    "b",
    "c",
    "rowStride",
    "depth",
    "seed",
    "seedStride",
  );
  const sums = range(rows).map((r) => range(vectors).map((v) => local("v128", `sum${r}${v}`)));
  const right = range(vectors).map((v) => local("v128", `right${v}`));
  const left = local("v128", "left");
  const row = local("i32", "row");

  const stepA = rows * lanes.width;
  const stepB = panelVectors * 16;

  const multiply = (k: number): Statement[] => [
    ...right.map((vector, v) => set(vector, v128.load(b, k * stepB + v * 16))),
    ...sums.flatMap((sumsOfRow, r) => [
      set(left, lanes.loadSplat(a, k * stepA + r * lanes.width)),
      ...sumsOfRow.map((sum, v) => set(sum, lanes.multiplyAdd(left, right[v], sum))),
    ]),
    set(depth, i32.sub(depth, 1)),
  ];

  /** Goes down the rows of the tile in memory. */
  const eachRow = (
    start: Local<"i32">,
    stride: Local<"i32">,
    visit: (sumsOfRow: (typeof sums)[0]) => Statement[],
  ): Statement[] => [
    set(row, start),
    ...sums.flatMap((sumsOfRow, r) => [
      ...(r === 0 ? [] : [set(row, i32.add(row, stride))]),
      ...visit(sumsOfRow),
    ]),
  ];

  // The exit after every step serves an odd depth. It also keeps engines from moving all loads of a turn to its front,
  // where they need more registers than there are: unrolled without exits this loop runs at half the speed.
  const sumUp = block((exit) => [
    loop((again) => [
      ...range(unrolled).flatMap((k) =>
        k === 0 ? multiply(k) : [branchIf(exit, i32.eqz(depth)), ...multiply(k)],
      ),
      set(a, i32.add(a, unrolled * stepA)),
      set(b, i32.add(b, unrolled * stepB)),
      branchIf(again, depth),
    ]),
  ]);

  return func({
    name: `microKernel${vectors}`,
    parameters: [a, b, c, rowStride, depth, seed, seedStride],
    body: [
      ...eachRow(seed, seedStride, (sumsOfRow) =>
        sumsOfRow.map((sum, v) => set(sum, v128.load(row, v * 16))),
      ),
      sumUp,
      ...eachRow(c, rowStride, (sumsOfRow) => sumsOfRow.map((sum, v) => v128.store(row, sum, v * 16))),
    ],
  });
}

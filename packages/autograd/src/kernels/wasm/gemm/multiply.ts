import { i32x4Constant } from "../assembler/constant.ts";
import { when } from "../assembler/control.ts";
import { countedLoop } from "../assembler/counted-loop.ts";
import { call, func } from "../assembler/func.ts";
import type { Operand } from "../assembler/instruction.ts";
import * as i32 from "../assembler/instructions/i32.ts";
import * as v128 from "../assembler/instructions/v128.ts";
import { locals, set } from "../assembler/local.ts";
import type { Local, Statement } from "../assembler/term.ts";
import { minimum, roundUp } from "../assembler/whole-number.ts";
import { moveEdge } from "./edge.ts";
import { microKernel } from "./micro-kernel.ts";
import { blockDepth, blockRowsOf, columnsOf, type Tile } from "./tile.ts";

/**
 * The product of two packed operands: `c [rows, columns]`, row-major, is assigned `seed + a b`.
 *
 * `seed` begins the sums: `c` itself where a product is added, another row for all with a `seedStride` of 0, behind which there is room for
 * a row of the tile, or -1 for zeros. A panel of the right operand stays in the first-level cache while a block of the left one passes by,
 * which stays in the second. `scratch` has room for one tile and a row of it.
 */
export function multiply(tile: Tile) {
  const { lanes } = tile;
  const edge = moveEdge(tile);
  const width = columnsOf(tile);
  const widthBytes = width * lanes.width;
  const blockRows = blockRowsOf(tile);
  const kernels = Array.from({ length: tile.vectors }, (_, v) => microKernel(tile, v + 1));

  const [a, b, c, rows, columns, depth, seed, seedStride, scratch] = locals(
    "i32",
    "a",
    "b",
    "c",
    "rows",
    "columns",
    "depth",
    "seed",
    "seedStride",
    "scratch",
  );
  const [start, deep, firstRow, lastRow, row, column, columnsLeft] = locals(
    "i32",
    "start",
    "deep",
    "firstRow",
    "lastRow",
    "row",
    "column",
    "columnsLeft",
  );
  const [panelA, panelB, target, origin] = locals("i32", "panelA", "panelB", "target", "origin");
  const [rowStride, seedColumn] = locals("i32", "rowStride", "seedColumn");
  const [nextPanel, nextTarget, nextOrigin] = locals("i32", "nextPanel", "nextTarget", "nextOrigin");

  /** Calls the kernel that computes as many vectors in a row as the result has columns left for. */
  const kernelCall = (
    c: Local<"i32">,
    stride: number | Local<"i32">,
    seed: Local<"i32">,
    seedStride: number | Local<"i32">,
    vectors = tile.vectors,
  ): Statement => {
    const all = call(kernels[vectors - 1], panelA, panelB, c, stride, deep, seed, seedStride);
    if (vectors === 1) return all;
    const fewer = kernelCall(c, stride, seed, seedStride, vectors - 1);
    return when(i32.gtS(columnsLeft, (vectors - 1) * lanes.count), [all], [fewer]);
  };

  const rowsLeft = i32.sub(rows, row);
  const onEdge: Statement[] = [
    when(
      seedStride,
      [
        call(edge, origin, seedStride, scratch, widthBytes, rowsLeft, columnsLeft),
        kernelCall(scratch, widthBytes, scratch, widthBytes),
      ],
      [kernelCall(scratch, widthBytes, origin, 0)],
    ),
    call(edge, scratch, widthBytes, target, rowStride, rowsLeft, columnsLeft),
  ];

  /** Goes down a panel from tile to tile, the first at `row`, as far as `last`. */
  const downFrom = (last: Operand<"i32">, body: readonly Statement[]): Statement =>
    countedLoop(row, row, last, tile.rows, [
      ...body,
      set(panelA, i32.add(panelA, nextPanel)),
      set(target, i32.add(target, nextTarget)),
      set(origin, i32.add(origin, nextOrigin)),
    ]);

  const lastWhole = i32.sub(lastRow, tile.rows - 1);
  const onePanel: Statement[] = [
    set(columnsLeft, i32.sub(columns, column)),
    set(panelB, i32.add(b, i32.mul(i32.mul(column, deep), lanes.width))),
    set(panelA, i32.add(a, i32.mul(i32.mul(firstRow, deep), lanes.width))),
    set(target, i32.add(c, i32.add(i32.mul(firstRow, rowStride), i32.mul(column, lanes.width)))),
    set(origin, i32.add(seed, i32.add(i32.mul(firstRow, seedStride), i32.mul(column, seedColumn)))),
    set(row, firstRow),
    when(
      i32.geS(columnsLeft, width),
      [
        downFrom(lastWhole, [
          call(kernels[tile.vectors - 1], panelA, panelB, target, rowStride, deep, origin, seedStride),
        ]),
      ],
      [
        when(i32.eqz(i32.and(columnsLeft, lanes.count - 1)), [
          downFrom(lastWhole, [kernelCall(target, rowStride, origin, seedStride)]),
        ]),
      ],
    ),
    downFrom(lastRow, onEdge),
  ];

  const beginWithZeros: Statement[] = [
    set(seed, i32.add(scratch, tile.rows * widthBytes)),
    set(seedStride, 0),
    set(seedColumn, 0),
    ...kernels.map((_, v) => v128.store(seed, i32x4Constant(0, 0, 0, 0), v * 16)),
  ];

  return func({
    name: "multiply",
    parameters: [a, b, c, rows, columns, depth, seed, seedStride, scratch],
    body: [
      set(rowStride, i32.mul(columns, lanes.width)),
      set(seedColumn, lanes.width),
      when(i32.eq(seed, -1), beginWithZeros),
      countedLoop(start, 0, depth, blockDepth, [
        set(deep, minimum(i32.sub(depth, start), blockDepth)),
        set(nextPanel, i32.mul(deep, tile.rows * lanes.width)),
        set(nextTarget, i32.mul(rowStride, tile.rows)),
        set(nextOrigin, i32.mul(seedStride, tile.rows)),
        countedLoop(firstRow, 0, rows, blockRows, [
          set(lastRow, minimum(i32.add(firstRow, blockRows), rows)),
          countedLoop(column, 0, columns, width, onePanel),
        ]),
        set(a, i32.add(a, i32.mul(i32.mul(roundUp(rows, tile.rows), deep), lanes.width))),
        set(b, i32.add(b, i32.mul(i32.mul(roundUp(columns, width), deep), lanes.width))),
        set(seed, c),
        set(seedStride, rowStride),
        set(seedColumn, lanes.width),
      ]),
    ],
  });
}

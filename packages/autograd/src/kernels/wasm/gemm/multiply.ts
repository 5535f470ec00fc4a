import { when } from "../assembler/control.ts";
import { countedLoop } from "../assembler/counted-loop.ts";
import { call, func } from "../assembler/func.ts";
import * as i32 from "../assembler/instructions/i32.ts";
import { local, locals, set } from "../assembler/local.ts";
import { minimum, roundUp } from "../assembler/whole-number.ts";
import { moveEdge } from "./edge.ts";
import { microKernel } from "./micro-kernel.ts";
import { blockDepth, blockRowsOf, columnsOf, type Tile } from "./tile.ts";

/**
 * The product of two packed operands: `c [rows, columns]`, row-major, is assigned or added to.
 *
 * A panel of the right operand stays in the first-level cache while a block of the left one passes by, which stays in the second.
 * `scratch` has room for one tile.
 */
export function multiply(tile: Tile) {
  const { lanes } = tile;
  const kernel = microKernel(tile);
  const edge = moveEdge(tile);
  const width = columnsOf(tile);
  const blockRows = blockRowsOf(tile);

  const [a, b, c, rows, columns, depth, accumulate, scratch] = locals(
    "i32",
    "a",
    "b",
    "c",
    "rows",
    "columns",
    "depth",
    "accumulate",
    "scratch",
  );
  const [start, deep, firstRow, lastRow, row, column, panelA, panelB, target] = locals(
    "i32",
    "start",
    "deep",
    "firstRow",
    "lastRow",
    "row",
    "column",
    "panelA",
    "panelB",
    "target",
  );
  const rowStride = local("i32", "rowStride");

  const oneTile = [
    set(panelA, i32.add(a, i32.mul(i32.mul(row, deep), lanes.width))),
    set(target, i32.add(c, i32.add(i32.mul(row, rowStride), i32.mul(column, lanes.width)))),
    when(
      i32.and(i32.leS(i32.add(row, tile.rows), rows), i32.leS(i32.add(column, width), columns)),
      [call(kernel, panelA, panelB, target, rowStride, deep, accumulate)],
      [
        call(kernel, panelA, panelB, scratch, width * lanes.width, deep, 0),
        call(edge, scratch, target, rowStride, i32.sub(rows, row), i32.sub(columns, column), accumulate),
      ],
    ),
  ];

  return func({
    name: "multiply",
    parameters: [a, b, c, rows, columns, depth, accumulate, scratch],
    body: [
      set(rowStride, i32.mul(columns, lanes.width)),
      countedLoop(start, 0, depth, blockDepth, [
        set(deep, minimum(i32.sub(depth, start), blockDepth)),
        countedLoop(firstRow, 0, rows, blockRows, [
          set(lastRow, minimum(i32.add(firstRow, blockRows), rows)),
          countedLoop(column, 0, columns, width, [
            set(panelB, i32.add(b, i32.mul(i32.mul(column, deep), lanes.width))),
            countedLoop(row, firstRow, lastRow, tile.rows, oneTile),
          ]),
        ]),
        set(a, i32.add(a, i32.mul(i32.mul(roundUp(rows, tile.rows), deep), lanes.width))),
        set(b, i32.add(b, i32.mul(i32.mul(roundUp(columns, width), deep), lanes.width))),
        set(accumulate, 1),
      ]),
    ],
  });
}

import { countedLoop } from "../assembler/counted-loop.ts";
import { func } from "../assembler/func.ts";
import * as i32 from "../assembler/instructions/i32.ts";
import { locals, set } from "../assembler/local.ts";
import { minimum } from "../assembler/whole-number.ts";
import { columnsOf, type Tile } from "./tile.ts";

/**
 * Moves the part of a tile that the result has room for, to or from where the whole tile is computed.
 *
 * `rows` and `columns` count what is left of the result; strides are in bytes.
 */
export function moveEdge(tile: Tile) {
  const { lanes, rows: tileRows } = tile;
  const [from, fromStride, to, toStride, rows, columns] = locals(
    "i32",
    "from",
    "fromStride",
    "to",
    "toStride",
    "rows",
    "columns",
  );
  const [row, position, end] = locals("i32", "row", "position", "end");

  return func({
    name: "moveEdge",
    parameters: [from, fromStride, to, toStride, rows, columns],
    body: [
      set(rows, minimum(rows, tileRows)),
      set(end, i32.mul(minimum(columns, columnsOf(tile)), lanes.width)),
      countedLoop(row, 0, rows, 1, [
        countedLoop(position, 0, end, lanes.width, [
          lanes.storeOne(i32.add(to, position), lanes.loadOne(i32.add(from, position))),
        ]),
        set(from, i32.add(from, fromStride)),
        set(to, i32.add(to, toStride)),
      ]),
    ],
  });
}

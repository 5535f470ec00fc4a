import { when } from "../assembler/control.ts";
import { countedLoop } from "../assembler/counted-loop.ts";
import { func } from "../assembler/func.ts";
import * as i32 from "../assembler/instructions/i32.ts";
import { locals, set } from "../assembler/local.ts";
import { minimum } from "../assembler/whole-number.ts";
import { columnsOf, type Tile } from "./tile.ts";

/**
 * Moves, or adds, a tile that was computed aside to where only a part of it has room.
 *
 * `rows` and `columns` count what is left of the result; `rowStride` is in bytes.
 */
export function moveEdge(tile: Tile) {
  const { lanes, rows: tileRows } = tile;
  const tileColumns = columnsOf(tile);
  const [from, to, rowStride, rows, columns, accumulate] = locals(
    "i32",
    "from",
    "to",
    "rowStride",
    "rows",
    "columns",
    "accumulate",
  );
  const [row, position, end] = locals("i32", "row", "position", "end");
  const source = i32.add(from, position);
  const target = i32.add(to, position);

  return func({
    name: "moveEdge",
    parameters: [from, to, rowStride, rows, columns, accumulate],
    body: [
      set(rows, minimum(rows, tileRows)),
      set(end, i32.mul(minimum(columns, tileColumns), lanes.width)),
      countedLoop(row, 0, rows, 1, [
        countedLoop(position, 0, end, lanes.width, [
          when(
            accumulate,
            [lanes.storeOne(target, lanes.add(lanes.loadOne(target), lanes.loadOne(source)))],
            [lanes.storeOne(target, lanes.loadOne(source))],
          ),
        ]),
        set(from, i32.add(from, tileColumns * lanes.width)),
        set(to, i32.add(to, rowStride)),
      ]),
    ],
  });
}

import { when } from "../assembler/control.ts";
import { countedLoop } from "../assembler/counted-loop.ts";
import { func } from "../assembler/func.ts";
import * as f32x4 from "../assembler/instructions/f32x4.ts";
import * as i32 from "../assembler/instructions/i32.ts";
import * as i32x4 from "../assembler/instructions/i32x4.ts";
import * as v128 from "../assembler/instructions/v128.ts";
import { local, locals, set } from "../assembler/local.ts";

/**
 * Where the largest element of each window stands, for f32: four windows of a row at a time. The first of equals, the last NaN.
 *
 * The planes have -∞ around what counts, so that windows may reach beyond; positions are those without it: `pitch` and `planeBytes` tell, in
 * bytes, how far apart rows and planes lie, `extent` how many elements count in a row, `above` and `before` how far outside the first window
 * begins. Behind `source` and `target` there is room for eight numbers more.
 */
export function argMaximum() {
  const [source, target, planes, planeBytes, pitch, extent] = locals(
    "i32",
    "source",
    "target",
    "planes",
    "planeBytes",
    "pitch",
    "extent",
  );
  const [rows, columns, height, width, rowStride, columnStride, above, before] = locals(
    "i32",
    "rows",
    "columns",
    "height",
    "width",
    "rowStride",
    "columnStride",
    "above",
    "before",
  );
  const [plane, row, column, i, j, top, line, from, at] = locals(
    "i32",
    "plane",
    "row",
    "column",
    "i",
    "j",
    "top",
    "line",
    "from",
    "at",
  );
  const [left, position, candidate, best, winner, wins] = locals(
    "v128",
    "left",
    "position",
    "candidate",
    "best",
    "winner",
    "wins",
  );
  const step = local("i32", "step");

  const load = when(
    i32.eq(columnStride, 1),
    [set(candidate, v128.load(from))],
    [
      when(
        i32.eq(columnStride, 2),
        [set(candidate, v128.shuffle(v128.load(from), v128.load(from, 16), [0, 2, 4, 6]))],
        [
          set(at, from),
          set(candidate, v128.load32Zero(at)),
          ...[1, 2, 3].flatMap((lane) => [
            set(at, i32.add(at, step)),
            set(candidate, v128.load32Lane(at, candidate, lane)),
          ]),
        ],
      ),
    ],
  );

  const oneLine = countedLoop(j, 0, width, 1, [
    load,
    set(wins, v128.or(f32x4.gt(candidate, best), f32x4.ne(candidate, candidate))),
    set(best, v128.bitselect(candidate, best, wins)),
    set(winner, v128.bitselect(position, winner, wins)),
    set(position, i32x4.add(position, i32x4.const(1, 1, 1, 1))),
    set(from, i32.add(from, 4)),
  ]);

  const fourWindows = [
    set(
      left,
      i32x4.add(
        i32x4.splat(i32.sub(i32.mul(column, columnStride), before)),
        i32x4.mul(i32x4.splat(columnStride), i32x4.const(0, 1, 2, 3)),
      ),
    ),
    set(best, f32x4.const(-Infinity, -Infinity, -Infinity, -Infinity)),
    // Where all are -∞ nothing wins against the first that counts.
    set(
      winner,
      i32x4.add(
        i32x4.splat(i32.mul(i32.mul(top, i32.gtS(top, 0)), extent)),
        i32x4.maxS(left, i32x4.const(0, 0, 0, 0)),
      ),
    ),
    set(line, i32.add(source, i32.add(i32.mul(i32.mul(row, rowStride), pitch), i32.mul(column, step)))),
    countedLoop(i, 0, height, 1, [
      set(from, line),
      set(position, i32x4.add(left, i32x4.splat(i32.mul(i32.add(top, i), extent)))),
      oneLine,
      set(line, i32.add(line, pitch)),
    ]),
    v128.store(i32.add(target, i32.mul(column, 4)), winner),
  ];

  return func({
    name: "argMaximum",
    parameters: [
      source,
      target,
      planes,
      planeBytes,
      pitch,
      extent,
      rows,
      columns,
      height,
      width,
      rowStride,
      columnStride,
      above,
      before,
    ],
    body: [
      set(step, i32.mul(columnStride, 4)),
      countedLoop(plane, 0, planes, 1, [
        countedLoop(row, 0, rows, 1, [
          set(top, i32.sub(i32.mul(row, rowStride), above)),
          countedLoop(column, 0, columns, 4, fourWindows),
          set(target, i32.add(target, i32.mul(columns, 4))),
        ]),
        set(source, i32.add(source, planeBytes)),
      ]),
    ],
  });
}

import { when } from "../assembler/control.ts";
import { countedLoop } from "../assembler/counted-loop.ts";
import { func } from "../assembler/func.ts";
import * as f32x4 from "../assembler/instructions/f32x4.ts";
import * as f64x2 from "../assembler/instructions/f64x2.ts";
import * as i32 from "../assembler/instructions/i32.ts";
import * as i32x4 from "../assembler/instructions/i32x4.ts";
import * as v128 from "../assembler/instructions/v128.ts";
import { local, locals, set } from "../assembler/local.ts";
import type { Expression, Local, Statement } from "../assembler/term.ts";
import type { Vector } from "../assembler/vector-instruction.ts";

/** What differs between precisions: how many windows a vector holds, and where in it the positions of their maxima are kept. */
interface Kind {
  readonly count: number;
  readonly width: number;
  gt(x: Vector, y: Vector): Vector;
  ne(x: Vector, y: Vector): Vector;
  readonly lowest: Vector;
  /** Vectors with one number of every two that lie side by side. */
  loadEven(from: Local<"i32">): Vector;
  loadOne(from: Local<"i32">): Vector;
  loadLane(from: Local<"i32">, vector: Vector, lane: number): Vector;
  /** 0, 1, ... as whole numbers of 32 bits, each in the lane of its window. */
  readonly counting: Vector;
  storePositions(at: Expression<"i32">, positions: Vector): Statement;
}

const kinds: Readonly<Record<"f32" | "f64", Kind>> = {
  f32: {
    count: 4,
    width: 4,
    gt: f32x4.gt,
    ne: f32x4.ne,
    lowest: /* @__PURE__ */ f32x4.const(-Infinity, -Infinity, -Infinity, -Infinity),
    loadEven: (from) => v128.shuffle(v128.load(from), v128.load(from, 16), [0, 2, 4, 6]),
    loadOne: (from) => v128.load32Zero(from),
    loadLane: (from, vector, lane) => v128.load32Lane(from, vector, lane),
    counting: /* @__PURE__ */ i32x4.const(0, 1, 2, 3),
    storePositions: (at, positions) => v128.store(at, positions),
  },
  f64: {
    count: 2,
    width: 8,
    gt: f64x2.gt,
    ne: f64x2.ne,
    lowest: /* @__PURE__ */ f64x2.const(-Infinity, -Infinity),
    loadEven: (from) => v128.shuffle(v128.load(from), v128.load(from, 16), [0, 2]),
    loadOne: (from) => v128.load64Zero(from),
    loadLane: (from, vector, lane) => v128.load64Lane(from, vector, lane),
    counting: /* @__PURE__ */ i32x4.const(0, 0, 1, 1),
    storePositions: (at, positions) =>
      v128.store64Lane(at, v128.shuffle(positions, positions, [0, 2, 0, 2]), 0),
  },
};

/**
 * Where the largest element of each window stands: as many windows of a row at a time as a vector holds. The first of equals, the last NaN.
 *
 * The planes have -∞ around what counts, so that windows may reach beyond; positions are those without it: `pitch` and `planeBytes` tell, in
 * bytes, how far apart rows and planes lie, `extent` how many elements count in a row, `above` and `before` how far outside the first window
 * begins. Behind `target` there is room for eight numbers
 * more, behind `source` for eight times the step between columns.
 */
export function argMaximum(precision: "f32" | "f64") {
  const kind = kinds[precision];
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
        [set(candidate, kind.loadEven(from))],
        [
          set(at, from),
          set(candidate, kind.loadOne(at)),
          ...Array.from({ length: kind.count - 1 }, (_, k) => k + 1).flatMap((lane) => [
            set(at, i32.add(at, step)),
            set(candidate, kind.loadLane(at, candidate, lane)),
          ]),
        ],
      ),
    ],
  );

  const oneLine = countedLoop(j, 0, width, 1, [
    load,
    set(wins, v128.or(kind.gt(candidate, best), kind.ne(candidate, candidate))),
    set(best, v128.bitselect(candidate, best, wins)),
    set(winner, v128.bitselect(position, winner, wins)),
    set(position, i32x4.add(position, i32x4.const(1, 1, 1, 1))),
    set(from, i32.add(from, kind.width)),
  ]);

  const windows = [
    set(
      left,
      i32x4.add(
        i32x4.splat(i32.sub(i32.mul(column, columnStride), before)),
        i32x4.mul(i32x4.splat(columnStride), kind.counting),
      ),
    ),
    set(best, kind.lowest),
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
    kind.storePositions(i32.add(target, i32.mul(column, 4)), winner),
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
      set(step, i32.mul(columnStride, kind.width)),
      countedLoop(plane, 0, planes, 1, [
        countedLoop(row, 0, rows, 1, [
          set(top, i32.sub(i32.mul(row, rowStride), above)),
          countedLoop(column, 0, columns, kind.count, windows),
          set(target, i32.add(target, i32.mul(columns, 4))),
        ]),
        set(source, i32.add(source, planeBytes)),
      ]),
    ],
  });
}

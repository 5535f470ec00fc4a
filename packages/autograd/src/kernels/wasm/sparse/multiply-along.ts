import { when } from "../assembler/control.ts";
import { countedLoop } from "../assembler/counted-loop.ts";
import { func } from "../assembler/func.ts";
import * as f32 from "../assembler/instructions/f32.ts";
import * as f32x4 from "../assembler/instructions/f32x4.ts";
import * as f64 from "../assembler/instructions/f64.ts";
import * as f64x2 from "../assembler/instructions/f64x2.ts";
import * as i32 from "../assembler/instructions/i32.ts";
import * as v128 from "../assembler/instructions/v128.ts";
import { local, locals, set } from "../assembler/local.ts";
import type { Expression, Local, Statement } from "../assembler/term.ts";
import type { Vector } from "../assembler/vector-instruction.ts";

// A sparse matrix by rows: `starts` tells where the entries of each row begin in a table of columns, in bytes from the beginning of what is
// multiplied, and in one of weights, in double precision. Sums are taken in double precision and begin with the first product, as the plain loops do.

/** How numbers are read and written, one by one and in pairs. */
interface Access {
  /** Bytes of one number. */
  readonly width: number;
  load(at: Expression<"i32">): Expression<"f64">;
  store(at: Expression<"i32">, value: Expression<"f64">): Statement;
  loadPair(at: Expression<"i32">, offset: number): Vector;
  storePair(at: Expression<"i32">, pair: Vector, offset: number): Statement;
}

const accesses: Readonly<Record<"f32" | "f64", Access>> = {
  f32: {
    width: 4,
    load: (at) => f64.promoteF32(f32.load(at)),
    store: (at, value) => f32.store(at, f32.demoteF64(value)),
    loadPair: (at, offset) => f64x2.promoteLowF32x4(v128.load64Zero(at, offset)),
    storePair: (at, pair, offset) => v128.store64Lane(at, f32x4.demoteF64x2Zero(pair), 0, offset),
  },
  f64: {
    width: 8,
    load: (at) => f64.load(at),
    store: (at, value) => f64.store(at, value),
    loadPair: (at, offset) => v128.load(at, offset),
    storePair: (at, pair, offset) => v128.store(at, pair, offset),
  },
};

/** Pairs of numbers, or lines, that are computed together: each entry of the table serves them all. */
const together = 4;

const range = (length: number): number[] => Array.from({ length }, (_, k) => k);

function tableOf() {
  const [starts, columns, weights, row, rows] = locals("i32", "starts", "columns", "weights", "row", "rows");
  const [entry, end, at] = locals("i32", "entry", "end", "at");
  return { starts, columns, weights, row, rows, entry, end, at };
}

type Table = ReturnType<typeof tableOf>;

/** Calls for each entry of the row: `begin` for the first, `add` for the others. */
const eachEntry = (
  { starts, columns, weights, row, entry, end, at }: Table,
  base: Local<"i32">,
  product: (weightAt: Expression<"i32">, begins: boolean) => Statement[],
  empty: Statement[],
): Statement[] => {
  const visit = (begins: boolean): Statement[] => [
    set(at, i32.add(base, i32.load(i32.add(columns, i32.mul(entry, 4))))),
    ...product(i32.add(weights, i32.mul(entry, 8)), begins),
  ];
  return [
    set(entry, i32.load(i32.add(starts, i32.mul(row, 4)))),
    set(end, i32.load(i32.add(starts, i32.mul(row, 4)), 4)),
    when(i32.eq(entry, end), empty, [
      ...visit(true),
      set(entry, i32.add(entry, 1)),
      countedLoop(entry, entry, end, 1, visit(false)),
    ]),
  ];
};

/** Rows of numbers, one for each column of the matrix, in each plane; writes up to a pair behind the result, and reads as much. */
export function multiplyRows(precision: "f32" | "f64") {
  const access = accesses[precision];
  const table = tableOf();
  const { starts, columns, weights, row, rows, at } = table;
  const [source, target, planes, planeBytes, rowBytes] = locals(
    "i32",
    "source",
    "target",
    "planes",
    "planeBytes",
    "rowBytes",
  );
  const [plane, position, base] = locals("i32", "plane", "position", "base");
  const sums = range(together).map((k) => local("v128", `sum${k}`));
  const weight = local("v128", "weight");
  const pairBytes = 2 * access.width;

  const pairs = (count: number): Statement[] => [
    set(base, i32.add(source, position)),
    ...eachEntry(
      table,
      base,
      (weightAt, begins) => [
        set(weight, v128.load64Splat(weightAt)),
        ...sums.slice(0, count).map((sum, k) => {
          const product = f64x2.mul(weight, access.loadPair(at, k * pairBytes));
          return set(sum, begins ? product : f64x2.add(sum, product));
        }),
      ],
      sums.slice(0, count).map((sum) => set(sum, f64x2.const(0, 0))),
    ),
    ...sums.slice(0, count).map((sum, k) => access.storePair(i32.add(target, position), sum, k * pairBytes)),
  ];

  return func({
    name: "multiplyRows",
    parameters: [source, target, planes, planeBytes, starts, columns, weights, rows, rowBytes],
    body: [
      countedLoop(plane, 0, planes, 1, [
        countedLoop(row, 0, rows, 1, [
          countedLoop(
            position,
            0,
            i32.sub(rowBytes, together * pairBytes - 1),
            together * pairBytes,
            pairs(together),
          ),
          countedLoop(position, position, rowBytes, pairBytes, pairs(1)),
          set(target, i32.add(target, rowBytes)),
        ]),
        set(source, i32.add(source, planeBytes)),
      ]),
    ],
  });
}

/** Lines, four at a time: there is room for a multiple of four. */
export function multiplyLines(precision: "f32" | "f64") {
  const access = accesses[precision];
  const table = tableOf();
  const { starts, columns, weights, row, rows, at } = table;
  const [source, target, lines, lineBytes] = locals("i32", "source", "target", "lines", "lineBytes");
  const [line, to] = locals("i32", "line", "to");
  const sums = range(together).map((k) => local("f64", `sum${k}`));
  const weight = local("f64", "weight");
  const outBytes = i32.mul(rows, access.width);

  return func({
    name: "multiplyLines",
    parameters: [source, target, lines, lineBytes, starts, columns, weights, rows],
    body: [
      countedLoop(line, 0, lines, together, [
        countedLoop(row, 0, rows, 1, [
          ...eachEntry(
            table,
            source,
            (weightAt, begins) => [
              set(weight, f64.load(weightAt)),
              ...sums.flatMap((sum, k) => {
                const product = f64.mul(weight, access.load(at));
                return [
                  ...(k === 0 ? [] : [set(at, i32.add(at, lineBytes))]),
                  set(sum, begins ? product : f64.add(sum, product)),
                ];
              }),
            ],
            sums.map((sum) => set(sum, f64.const(0))),
          ),
          set(to, i32.add(target, i32.mul(row, access.width))),
          ...sums.flatMap((sum, k) => [
            ...(k === 0 ? [] : [set(to, i32.add(to, outBytes))]),
            access.store(to, sum),
          ]),
        ]),
        set(source, i32.add(source, i32.mul(lineBytes, together))),
        set(target, i32.add(target, i32.mul(outBytes, together))),
      ]),
    ],
  });
}

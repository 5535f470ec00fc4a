import { afterAll, describe, expect, it } from "vitest";
import { Arena } from "../../../../src/kernels/wasm/arena.ts";
import { compileGemm, type GemmKernels } from "../../../../src/kernels/wasm/gemm/kernels.ts";
import { PackedProduct } from "../../../../src/kernels/wasm/gemm/product.ts";
import { teamKernels } from "../../../../src/kernels/wasm/gemm/team-kernels.ts";
import { Team } from "../../../../src/kernels/wasm/threads/team.ts";
import { type Layout, layouts, matrixOf } from "../../matrices.ts";
import { host } from "../assembler/run-term.ts";
import { waitFor } from "../threads/probe.ts";

const fractions = (): (() => number) => {
  let state = 1;
  return () => {
    state = (state * 48_271) % 2_147_483_647;
    return state / 2_147_483_647 - 0.5;
  };
};

type Numbers = Float32Array | Float64Array;
type NumbersOf = new (length: number) => Numbers;

const precisions: readonly (readonly ["f32" | "f64", NumbersOf])[] = [
  ["f32", Float32Array],
  ["f64", Float64Array],
];

const cases = precisions.flatMap(([precision, View]) =>
  [0, 1, 2].map((workers) => [precision, workers, View] as const),
);

describe.each(cases)("products of %s by a team with %i workers", (precision, workers, View) => {
  const team = new Team(host, workers);
  afterAll(() => team.stop());
  waitFor(team, workers);
  const kernels = [compileGemm(new Arena(host), precision), teamKernels(team, precision)] as const;
  const [alone, together] = kernels as readonly [GemmKernels, GemmKernels];

  // Large enough to be cut, along every direction that is, and beyond what is packed at once; and small ones.
  const sizes = [
    [1, 1, 1],
    [3, 5, 7],
    [64, 96, 80],
    [131, 67, 301],
    [9, 517, 530],
    [1030, 30, 40],
    [20, 1030, 70],
    [30, 40, 1100],
  ];

  it.each(layouts)("%s are those of one thread to the bit", ([left, right]) => {
    const next = fractions();
    for (const [m, n, k] of sizes) {
      for (const accumulate of [false, true]) {
        const a = matrixOf(View, m, k, next, { layout: left as Layout, offset: 1, gap: m % 2 });
        const b = matrixOf(View, k, n, next, { layout: right as Layout, offset: 2, gap: n % 2 });
        const start = new View(m * n).map(next);
        const results = [alone, together].map((by): Numbers => {
          const out = start.slice();
          const product = new PackedProduct(by, { rows: m, columns: n, depth: k }, a, b, out, accumulate);
          product.compute(a.offset, b.offset, 0);
          product.release();
          return out;
        });
        const different = results[0].findIndex((value, i) => !Object.is(value, results[1][i]));
        expect([m, n, k, different]).toEqual([m, n, k, -1]);
      }
    }
  });

  it("of many small matrices, one after the other, are those of one thread to the bit", () => {
    const [members, rows, columns, depth] = [33, 13, 18, 37];
    const { width } = alone.tile.lanes;
    const next = fractions();
    const operands = new View(members * depth * (rows + columns) + columns).map(next);
    const packed = (4 + rows + 8 + columns) * depth * width;
    for (const [stays, seeded] of [
      [false, false],
      [true, false],
      [false, true],
    ]) {
      const results = [alone, together].map(({ arena, multiplyLine }): Numbers => {
        const mark = arena.mark();
        const [x, c] = [
          arena.allocate(operands.byteLength + 64),
          arena.allocate(members * rows * columns * width),
        ];
        const room = arena.allocate(3 * packed + 4096);
        const memory = width === 4 ? arena.float32 : arena.float64;
        memory.set(operands, x / width);
        const y = x + members * depth * rows * width;
        const row = y + members * depth * columns * width;
        multiplyLine(
          members,
          x,
          depth * rows * width,
          depth * width,
          width,
          y,
          stays ? 0 : depth * columns * width,
          width,
          columns * width,
          c,
          rows * columns * width,
          rows,
          columns,
          depth,
          seeded ? row : -1,
          0,
          0,
          room,
          room + packed,
          room + 2 * packed,
        );
        const out = memory.slice(c / width, c / width + members * rows * columns);
        arena.release(mark);
        return out;
      });
      expect(results[0].some((value) => value !== 0)).toBe(true);
      expect(results[0].findIndex((value, i) => !Object.is(value, results[1][i]))).toBe(-1);
    }
  });
});

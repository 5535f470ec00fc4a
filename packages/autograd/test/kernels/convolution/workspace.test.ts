import fc from "fast-check";
import { expect, it } from "vitest";
import type { Runs } from "../../../src/kernels/convolution/geometry.ts";
import {
  inArena,
  PlainWorkspace,
  type Region,
  type Workspace,
} from "../../../src/kernels/convolution/workspace.ts";
import { Arena } from "../../../src/kernels/wasm/arena.ts";
import { integersFrom } from "../matrices.ts";
import { host } from "../wasm/assembler/run-term.ts";

const arena = new Arena(host);
const positions = fc
  .array(fc.nat(40), { minLength: 1, maxLength: 4 })
  .map((numbers) => Int32Array.from(numbers));
const anyRuns = fc.record({
  outers: positions,
  inners: positions,
  length: fc.integer({ min: 1, max: 21 }),
  step: fc.integer({ min: 1, max: 3 }),
});

const movements = ["gather", "spread", "add"] as const;
const [reach, count] = [160, 16 * 21];

/** What a movement leaves, of the whole runs or a part of them. */
function moved(workspace: Workspace, movement: (typeof movements)[number], runs: Runs, cut: boolean) {
  const next = integersFrom(3, 100);
  const filled = (length: number): Region => {
    const region = workspace.room(length);
    for (let k = 0; k < length; k++) region.data[region.start + k] = next();
    return region;
  };
  const placed = workspace.place(runs);
  const [apart, dense] = [filled(reach), filled(count)];
  const { inners, length } = runs;
  const part = cut
    ? { first: inners.length - 1, count: 1, firstElement: length - 1, length: 1 }
    : { first: 0, count: inners.length, firstElement: 0, length };
  workspace[movement](apart, dense, placed, part);
  return [
    [...apart.data.subarray(apart.start, apart.start + reach)],
    [...dense.data.subarray(dense.start, dense.start + count)],
  ];
}

it.each(["f32", "f64"] as const)(
  "kernels move runs of %s as plain loops do, and touch nothing else",
  (dtype) => {
    fc.assert(
      fc.property(anyRuns, fc.constantFrom(...movements), fc.boolean(), (runs, movement, cut) => {
        const expected = moved(new PlainWorkspace(dtype), movement, runs, cut);
        const compute = (workspace: Workspace): void => {
          expect(moved(workspace, movement, runs, cut)).toEqual(expected);
        };
        expect(inArena(arena, dtype, compute)).toBe(true);
      }),
    );
  },
);

it("gathers row by row, and puts back what it gathered", () => {
  const workspace = new PlainWorkspace("f64");
  const runs = { outers: Int32Array.of(0, 10), inners: Int32Array.of(1, 4), length: 2, step: 2 };
  const apart = { data: Float64Array.from({ length: 20 }, (_, k) => k), start: 0 };
  const dense = workspace.room(8);
  const placed = workspace.place(runs);
  const part = { first: 0, count: 2, firstElement: 0, length: 2 };
  workspace.gather(apart, dense, placed, part);
  expect([...dense.data]).toEqual([1, 3, 4, 6, 11, 13, 14, 16]);
  workspace.add(apart, dense, placed, part);
  expect([...apart.data].filter((value, k) => value !== k)).toEqual([2, 6, 8, 12, 22, 26, 28, 32]);
});

it("says where it could not compute in an arena: whole numbers, none, no more memory", () => {
  const none = (): void => expect.unreachable();
  expect(inArena(arena, "i32", none)).toBe(false);
  expect(inArena(null, "f32", none)).toBe(false);
  const mark = arena.mark();
  expect(inArena(arena, "f32", (workspace) => void workspace.room(2 ** 32))).toBe(false);
  expect(arena.mark()).toBe(mark);
  const failing = (): void => {
    throw new TypeError("something else");
  };
  expect(() => inArena(arena, "f32", failing)).toThrow("something else");
});

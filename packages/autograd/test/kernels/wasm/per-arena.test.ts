import { describe, expect, it } from "vitest";
import { Arena } from "../../../src/kernels/wasm/arena.ts";
import { encodeModule } from "../../../src/kernels/wasm/assembler/encode-module.ts";
import { func } from "../../../src/kernels/wasm/assembler/func.ts";
import { add } from "../../../src/kernels/wasm/assembler/instructions/i32.ts";
import { local } from "../../../src/kernels/wasm/assembler/local.ts";
import type { Func } from "../../../src/kernels/wasm/assembler/term.ts";
import { f64Lanes } from "../../../src/kernels/wasm/lanes.ts";
import { perArena } from "../../../src/kernels/wasm/per-arena.ts";
import { moveRuns } from "../../../src/kernels/wasm/runs/move.ts";
import { multiplyLines, multiplyRows } from "../../../src/kernels/wasm/sparse/multiply-along.ts";
import { argMaximum } from "../../../src/kernels/wasm/windows/arg-maximum.ts";
import { addToWindows, findInWindows, weighWindows } from "../../../src/kernels/wasm/windows/filter.ts";
import { host } from "./assembler/run-term.ts";

describe("perArena", () => {
  const x = local("i32", "x");
  let written = 0;
  const kernels = perArena(() => {
    written++;
    return { next: func({ name: "next", parameters: [x], body: [], returns: add(x, 1) }) };
  });

  it("compiles once for each arena", () => {
    const [first, second] = [new Arena(host), new Arena(host)];
    expect(kernels(first)?.next(4)).toBe(5);
    expect(kernels(first)).toBe(kernels(first));
    expect(kernels(second)).not.toBe(kernels(first));
    expect(written).toBe(2);
  });

  it("asks a host that refuses once", () => {
    written = 0;
    const { Instance, Memory } = host;
    class Module {
      constructor() {
        throw new Error("not here");
      }
    }
    const arena = new Arena({ Module, Instance, Memory, validate: () => false });
    expect([kernels(arena), kernels(arena), written]).toEqual([null, null, 1]);
  });
});

it.each<[string, Record<string, Func>]>([
  ["runs", { a: moveRuns(f64Lanes, "gather"), b: moveRuns(f64Lanes, "place"), c: moveRuns(f64Lanes, "add") }],
  ["filters", { a: findInWindows(f64Lanes), b: addToWindows(f64Lanes), c: weighWindows(f64Lanes) }],
  ["maxima", { a: argMaximum("f64") }],
  ["sparse matrices", { a: multiplyRows("f32"), b: multiplyLines("f32") }],
])("the module for %s is one that browsers compile without waiting", (_, exports) => {
  expect(encodeModule({ exports }).length).toBeLessThan(4096);
});

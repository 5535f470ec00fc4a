import { describe, expect, it } from "vitest";
import { instantiate } from "../../../../src/kernels/wasm/assembler/instantiate.ts";
import { pack } from "../../../../src/kernels/wasm/gemm/pack.ts";
import { blockDepth } from "../../../../src/kernels/wasm/gemm/tile.ts";
import { f32Lanes, f64Lanes, type Lanes } from "../../../../src/kernels/wasm/lanes.ts";
import { firstDifference } from "../../matrices.ts";
import { host } from "../assembler/run-term.ts";

/** The packed order by its definition: blocks of the depth, panels across, then each depth with its numbers side by side. */
function packed(
  source: (across: number, deep: number) => number,
  width: number,
  across: number,
  depth: number,
): number[] {
  const out: number[] = [];
  for (let start = 0; start < depth; start += blockDepth) {
    for (let panel = 0; panel < across; panel += width) {
      for (let deep = start; deep < Math.min(start + blockDepth, depth); deep++) {
        for (let k = panel; k < panel + width; k++) out.push(k < across ? source(k, deep) : 0);
      }
    }
  }
  return out;
}

const orders = {
  "across first": (across: number, _depth: number, gap: number) => [1, across + gap],
  "depth first": (_across: number, depth: number, gap: number) => [depth + gap, 1],
  "gaps everywhere": (across: number, _depth: number, gap: number) => [2, 2 * (across + gap)],
  "one for all across": () => [0, 1],
  "one for all depths": () => [1, 0],
  backwards: (across: number) => [-1, -across],
} as const;

describe.each([
  ["f32", f32Lanes],
  ["f64", f64Lanes],
] as readonly [string, Lanes][])("pack %s", (_, lanes) => {
  const View = lanes.width === 4 ? Float32Array : Float64Array;

  describe.each([3, 4, 6, 8, 12])("into panels of %i", (width) => {
    const memory = new host.Memory({ initial: 6 });
    const declaration = { minimum: 0, importedAs: ["a", "b"] } as const;
    const { run } = instantiate(host, { memory: declaration, exports: { run: pack(lanes, width) } }, memory);
    const numbers = new View(memory.buffer);

    it.each(Object.entries(orders))("reads %s, and nothing else", (_, order) => {
      for (const across of [0, 1, 3, 4, 5, 7, 8, 9, 13, 16]) {
        for (const depth of [1, 2, 3, 4, 5, 8, 11, blockDepth + 3]) {
          const [acrossStride, depthStride] = order(across, depth, 2);
          const last = Math.max(across - 1, 0) * acrossStride + (depth - 1) * depthStride;
          const low = Math.min(0, last);
          numbers.fill(Number.NaN);
          // The operand ends where the memory ends: a read behind it traps, one in a gap shows as NaN.
          const start = numbers.length - 1 - Math.max(0, last);
          const at = (k: number, deep: number) => start + k * acrossStride + deep * depthStride;
          for (let k = 0; k < across; k++) {
            for (let deep = 0; deep < depth; deep++) numbers[at(k, deep)] = at(k, deep) - start - low + 1;
          }
          const expected = packed((k, deep) => numbers[at(k, deep)], width, across, depth);
          const { width: bytes } = lanes;
          run(start * bytes, acrossStride * bytes, depthStride * bytes, across, depth, 0);
          const where = `across ${across}, depth ${depth}`;
          expect([where, firstDifference(numbers.subarray(0, expected.length), expected)]).toEqual([
            where,
            -1,
          ]);
          expect(numbers[expected.length]).toBeNaN();
        }
      }
    });
  });
});

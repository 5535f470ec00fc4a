import { describe, expect, it } from "vitest";
import { Arena } from "../../../../src/kernels/wasm/arena.ts";
import { encodeModule } from "../../../../src/kernels/wasm/assembler/encode-module.ts";
import { compileGemm, gemmModule } from "../../../../src/kernels/wasm/gemm/kernels.ts";
import { f64RelaxedLanes } from "../../../../src/kernels/wasm/lanes.ts";
import { host } from "../assembler/run-term.ts";

/** The host, claiming to know relaxed instructions or not. */
function arenaWhere(relaxed: boolean): Arena {
  const { Module, Instance, Memory } = host;
  return new Arena({ Module, Instance, Memory, validate: () => relaxed });
}

describe("compileGemm", () => {
  it("compiles here, for both precisions", () => {
    const arena = new Arena(host);
    expect(compileGemm(arena, "f32")?.tile.lanes.width).toBe(4);
    expect(compileGemm(arena, "f64")?.tile.lanes.width).toBe(8);
  });

  it("keeps more sums under way where numbers are multiplied and added at once", () => {
    expect(compileGemm(arenaWhere(false), "f32")?.tile).toMatchObject({ rows: 4, vectors: 2 });
    expect(compileGemm(arenaWhere(true), "f32")?.tile.rows ?? 6).toBe(6); // null where that claim is false
  });

  it("makes modules that browsers compile without waiting", () => {
    for (const [rows, vectors] of [
      [4, 2],
      [6, 2],
    ]) {
      const module = encodeModule(gemmModule({ lanes: f64RelaxedLanes, rows, vectors }));
      expect(module.length).toBeLessThan(4096);
    }
  });
});

import type { Arena } from "../arena.ts";
import { drop } from "../assembler/control.ts";
import { encodeModule } from "../assembler/encode-module.ts";
import { func } from "../assembler/func.ts";
import { type HostFunction, instantiate } from "../assembler/instantiate.ts";
import { local } from "../assembler/local.ts";
import type { ModuleDefinition } from "../assembler/module.ts";
import type { WebAssemblyHost } from "../host.ts";
import { f32Lanes, f32RelaxedLanes, f64Lanes, f64RelaxedLanes } from "../lanes.ts";
import { isDeterministic } from "../rounding.ts";
import { multiply } from "./multiply.ts";
import { multiplyLine } from "./multiply-line.ts";
import { pack } from "./pack.ts";
import { columnsOf, type Tile } from "./tile.ts";

/** The module of one tile; its memory is the arena's. */
export function gemmModule(tile: Tile) {
  const parts = {
    packLeft: pack(tile.lanes, tile.rows),
    packRight: pack(tile.lanes, columnsOf(tile)),
    multiply: multiply(tile),
  };
  return {
    memory: { minimum: 0, importedAs: ["arena", "memory"] },
    exports: { ...parts, multiplyLine: multiplyLine(parts) },
  } as const satisfies ModuleDefinition;
}

type Functions = ReturnType<typeof gemmModule>["exports"];

/** The compiled kernels of one precision. */
export interface GemmKernels extends Readonly<{ [K in keyof Functions]: HostFunction<Functions[K]> }> {
  readonly arena: Arena;
  readonly tile: Tile;
}

/**
 * Where one instruction multiplies and adds, more sums have to be under way to keep it busy.
 *
 * *Measured* on x86-64 in V8 12.4 (Node 22) and 13.6 (Node 24), GFLOP/s by tiles of rows x vectors: 4 x 2 gives 50 and 52, 5 x 2 50 and 57,
 * 3 x 3 57 and 59, 6 x 2 57 and 61, though V8 12.4 runs out of registers there; without that instruction all give 45.
 */
export function tileFor(host: WebAssemblyHost, precision: "f32" | "f64"): Tile {
  const [plain, relaxed] = precision === "f32" ? [f32Lanes, f32RelaxedLanes] : [f64Lanes, f64RelaxedLanes];
  return !isDeterministic() && supportsRelaxed(host)
    ? { lanes: relaxed, rows: 6, vectors: 2 }
    : { lanes: plain, rows: 4, vectors: 2 };
}

function supportsRelaxed(host: WebAssemblyHost): boolean {
  const x = local("v128", "x");
  const probe = func({ name: "probe", parameters: [], body: [drop(f32RelaxedLanes.multiplyAdd(x, x, x))] });
  return host.validate(encodeModule({ exports: { probe } }));
}

/**
 * Compiles the kernels of one precision.
 *
 * @returns null where the host refuses: no SIMD, or a policy against compiling
 */
export function compileGemm(arena: Arena, precision: "f32" | "f64"): GemmKernels | null {
  try {
    const tile = tileFor(arena.host, precision);
    return { ...instantiate(arena.host, gemmModule(tile), arena.memory), arena, tile };
  } catch {
    return null;
  }
}

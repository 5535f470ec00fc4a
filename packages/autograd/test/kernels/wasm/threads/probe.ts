import { unreachable } from "../../../../src/kernels/wasm/assembler/control.ts";
import { countedLoop } from "../../../../src/kernels/wasm/assembler/counted-loop.ts";
import { func } from "../../../../src/kernels/wasm/assembler/func.ts";
import * as i32 from "../../../../src/kernels/wasm/assembler/instructions/i32.ts";
import { local, locals } from "../../../../src/kernels/wasm/assembler/local.ts";
import type { SharedFunction } from "../../../../src/kernels/wasm/threads/jobs.ts";
import type { Team } from "../../../../src/kernels/wasm/threads/team.ts";

const [address, turns] = locals("i32", "address", "turns");
const k = local("i32", "k");

/** Adds 1 to a number in memory, turn by turn: who computes a piece twice, or not at all, is found out. */
export const count = func({
  name: "count",
  parameters: [address, turns],
  body: [countedLoop(k, 0, turns, 1, [i32.store(address, i32.add(i32.load(address), 1))])],
});

/** Traps. */
export const trap = func({ name: "trap", parameters: [], body: [unreachable()] });

export function loaded(team: Team): { readonly [K in "count" | "trap"]: SharedFunction } {
  const functions = team.load({ count, trap });
  if (functions === null) throw new Error("expected room for a module");
  return functions;
}

/** Waits for workers to start, without returning to the event loop: nothing of a start may need it. */
export function waitFor(team: Team, workers: number): void {
  const end = performance.now() + 20_000;
  while (team.ready < workers)
    if (performance.now() > end) throw new Error(`expected ${workers} workers to start, ${team.ready} did`);
}

import type { Arena } from "../arena.ts";
import { f32Lanes, f64Lanes, type Lanes } from "../lanes.ts";
import { type Compiled, perArena } from "../per-arena.ts";
import { moveRuns } from "./move.ts";

const movements = (lanes: Lanes) => ({
  gather: moveRuns(lanes, "gather"),
  place: moveRuns(lanes, "place"),
  add: moveRuns(lanes, "add"),
});

/** The compiled kernels of one precision. */
export type RunKernels = Compiled<ReturnType<typeof movements>>;

const [single, double] = [
  /* @__PURE__ */ perArena(() => movements(f32Lanes)),
  /* @__PURE__ */ perArena(() => movements(f64Lanes)),
];

/** The kernels that move runs of numbers within an arena; null where the host refuses them. */
export const runKernels = (arena: Arena, precision: "f32" | "f64"): RunKernels | null =>
  (precision === "f32" ? single : double)(arena);

import type { Arena } from "../arena.ts";
import { f32Lanes, f64Lanes, type Lanes } from "../lanes.ts";
import { type Compiled, perArena } from "../per-arena.ts";
import { argMaximum } from "./arg-maximum.ts";
import { addToWindows, findInWindows, weighWindows } from "./filter.ts";

const [singleMaxima, doubleMaxima] = [
  /* @__PURE__ */ perArena(() => ({ argMaximum: argMaximum("f32") })),
  /* @__PURE__ */ perArena(() => ({ argMaximum: argMaximum("f64") })),
];

/** Where the maxima of windows stand; null where the host refuses it. */
export const maximumKernels = (arena: Arena, precision: "f32" | "f64") =>
  (precision === "f32" ? singleMaxima : doubleMaxima)(arena);

const filters = (lanes: Lanes) => ({
  find: findInWindows(lanes),
  add: addToWindows(lanes),
  weigh: weighWindows(lanes),
});

/** One filter on the windows of an image. */
export type FilterKernels = Compiled<ReturnType<typeof filters>>;

const [single, double] = [
  /* @__PURE__ */ perArena(() => filters(f32Lanes)),
  /* @__PURE__ */ perArena(() => filters(f64Lanes)),
];

/** The kernels of single filters; null where the host refuses them. */
export const filterKernels = (arena: Arena, precision: "f32" | "f64"): FilterKernels | null =>
  (precision === "f32" ? single : double)(arena);

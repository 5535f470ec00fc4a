import type { Format } from "../kernels/wasm/elementwise/format.ts";
import type { CostlyRule } from "../kernels/wasm/elementwise/program.ts";
import { compileVectors, leastForVectors } from "./compile-vectors.ts";
import { vectors } from "./vectorize.ts";

const both: readonly Format["name"][] = ["f32x4", "f64x2"];

/** A rule that makes an expression worth its way into the arena however cheap the rest is, and brings the compiler along. */
// @__NO_SIDE_EFFECTS__
export function costly(emit: CostlyRule["emit"], accurateIn = both): CostlyRule {
  vectors.by = { least: leastForVectors, compile: compileVectors };
  return { emit, accurateIn };
}

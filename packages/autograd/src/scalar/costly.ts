import type { Format } from "../kernels/wasm/elementwise/format.ts";
import type { CostlyRule } from "../kernels/wasm/elementwise/program.ts";
import { compileVectors } from "./compile-vectors.ts";
import type { Costly } from "./expression.ts";

const both: readonly Format["name"][] = ["f32x4", "f64x2"];

/** A rule that makes an expression worth its way into the arena, and brings the compiler along. */
// @__NO_SIDE_EFFECTS__
export function costly(emit: CostlyRule["emit"], accurateIn = both): Costly {
  return { emit, accurateIn, compile: compileVectors };
}

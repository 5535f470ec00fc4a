import type { Precision } from "./body.ts";
import { compileVectorLoop } from "./compile.ts";
import type { CostlyRule } from "./program.ts";

const both: readonly Precision[] = ["f32", "f64"];

/** A rule that makes an expression worth its way into the arena. */
// @__NO_SIDE_EFFECTS__
export function costly(emit: CostlyRule["emit"], precisions: readonly Precision[] = both): CostlyRule {
  return { emit, precisions, compile: compileVectorLoop };
}

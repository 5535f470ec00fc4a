import type { Precision } from "../kernels/wasm/elementwise/body.ts";
import { f32x4Format, f64x2Format } from "../kernels/wasm/elementwise/format.ts";
import type { FusedProgram } from "../kernels/wasm/elementwise/fused.ts";
import { stepsOf } from "./compile-vectors.ts";
import { nodesOf, type Scalar } from "./expression.ts";

/**
 * Several expressions (see `severalOf`) as a program for vectors.
 *
 * Sums, products and roots of f32 are rounded at every step, as in other libraries: results that are f32 arrays again round no less.
 * What is costly is computed in double precision, its operands too.
 *
 * @returns null where a part has no rule, or none that is accurate enough
 */
export function fusedProgram(
  several: Scalar,
  arrays: number,
  numbers: number,
  precision: Precision,
): FusedProgram | null {
  const order = nodesOf(several).slice(0, -1);
  for (const { primitive } of order) {
    if (primitive === null) continue;
    const { vector } = primitive;
    if (vector === undefined) return null;
    if (typeof vector === "object" && precision === "f64" && !vector.accurateIn.includes("f64x2"))
      return null;
  }
  const { steps, positions } = stepsOf(order);
  const isSingle =
    precision === "f32" && steps.every((step) => step.kind !== "apply" || typeof step.rule === "string");
  const results = several.inputs.map((result) => positions.get(result) as number);
  return { arrays, numbers, precision, format: isSingle ? f32x4Format : f64x2Format, steps, results };
}

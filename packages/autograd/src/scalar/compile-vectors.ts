import type { Precision } from "../kernels/wasm/elementwise/body.ts";
import { compileVectorLoop } from "../kernels/wasm/elementwise/compile.ts";
import { f32x4Format, f64x2Format } from "../kernels/wasm/elementwise/format.ts";
import type { Program, Step, VectorLoop } from "../kernels/wasm/elementwise/program.ts";
import { nodesOf, type Scalar } from "./expression.ts";
import { holdsInSingle } from "./single-precision.ts";

/** From so many elements on, vectors take less time with their copies than the plain loop does: *measured*. */
const least = { costly: 32, cheap: 64 } as const;

/** From how many elements on an expression is worth vectors; Infinity where a part of it has no rule, or only an inaccurate one. */
export function leastForVectors(root: Scalar, precision: Precision): number {
  let isCostly = false;
  for (const { primitive } of nodesOf(root)) {
    const vector = primitive?.vector;
    if (typeof vector === "object") {
      if (precision === "f64" && !vector.accurateIn.includes("f64x2")) return Infinity;
      isCostly = true;
    } else if (primitive !== null && vector === undefined) return Infinity;
  }
  return isCostly ? least.costly : least.cheap;
}

/** Compiles an expression whose primitives all have vectors. */
export function compileVectors(root: Scalar, arity: number, precision: Precision): VectorLoop | null {
  return compileVectorLoop(programOf(root, arity, precision));
}

/** The expression as a list, for four numbers at a time where it keeps its digits so, else for two. */
export function programOf(root: Scalar, arity: number, precision: Precision): Program {
  const { steps } = stepsOf(nodesOf(root));
  const isSingle = precision === "f32" && steps.every(isAccurate) && holdsInSingle(root, arity);
  return { arity, precision, format: isSingle ? f32x4Format : f64x2Format, steps };
}

const isAccurate = (step: Step): boolean =>
  step.kind !== "apply" || typeof step.rule === "string" || step.rule.accurateIn.includes("f32x4");

/** Expressions as one list, and the place of each in it; what is computed twice comes once. */
export function stepsOf(order: readonly Scalar[]): {
  readonly steps: readonly Step[];
  readonly positions: ReadonlyMap<Scalar, number>;
} {
  const steps: Step[] = [];
  const positions = new Map<Scalar, number>();
  const known = new Map<unknown, Map<string, number>>();
  for (const node of order) {
    const inputs = node.inputs.map((input) => positions.get(input) as number);
    const kind = node.primitive ?? (node.isInput ? "operand" : "constant");
    const operands =
      node.primitive === null ? (Object.is(node.value, -0) ? "-0" : `${node.value}`) : inputs.join();
    const alike = known.get(kind) ?? new Map<string, number>();
    known.set(kind, alike);
    let position = alike.get(operands);
    if (position === undefined) {
      position = steps.push(stepOf(node, inputs)) - 1;
      alike.set(operands, position);
    }
    positions.set(node, position);
  }
  return { steps, positions };
}

function stepOf({ primitive, isInput, value }: Scalar, steps: readonly number[]): Step {
  if (primitive?.vector !== undefined) return { kind: "apply", rule: primitive.vector, steps };
  return isInput ? { kind: "operand", position: value } : { kind: "constant", value };
}

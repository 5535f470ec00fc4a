import type { Precision } from "../kernels/wasm/elementwise/body.ts";
import type { CostlyRule, Program, Step, VectorLoop } from "../kernels/wasm/elementwise/program.ts";
import { nodesOf, type Scalar } from "./expression.ts";

/**
 * What compiles the expression to WebAssembly, when it is called.
 *
 * @returns null where that is not worth it, because nothing in the expression is costly, or where a part of it has no rule or only an
 * inaccurate one
 */
export function vectorized(
  root: Scalar,
  arity: number,
  precision: Precision,
): (() => VectorLoop | null) | null {
  const order = nodesOf(root);
  let costly: CostlyRule | undefined;
  for (const { primitive } of order) {
    if (primitive === null) continue;
    const { vector } = primitive;
    if (vector === undefined) return null;
    if (typeof vector === "string") continue;
    if (!vector.precisions.includes(precision)) return null;
    costly = vector;
  }
  const compile = costly?.compile;
  return compile === undefined ? null : () => compile(programOf(order, arity, precision));
}

/** The expression as a list; what is computed twice in it comes once. */
function programOf(order: readonly Scalar[], arity: number, precision: Precision): Program {
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
  return { arity, precision, steps };
}

function stepOf({ primitive, isInput, value }: Scalar, steps: readonly number[]): Step {
  if (primitive?.vector !== undefined) return { kind: "apply", rule: primitive.vector, steps };
  return isInput ? { kind: "operand", position: value } : { kind: "constant", value };
}

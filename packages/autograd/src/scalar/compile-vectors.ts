import type { Precision } from "../kernels/wasm/elementwise/body.ts";
import { compileVectorLoop } from "../kernels/wasm/elementwise/compile.ts";
import { f32x4Format, f64x2Format } from "../kernels/wasm/elementwise/format.ts";
import type { Program, Step, VectorLoop } from "../kernels/wasm/elementwise/program.ts";
import { nodesOf, type Scalar } from "./expression.ts";

/** Compiles an expression whose primitives all have vectors. */
export function compileVectors(root: Scalar, arity: number, precision: Precision): VectorLoop | null {
  return compileVectorLoop(programOf(root, arity, precision));
}

/** The expression as a list; what is computed twice in it comes once. */
export function programOf(root: Scalar, arity: number, precision: Precision): Program {
  const steps: Step[] = [];
  const positions = new Map<Scalar, number>();
  const known = new Map<unknown, Map<string, number>>();
  let isSingle = precision === "f32";
  for (const node of nodesOf(root)) {
    const inputs = node.inputs.map((input) => positions.get(input) as number);
    const kind = node.primitive ?? (node.isInput ? "operand" : "constant");
    const operands =
      node.primitive === null ? (Object.is(node.value, -0) ? "-0" : `${node.value}`) : inputs.join();
    const alike = known.get(kind) ?? new Map<string, number>();
    known.set(kind, alike);
    let position = alike.get(operands);
    if (position === undefined) {
      const step = stepOf(node, inputs);
      position = steps.push(step) - 1;
      alike.set(operands, position);
      if (step.kind === "apply" && typeof step.rule === "object")
        isSingle &&= step.rule.accurateIn.includes("f32x4") && node === root;
    }
    positions.set(node, position);
  }
  return { arity, precision, format: isSingle ? f32x4Format : f64x2Format, steps };
}

function stepOf({ primitive, isInput, value }: Scalar, steps: readonly number[]): Step {
  if (primitive?.vector !== undefined) return { kind: "apply", rule: primitive.vector, steps };
  return isInput ? { kind: "operand", position: value } : { kind: "constant", value };
}

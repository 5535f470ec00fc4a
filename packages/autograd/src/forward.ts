import { ruleOf } from "./backward/pull.ts";
import type { Place } from "./backward/way.ts";
import { reach, sweep } from "./backward.ts";
import { context, withContext } from "./context.ts";
import { zeros } from "./create.ts";
import { isFloating } from "./dtype.ts";
import { applyAll } from "./op.ts";
import { add } from "./ops/elementwise/arithmetic.ts";
import { cast } from "./ops/elementwise/cast.ts";
import { expand } from "./ops/movement/index.ts";
import { sumTo } from "./ops/reductions/reduce.ts";
import { type Node, type Op, type Signature, type Tensor, type Tracked, track } from "./tensor.ts";

type Tangents = readonly (Tensor | null)[];

/**
 * Carries tangents from `places` to `outputs` through the graph between them, by loop: each node once, earlier ones first.
 *
 * @returns the tangent of each output; null: it has none
 */
export function pushForward(
  outputs: readonly Place[],
  places: readonly Place[],
  tangents: Tangents,
): Tangents {
  const carried = new Map<Node, (Tensor | null)[]>();
  places.forEach(({ node, outputIndex }, k) => {
    const known = carried.get(node) ?? node.outputSignatures.map(() => null);
    known[outputIndex] = tangents[k];
    carried.set(node, known);
  });
  const order = reach(
    outputs.map(({ node }) => node),
    places,
  ).reverse();
  withContext({}, () => {
    for (const node of order) {
      if (node.op === null || carried.has(node)) continue;
      const arriving = node.sources.map((source, k) =>
        source === null ? null : (carried.get(source)?.[node.sourceOutput(k)] ?? null),
      );
      if (arriving.every((tangent) => tangent === null)) continue;
      // As in a sweep, what the rules compute belongs to the place of the node.
      context.scope = node.scope;
      const pushed = (): (Tensor | null)[] => push(node, node.op as Op, arriving);
      carried.set(node, context.anomaly?.pushed(node, arriving, pushed) ?? pushed());
    }
  });
  return outputs.map(({ node, outputIndex }) => carried.get(node)?.[outputIndex] ?? null);
}

/** The tangents of a node's outputs. */
function push(node: Node, op: Op, arriving: Tangents): (Tensor | null)[] {
  const signatures = node.outputSignatures;
  if (op.jvp === "linear") {
    const operands = linearOperands(node, arriving);
    if (operands !== null) return [...applyAll(op, operands, node.attributes)];
  }
  const totals = signatures.map((): Tensor | null => null);
  arriving.forEach((tangent, k) => {
    if (tangent === null) return;
    for (const [index, part] of contribution(node, op, k, tangent).entries()) {
      if (part === null) continue;
      const fitted = fitTo(part, signatures[index]);
      const before = totals[index];
      totals[index] = before === null ? fitted : add(before, fitted);
    }
  });
  return totals;
}

/** What a linear op is applied to: tangents, zeros where none came, and what it is not linear in; null where one of these is not known. */
function linearOperands(node: Node, arriving: Tangents): Tensor[] | null {
  const operands: Tensor[] = [];
  for (const [k, tangent] of arriving.entries()) {
    const constant = ruleOf(node, k) === null;
    const source = node.source(k);
    let operand: Tensor | undefined | null = constant ? node.inputs[k] : tangent;
    if (!constant && operand === null && source !== null) {
      const { shape, dtype } = node.inputSignature(k);
      operand = zeros(shape, dtype);
    }
    if (operand === null || operand === undefined) return null;
    operands.push(operand);
  }
  return operands;
}

function contribution(node: Node, op: Op, position: number, tangent: Tensor): Tangents {
  if (Array.isArray(op.jvp)) {
    const part = op.jvp[position]?.(tangent, node) ?? null;
    return Array.isArray(part) ? part : [part];
  }
  return transposed(node, position, tangent);
}

/**
 * The tangent that one input causes, from its rule for cotangents: that rule is linear, and its transpose is what is wanted.
 *
 * The rule is run on cotangents that stand for any: only its graph counts, through which `tangent` is pulled back to them.
 */
function transposed(node: Node, position: number, tangent: Tensor): Tangents {
  const rule = ruleOf(node, position);
  if (rule === null) return [];
  const recorded = context.recording;
  const { shape, dtype } = node.inputSignature(position);
  return withContext({ recording: true }, () => {
    // Whole numbers, as pivots are, have no cotangent.
    const cotangents = node.outputSignatures.map((signature) =>
      isFloating(signature.dtype) ? track(zeros(signature.shape, signature.dtype)) : null,
    );
    const given = cotangents.filter((cotangent) => cotangent !== null);
    const raw = rule(given[0], node, cotangents);
    const result = raw === null ? null : cast(sumTo(raw, shape), dtype);
    if (result === null || result.node === null) return [];
    const root = { output: result as Tracked, cotangent: tangent };
    const found = sweep([root], { createGraph: recorded, part: true }, given);
    return cotangents.map((cotangent) => (cotangent === null ? null : found[given.indexOf(cotangent)]));
  });
}

const fitTo = (x: Tensor, { shape, dtype }: Signature): Tensor => expand(cast(x, dtype), shape);

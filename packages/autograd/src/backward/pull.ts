import { context } from "../context.ts";
import { ArgumentError } from "../errors.ts";
import { cast } from "../ops/elementwise/cast.ts";
import { sumTo } from "../ops/reductions/reduce.ts";
import type { Cotangents, Node, Op, Rule, Tensor } from "../tensor.ts";
import type { Arrivals } from "./arrivals.ts";
import type { Way } from "./way.ts";

/**
 * Applies the rules of a node and passes the results on.
 *
 * @param way which nodes lie on a way to what is asked for
 */
export function pull(node: Node, cotangents: Cotangents, way: Way, arrivals: Arrivals): void {
  const { arity, hooks } = node;
  const addTo = node.op?.addTo;
  if (hooks !== null) {
    const { sources } = node;
    hooks.pull(
      cotangents,
      (k, present) => (way.leadsOver(sources[k]) ? pullTo(node, k, present) : null),
      (k, result) => {
        const source = sources[k];
        if (way.leadsOver(source)) arrivals.send(source, node.sourceOutput(k), result);
      },
    );
    return;
  }
  for (let k = 0; k < arity; k++) {
    const source = node.source(k);
    if (!way.leadsOver(source)) continue;
    const index = node.sourceOutput(k);
    const sum = addTo === undefined ? null : arrivals.sumAt(source, index);
    if (sum !== null && addParts(node, sum, cotangents)) continue;
    const result = pullTo(node, k, cotangents);
    if (result !== null) arrivals.send(source, index, result, addTo !== undefined);
  }
}

/** Whether the cotangents were added to the parts of a sum of the sweep's own. */
function addParts(node: Node, sum: Tensor, cotangents: Cotangents): boolean {
  const op = node.op as Op;
  if (context.mapping !== null) return context.mapping.addParts(op, node.attributes, sum, cotangents);
  op.addTo?.(sum, cotangents, node);
  return true;
}

/** The cotangent of one input: what its rule says, with broadcasting and mixed element types undone. */
function pullTo(node: Node, position: number, cotangents: Cotangents): Tensor | null {
  const rule = ruleOf(node, position);
  if (rule === null) return null;
  const { anomaly } = context;
  return anomaly === null
    ? applyRule(rule, node, position, cotangents)
    : anomaly.pulled(node, position, cotangents, () => applyRule(rule, node, position, cotangents));
}

function applyRule(rule: Rule<unknown>, node: Node, position: number, cotangents: Cotangents): Tensor | null {
  const raw = rule(cotangents[0] as Tensor, node, cotangents);
  if (raw === null) return null;
  const { shape, dtype } = node.inputSignature(position);
  return raw.shape === shape && raw.dtype === dtype ? raw : cast(sumTo(raw, shape), dtype);
}

/** The rule for one input of a node; null where its gradient is zero. */
export function ruleOf(node: Node, position: number): Rule<unknown> | null {
  const vjp = (node.op as NonNullable<Node["op"]>).vjp;
  if (typeof vjp === "string") throw new ArgumentError(node.label, "expected an op with rules", vjp);
  return typeof vjp === "function" ? vjp(position) : vjp[position];
}

import { context } from "../context.ts";
import { ArgumentError, GraphError } from "../errors.ts";
import { cast } from "../ops/elementwise/cast.ts";
import { sumTo } from "../ops/reductions/reduce.ts";
import type { Cotangents, Node, NodeHooks, Rule, Tensor } from "../tensor.ts";
import { unchecked } from "./accumulate.ts";
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
    pullBetween(hooks, node, cotangents, way, arrivals);
    return;
  }
  for (let k = 0; k < arity; k++) {
    const source = node.source(k);
    if (source === null || !way.leadsOver(source)) continue;
    const index = node.sourceOutput(k);
    const sum = addTo === undefined ? null : arrivals.sumAt(source, index);
    if (sum === null) {
      const result = pullTo(node, k, cotangents);
      if (result !== null) arrivals.send(source, index, result, addTo !== undefined);
    } else addTo?.(sum, cotangents, node);
  }
}

/** The same between the calls around the node, which may replace what comes and what goes. */
function pullBetween(hooks: NodeHooks, node: Node, arrived: Cotangents, way: Way, arrivals: Arrivals): void {
  const { sources } = node;
  const asked = (k: number): boolean => {
    const source = sources[k];
    return source !== null && way.leadsOver(source);
  };
  const cotangents = hooks.before(arrived);
  if (node.freed) throw freedError(node);
  const nothing = cotangents.every((cotangent) => cotangent === null);
  const pulled = sources.map((_, k) => (nothing || !asked(k) ? null : pullTo(node, k, cotangents)));
  hooks.after(pulled, cotangents).forEach((result, k) => {
    if (result !== null && asked(k)) arrivals.send(sources[k] as Node, node.sourceOutput(k), result);
  });
}

/** The cotangent of one input: what its rule says, with broadcasting and mixed element types undone. */
function pullTo(node: Node, position: number, cotangents: Cotangents): Tensor | null {
  const rule = ruleOf(node, position);
  if (rule === null) return null;
  const { anomaly } = context;
  if (anomaly === null) return applyRule(rule, node, position, cotangents);
  // The culprit is the node, not an operation inside its rule.
  const result = unchecked(node, () => applyRule(rule, node, position, cotangents));
  if (result !== null) {
    const what = node.arity === 1 ? "the cotangent" : `the cotangent of input ${position}`;
    anomaly.checkCotangent(node, what, result, cotangents, node.inputs);
  }
  return result;
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

export const freedError = ({ label }: Node): GraphError =>
  new GraphError(
    "backward",
    `the graph of ${label} was freed by an earlier sweep; pass retainGraph: true to the first sweep to go through it twice`,
  );

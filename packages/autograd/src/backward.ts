import { callSite, firstNonFinite, rangeOf } from "./anomaly.ts";
import { context, withContext } from "./context.ts";
import { ones } from "./create.ts";
import { ArgumentError, GraphError, NonFiniteError, ShapeError } from "./errors.ts";
import { nodesBehind } from "./graph.ts";
import { observers } from "./hooks.ts";
import { add } from "./ops/elementwise/arithmetic.ts";
import { cast } from "./ops/elementwise/cast.ts";
import { sumTo } from "./ops/reductions/reduce.ts";
import { sameShape } from "./shape.ts";
import type { Node, Rule, Tensor } from "./tensor.ts";

export interface SweepOptions {
  /** Keep what the rules read, for another sweep through the same graph. Default: as `createGraph`. */
  readonly retainGraph?: boolean;
  /** Record the sweep itself, so that gradients can be differentiated again. Default false. */
  readonly createGraph?: boolean;
}

export interface BackwardOptions extends SweepOptions {
  /** The cotangent of `loss`, of its shape; needed unless `loss` has one element. Default 1. */
  readonly cotangent?: Tensor;
}

/**
 * Adds the gradient of `loss` to the `grad` of every leaf it depends on.
 *
 * For each node, in this order: tensor hooks see (and may replace) the summed cotangent; `retainGrad` keeps it; observers and the node's
 * `before` calls see it; the rule runs; the node's `after` calls see what it returns. On leaves, hooks run before the gradient is added.
 * What the rules read is freed on the way, unless `retainGraph`.
 *
 * @param loss a tensor with one element, or any tensor with a `cotangent` of its shape
 * @throws GraphError if no gradient flows to `loss` or its graph was freed; ShapeError if a cotangent is missing or does not fit
 * @see torch.Tensor.backward
 */
export function backward(loss: Tensor, { cotangent, ...options }: BackwardOptions = {}): void {
  if (context.mapping !== null)
    throw new GraphError(
      "backward",
      "inside vmap there is no one gradient to add: call grad there, or backward on what vmap returns",
    );
  const node = trackedNode("backward", loss);
  const seed = seedOf("backward", loss, cotangent);
  sweep([{ node, index: loss.outputIndex, cotangent: seed }], options, null);
}

export function trackedNode(operation: string, output: Tensor): Node {
  if (output.node === null) {
    throw new GraphError(
      operation,
      "no gradient flows to this tensor: nothing it was made from requires one, or it was made under noGrad",
    );
  }
  return output.node;
}

/** The given cotangent, checked, or 1 for a single element. */
export function seedOf(operation: string, output: Tensor, cotangent: Tensor | undefined): Tensor {
  if (cotangent === undefined) {
    if (output.size !== 1)
      throw new ShapeError(
        operation,
        [output.shape],
        "expected one element, or a cotangent of the output's shape",
      );
    return ones(output.shape, output.dtype);
  }
  if (!sameShape(cotangent.shape, output.shape)) {
    throw new ShapeError(
      operation,
      [output.shape, cotangent.shape],
      "expected a cotangent of the output's shape",
    );
  }
  return cast(cotangent, output.dtype);
}

/** One output of a node. */
export interface Place {
  readonly node: Node;
  readonly index: number;
}

/** Where a sweep begins: a cotangent that flows into one output of a node. */
export interface Root extends Place {
  readonly cotangent: Tensor;
}

/**
 * Carries cotangents from the roots to the leaves, by loop: each node once, later ones first.
 *
 * With `targets`, only what lies between roots and targets is visited, nothing is added to any `grad`, and the result holds a cotangent for
 * each target (null: it has none). Without, every leaf is a target and gathers its cotangent in `grad`.
 */
export function sweep(
  roots: readonly Root[],
  options: SweepOptions,
  targets: readonly Place[] | null,
): (Tensor | null)[] {
  const { createGraph = false, retainGraph = createGraph } = options;
  const order = reach(
    roots.map(({ node }) => node),
    targets,
  );
  const marks = new Int32Array(order.length);
  try {
    for (let position = 0; position < order.length; position++) {
      marks[position] = order[position].mark;
      order[position].mark = position;
    }
    const wanted = targets === null ? null : markWanted(order, targets);
    const found = withContext({ recording: createGraph }, () =>
      run(order, roots, wanted, retainGraph, targets),
    );
    for (const observer of observers) observer.swept?.();
    return found;
  } finally {
    // A hook may sweep through the same nodes: the marks of the sweep around it must survive.
    for (let position = 0; position < order.length; position++) order[position].mark = marks[position];
  }
}

/**
 * All nodes that the roots depend on, latest first.
 *
 * @param targets what the way leads to: nothing that is earlier than all of them lies on it
 * @throws GraphError if one that may lie on the way was freed
 */
export function reach(roots: readonly Node[], targets: readonly Place[] | null): Node[] {
  const order = nodesBehind(roots);
  const earliest =
    targets === null
      ? -1
      : targets.reduce((least, { node }) => Math.min(least, node.id), Number.POSITIVE_INFINITY);
  const freed = order.find(({ freed, id }) => freed && id > earliest);
  if (freed === undefined) return order;
  throw new GraphError(
    "backward",
    `the graph of ${freed.label} was freed by an earlier sweep; pass retainGraph: true to the first sweep to go through it twice`,
  );
}

/** Which nodes lie on a way to a target. */
function markWanted(order: readonly Node[], targets: readonly Place[]): boolean[] {
  const wanted = new Array<boolean>(order.length).fill(false);
  const aims = new Set(targets.map(({ node }) => node));
  for (let position = order.length - 1; position >= 0; position--) {
    const node = order[position];
    wanted[position] =
      aims.has(node) || node.sources.some((source) => source !== null && wanted[source.mark]);
  }
  return wanted;
}

function run(
  order: readonly Node[],
  roots: readonly Root[],
  wanted: readonly boolean[] | null,
  retainGraph: boolean,
  targets: readonly Place[] | null,
): (Tensor | null)[] {
  const pending = new Array<(Tensor | null)[] | null>(order.length).fill(null);
  const arrived = new Map<Node, readonly (Tensor | null)[]>();
  const aims = new Set(targets?.map(({ node }) => node));
  const send = (node: Node, index: number, cotangent: Tensor): void => {
    const position = node.mark;
    let slots = pending[position];
    if (slots === null) {
      slots = Array.isArray(node.signature)
        ? new Array<Tensor | null>(node.signature.length).fill(null)
        : [null];
      pending[position] = slots;
    }
    const before = slots[index];
    slots[index] = before === null ? cotangent : add(before, cotangent);
  };
  for (const root of roots) send(root.node, root.index, root.cotangent);
  for (let position = 0; position < order.length; position++) {
    const node = order[position];
    const cotangents = pending[position];
    pending[position] = null;
    if (cotangents === null || (wanted !== null && !wanted[position])) continue;
    if (node.hooks !== null) callTensorHooks(node, cotangents);
    if (observers.length > 0) for (const observer of observers) observer.cotangent?.({ node, cotangents });
    if (aims.has(node)) {
      arrived.set(node, cotangents);
      // Nothing behind it is asked for: its graph stays for others.
      if (!node.sources.some((source) => source !== null && wanted?.[source.mark])) continue;
    }
    if (node.op === null) {
      if (targets === null) accumulate(node.output, cotangents[0]);
      continue;
    }
    pull(node, cotangents, wanted, send);
    if (!retainGraph) node.free();
  }
  return targets?.map(({ node, index }) => arrived.get(node)?.[index] ?? null) ?? [];
}

function callTensorHooks(node: Node, cotangents: (Tensor | null)[]): void {
  const { tensor, retained } = node.hooks as NonNullable<Node["hooks"]>;
  for (const { index, call } of [...tensor]) {
    const cotangent = cotangents[index];
    if (cotangent === null) continue;
    const replaced = call(cotangent);
    if (replaced === undefined) continue;
    if (!sameShape(replaced.shape, cotangent.shape)) {
      throw new ShapeError(
        "onGradient",
        [cotangent.shape, replaced.shape],
        `expected the hook on ${node.label} to keep the shape`,
      );
    }
    cotangents[index] = replaced;
  }
  for (const { index, tensor } of retained) {
    accumulate(tensor, cotangents[index]);
  }
}

function accumulate(tensor: Tensor, cotangent: Tensor | null): void {
  if (cotangent !== null) tensor.grad = tensor.grad === null ? cotangent : add(tensor.grad, cotangent);
}

/** Applies the rules of a node, undoes broadcasting and mixed element types, and passes the results on. */
function pull(
  node: Node,
  cotangents: readonly (Tensor | null)[],
  wanted: readonly boolean[] | null,
  send: (node: Node, index: number, cotangent: Tensor) => void,
): void {
  const { sources, hooks } = node;
  if (hooks !== null) for (const call of [...hooks.before]) call(cotangents);
  const results: (Tensor | null)[] | null = hooks !== null && hooks.after.length > 0 ? [] : null;
  for (let k = 0; k < sources.length; k++) {
    const source = sources[k];
    let result: Tensor | null = null;
    if (source !== null && (wanted === null || wanted[source.mark])) {
      const rule = ruleOf(node, k);
      const raw = rule === null ? null : applyRule(rule, node, cotangents);
      if (raw !== null) {
        const { shape, dtype } = node.inputSignature(k);
        result = raw.shape === shape && raw.dtype === dtype ? raw : cast(sumTo(raw, shape), dtype);
        if (context.anomaly) checkCotangent(node, cotangents, result);
        send(source, node.sourceOutputs?.[k] ?? 0, result);
      }
    }
    results?.push(result);
  }
  if (results !== null) for (const call of [...(hooks as NonNullable<typeof hooks>).after]) call(results);
}

function applyRule(rule: Rule<unknown>, node: Node, cotangents: readonly (Tensor | null)[]): Tensor | null {
  const first = cotangents[0] as Tensor;
  if (!context.anomaly) return rule(first, node, cotangents);
  // The culprit is the node, not an operation inside its rule.
  return withContext({ anomaly: false }, () => rule(first, node, cotangents));
}

/** The rule for one input of a node; null where its gradient is zero. */
export function ruleOf(node: Node, position: number): Rule<unknown> | null {
  const vjp = (node.op as NonNullable<Node["op"]>).vjp;
  if (typeof vjp === "string") throw new ArgumentError(node.label, "expected an op with rules", vjp);
  return typeof vjp === "function" ? vjp(position) : vjp[position];
}

function checkCotangent(node: Node, cotangents: readonly (Tensor | null)[], result: Tensor): void {
  const bad = firstNonFinite(result);
  if (bad === null) return;
  const operation = node.op?.name ?? "leaf";
  const operands = cotangents.flatMap((cotangent) =>
    cotangent === null ? [] : [`cotangent ${rangeOf(cotangent)}`],
  );
  for (const input of node.inputs) if (input !== undefined) operands.push(rangeOf(input));
  const site = node.site ?? callSite();
  throw new NonFiniteError(
    `backward of ${node.label}: the cotangent is ${bad.value} at [${bad.index.join(", ")}]; operands: ${operands.join("; ")}${site === undefined ? "" : `; at ${site}`}`,
    { operation, direction: "backward", scope: node.scope, site, operands },
  );
}

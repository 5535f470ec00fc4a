import { accumulate, accumulateLeaf } from "./backward/accumulate.ts";
import { Arrivals } from "./backward/arrivals.ts";
import { pull } from "./backward/pull.ts";
import { earliestOf, type Place, Way } from "./backward/way.ts";
import { context, withContext } from "./context.ts";
import { ones } from "./create.ts";
import { GraphError, ShapeError } from "./errors.ts";
import { type Behind, walkBehind } from "./graph.ts";
import { watch } from "./hooks.ts";
import { cast } from "./ops/elementwise/cast.ts";
import { sameShape } from "./shape.ts";
import type { Node, Tensor, Tracked } from "./tensor.ts";

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
 * For each node, in this order: tensor hooks see, and may replace, the summed cotangent; `retainGrad` keeps it; observers see it; the node's
 * `before` calls see it, and may replace it; the rule runs; the node's `after` calls see, and may replace, what it returns. On a leaf the rule
 * is the addition to `grad`, and `onAccumulate` calls run after it. What the rules read is freed on the way, unless `retainGraph`.
 *
 * @param loss a tensor with one element, or any tensor with a `cotangent` of its shape
 * @throws GraphError if no gradient flows to `loss` or its graph was freed; ShapeError if a cotangent is missing or does not fit
 * @see torch.Tensor.backward
 * @example
 * const x = parameter([1, 2, 3]);
 * backward(sum(square(x)));
 * x.grad; // [2, 4, 6]
 * backward(square(x), { cotangent: tensor([10, 0, 0]) });
 * x.grad; // [22, 4, 6]
 */
export function backward(loss: Tensor, { cotangent, ...options }: BackwardOptions = {}): void {
  if (context.mapping !== null)
    throw new GraphError(
      "backward",
      "inside vmap there is no one gradient to add: call grad there, or backward on what vmap returns",
    );
  const output = tracked("backward", loss);
  sweep([{ output, cotangent: seedOf("backward", loss, cotangent) }], options, null);
}

export function tracked(operation: string, output: Tensor): Tracked {
  if (output.node === null) {
    throw new GraphError(
      operation,
      "no gradient flows to this tensor: nothing it was made from requires one, or it was made under noGrad",
    );
  }
  return output as Tracked;
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

/** What only the library asks of a sweep. */
export interface SweepPlan extends SweepOptions {
  /**
   * It is part of another sweep or computation, whose places the targets are: it goes no further, even where one target lies behind
   * another, calls no hooks there, and observers are not told that it begins and ends. Default false.
   */
  readonly part?: boolean;
}

/** Where a sweep begins: a cotangent that flows into a tensor. */
export interface Root {
  readonly output: Tracked;
  readonly cotangent: Tensor;
}

/** How many sweeps run, one inside the other. */
let underWay = 0;

/**
 * Carries cotangents from the roots to the leaves, by loop: each node once, later ones first.
 *
 * With `targets`, only what lies between roots and targets is visited, nothing is added to any `grad`, and the result holds a cotangent for
 * each target (null: it has none). Without, every leaf is a target and gathers its cotangent in `grad`.
 *
 * @param behind what lies behind the roots, where that is known
 */
export function sweep(
  roots: readonly Root[],
  plan: SweepPlan,
  targets: readonly Place[] | null,
  behind?: Behind,
): (Tensor | null)[] {
  const { createGraph = false, retainGraph = createGraph, part = false } = plan;
  const order = reach(
    roots.map(({ output }) => output.node),
    targets,
    behind,
  );
  // A hook may sweep through the same nodes: the marks of the sweep around it must survive.
  const marks = underWay > 0 ? order.map(({ mark }) => mark) : null;
  underWay++;
  const event = { roots, mapped: context.mapping !== null };
  try {
    if (!part) watch.by?.sweeping?.(event);
    const way = new Way(order, targets);
    const found = withContext({ recording: createGraph }, () =>
      run(order, roots, way, { retainGraph, part }, targets),
    );
    if (!part) watch.by?.swept?.(event);
    return found;
  } finally {
    underWay--;
    marks?.forEach((mark, position) => {
      order[position].mark = mark;
    });
  }
}

/**
 * All nodes that the roots depend on, latest first.
 *
 * @param targets what the way leads to: nothing that is earlier than all of them lies on it, and the walk ends there
 * @throws GraphError if one that may lie on the way was freed
 */
export function reach(roots: readonly Node[], targets: readonly Place[] | null, behind?: Behind): Node[] {
  const earliest = targets === null ? -1 : earliestOf(targets);
  const { nodes, ends } = behind ?? walkBehind(roots, earliest);
  for (const node of ends) if (node.id > earliest) node.requireKept();
  return nodes;
}

function run(
  order: readonly Node[],
  roots: readonly Root[],
  way: Way,
  { retainGraph, part }: SweepPlan,
  targets: readonly Place[] | null,
): (Tensor | null)[] {
  const arrivals = new Arrivals(order.length);
  const arrived = new Map<Node, readonly (Tensor | null)[]>();
  for (const { output, cotangent } of roots) {
    const { node } = output;
    context.anomaly?.checkCotangent(node, "the cotangent that the sweep begins with", cotangent, []);
    if (way.leadsOver(node)) arrivals.send(node, output.outputIndex, cotangent);
  }
  for (let position = 0; position < order.length; position++) {
    const node = order[position];
    const cotangents = arrivals.take(position);
    if (cotangents === null) continue;
    // What rules and hooks compute belongs to the place of the node. The sweep runs in a context of its own, which ends with it.
    context.scope = node.scope;
    const aimed = way.isTarget(node);
    if (!(aimed && part)) {
      node.hooks?.arrive(cotangents, (tensor, cotangent) => accumulate(node, tensor, cotangent));
      watch.by?.cotangent?.({ node, cotangents, mapped: context.mapping !== null });
    }
    node.requireKept();
    if (aimed) {
      arrived.set(node, cotangents);
      // Nothing behind it is asked for: its graph stays for others.
      if (part || !way.leadsBeyond(node)) continue;
    }
    if (node.op === null) {
      if (targets === null) accumulateLeaf(node, cotangents);
      continue;
    }
    pull(node, cotangents, way, arrivals);
    if (!retainGraph) node.free();
  }
  return targets?.map(({ node, outputIndex }) => arrived.get(node)?.[outputIndex] ?? null) ?? [];
}

import type { Place } from "../backward/way.ts";
import { sweep } from "../backward.ts";
import { context, lifted, renewed, withContext } from "../context.ts";
import { GraphError } from "../errors.ts";
import { nodesBehind } from "../graph.ts";
import { defineOp } from "../op.ts";
import { alias } from "../ops/elementwise/cast.ts";
import { type Draws, Generator, witnessDraws } from "../random.ts";
import { Node, nodesCreated, type Op, type Tensor, type Tracked, track } from "../tensor.ts";
import { mapTree, realsOf, withReals } from "../tree.ts";
import { jointRule } from "./joint-rule.ts";
import { closed } from "./trace.ts";

/** A call that is run again in the sweep. */
interface Recomputed {
  readonly f: (...args: never[]) => unknown;
  readonly args: readonly unknown[];
  readonly draws: Draws;
  /** What the function reads besides its arguments, and gradients flow to. */
  readonly captured: readonly Place[];
  /** What the leaves among these held. */
  readonly held: readonly (Held | null)[];
}

type Held = Pick<Tensor, "data" | "offset">;

const checkpointOp: Op<Recomputed> = /* @__PURE__ */ defineOp<Recomputed>({
  name: "checkpoint",
  shape: () => [],
  forward: () => [],
  vjp: /* @__PURE__ */ jointRule((node, cotangents) => recompute(node.attributes, cotangents)),
});

/**
 * The function `f`, recorded as one operation: what happens inside is not kept, but computed again when a gradient is asked for.
 *
 * It trades time for memory, about one more forward pass. Gradients are those of `f`, of every order, also to tensors that `f` reads
 * without being given them. Random draws are repeated.
 *
 * @param f of tensors or trees of them, returns the same; must compute the same when it is called again
 * @throws GraphError in the sweep, if a parameter that `f` reads was bound to another value meanwhile
 * @see Chen et al. 2016, "Training deep nets with sublinear memory cost"; torch.utils.checkpoint; jax.checkpoint
 * @example
 * const block = checkpoint((x: Tensor) => tanh(square(x)));
 * grad((x) => sum(block(x)))(tensor([0, 1])); // [0, 0.8399]
 */
export function checkpoint<Args extends readonly unknown[], R>(
  f: (...args: Args) => R,
): (...args: Args) => R {
  return (...args) => (context.recording ? recorded(f, args) : f(...args));
}

function recorded<Args extends readonly unknown[], R>(f: (...args: Args) => R, args: Args): R {
  const began = nodesCreated();
  const given = realsOf(args).map(lifted);
  const fresh = withReals(
    args,
    given.map((x) => track(renewed(x))),
  );
  const { result: value, draws } = witnessDraws(() => f(...fresh));
  const outputs = realsOf(value).filter(({ node }) => node !== null);
  const captured = placesBefore(began, outputs);
  if (captured.length === 0 && given.every(({ node }) => node === null)) return closed(value, false);
  const attributes: Recomputed = {
    f: f as Recomputed["f"],
    args: withReals(
      args,
      given.map((x) => x.snapshot()),
    ),
    draws,
    captured,
    held: captured.map(({ node }) => boundTo(node)),
  };
  const node = new Node<unknown>(
    checkpointOp as Op,
    attributes,
    outputs.map(({ shape, dtype }) => ({ shape, dtype })),
    context.scope,
    [...given, ...captured],
  );
  return mapTree(value, (x) => {
    const result = renewed(x);
    const index = outputs.indexOf(x);
    if (index >= 0) {
      result.node = node;
      result.outputIndex = index;
    }
    return result;
  });
}

/** The places, recorded before `began`, that the graph since then begins at. */
function placesBefore(began: number, outputs: readonly Tensor[]): Place[] {
  const places = new Map<Node, Set<number>>();
  const note = (node: Node | null, index: number): void => {
    if (node === null || node.id >= began) return;
    places.set(node, (places.get(node) ?? new Set()).add(index));
  };
  for (const { node, outputIndex } of outputs) note(node, outputIndex);
  for (const node of nodesBehind(
    outputs.flatMap(({ node: root }) => root ?? []),
    began,
  ))
    node.sources.forEach((source, k) => {
      note(source, node.sourceOutput(k));
    });
  return [...places].flatMap(([node, indices]) => [...indices].map((outputIndex) => ({ node, outputIndex })));
}

/** What a leaf holds now; null for what an operation made: that never changes. */
const boundTo = ({ op, output }: Node): Held | null =>
  op === null ? { data: output.data, offset: output.offset } : null;

/** Runs the call again, recorded, and pulls the cotangents of its outputs to its arguments and to what it captured. */
function recompute(
  { f, args, draws, captured, held }: Recomputed,
  cotangents: readonly (Tensor | null)[],
): (Tensor | null)[] {
  const isMoved = ({ node }: Place, k: number): boolean => {
    const [now, before] = [boundTo(node), held[k]];
    return now?.data !== before?.data || now?.offset !== before?.offset;
  };
  if (captured.some(isMoved))
    throw new GraphError(
      "checkpoint",
      "a parameter was bound to another value before the call could be repeated",
    );
  const createGraph = context.recording;
  const given = realsOf(args);
  // What runs again is the user's code: anomaly mode looks inside.
  return withContext({ recording: true, anomaly: context.detecting, site: undefined }, () => {
    const fresh = given.map((x) => (createGraph && x.node !== null ? alias(x) : track(renewed(x))));
    const value = Generator.replay(draws, () => f(...(withReals(args, fresh) as never[])));
    const outputs = realsOf(value).filter(({ node }) => node !== null);
    const roots = outputs.flatMap((output, k) => {
      const cotangent = cotangents[k];
      return cotangent === null ? [] : [{ output: output as Tracked, cotangent }];
    });
    return sweep(roots, { createGraph, part: true }, [...(fresh as Tracked[]), ...captured]);
  });
}

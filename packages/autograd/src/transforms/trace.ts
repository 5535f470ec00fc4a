import { seedOf } from "../backward.ts";
import { context, lifted, renewed, withContext } from "../context.ts";
import { isFloating } from "../dtype.ts";
import { ArgumentError } from "../errors.ts";
import { type Behind, walkBehind } from "../graph.ts";
import { alias } from "../ops/elementwise/cast.ts";
import { type Node, nodesCreated, type Tensor, type Tracked, track } from "../tensor.ts";
import { leavesOf, mapTree, realsOf, withReals } from "../tree.ts";

/** A call of a function with what it is differentiated by put in as new places of the graph. */
export interface Trace<R> {
  readonly value: R;
  /** What stands for each tensor of reals in the arguments that count, in the order of `realsOf`. */
  readonly inputs: readonly Tracked[];
  /** Whether somebody outside can ask for a further derivative: the graph leads to a tracked tensor that is not one of ours. */
  readonly open: boolean;
  /** What lies behind the value. */
  readonly behind?: Behind;
}

/**
 * Calls `f` with new tracked tensors in place of those in `args`.
 *
 * @param counts which arguments count; the others are passed as they are
 * @throws ArgumentError if they hold no tensors of reals
 */
export function trace<Args extends readonly unknown[], R>(
  operation: string,
  f: (...args: Args) => R,
  args: Args,
  counts: (position: number) => boolean,
): Trace<R> {
  const outer = context.recording;
  const began = nodesCreated();
  const fresh = (x: Tensor): Tracked => {
    const own = lifted(x);
    return withContext({ recording: true }, () =>
      own.node === null || !outer ? track(renewed(own)) : (alias(own) as Tracked),
    );
  };
  const inputs: Tracked[] = [];
  const argued = args.map((arg, position) => {
    if (!counts(position)) return arg;
    const own = realsOf(arg).map(fresh);
    inputs.push(...own);
    return withReals(arg, own);
  }) as unknown as Args;
  if (inputs.length === 0) {
    const counted = [...args.keys()].filter(counts);
    throw new ArgumentError(
      operation,
      `expected argument ${counted.join(", ")} to hold tensors of reals`,
      counted.length === 1 ? args[counted[0]] : counted.map((position) => args[position]),
    );
  }
  const value = withContext({ recording: true }, () => f(...argued));
  if (!outer) return { value, inputs, open: false };
  const roots = leavesOf(value).flatMap(({ tensor: { node } }) => (node === null ? [] : [node]));
  const behind = walkBehind(roots, began);
  const ours = new Set(inputs.map(({ node }) => node));
  const isOutside = (node: Node): boolean => !node.freed && (node.id < began || !ours.has(node));
  return { value, inputs, open: behind.ends.some(isOutside), behind };
}

/** A result as the caller may have it: with its history where that leads outside, else without. */
export const closed = <T>(tree: T, open: boolean): T => (open ? tree : mapTree(tree, renewed));

/**
 * The tensors of `seeds` that stand where `tree` has tensors of reals, each once; null where there is none.
 *
 * @throws ArgumentError if one stands where the tree has none; ShapeError if it does not fit
 */
export function seedsFor(operation: string, tree: unknown, seeds: unknown): (Tensor | null)[] {
  const given = new Map(leavesOf(seeds).map(({ path, tensor }) => [path, tensor]));
  const seen = new Set<Tensor>();
  const found: (Tensor | null)[] = [];
  for (const { path, tensor } of leavesOf(tree)) {
    const seed = given.get(path);
    given.delete(path);
    if (!isFloating(tensor.dtype) || seen.has(tensor)) continue;
    seen.add(tensor);
    found.push(seed === undefined ? null : seedOf(operation, tensor, seed));
  }
  const [stray] = given.keys();
  if (stray !== undefined)
    throw new ArgumentError(
      operation,
      "expected the structure of what it belongs to",
      `a tensor at "${stray}"`,
    );
  return found;
}

import { isFloating } from "./dtype.ts";
import { Tensor } from "./tensor.ts";

/** Tensors in arrays and objects, nested as one likes: what a function of many parameters takes. */
export type Tree = Tensor | readonly Tree[] | object;

/** One leaf of a tree, with the way to it. */
export interface Leaf {
  /** Keys joined by dots; empty for a tree that is a single tensor. */
  readonly path: string;
  readonly tensor: Tensor;
}

const isContainer = (value: unknown): value is object =>
  typeof value === "object" && value !== null && !ArrayBuffer.isView(value);

const childrenOf = (container: object): [string, unknown][] => Object.entries(container);

/** The tensors of a tree with their paths, in the order of their keys. Shared or circular containers are visited once. */
export function leavesOf(tree: unknown): Leaf[] {
  const leaves: Leaf[] = [];
  const seen = new Set<object>();
  const stack: [path: string, value: unknown][] = [["", tree]];
  while (stack.length > 0) {
    const [path, value] = stack.pop() as [string, unknown];
    if (value instanceof Tensor) {
      leaves.push({ path, tensor: value });
    } else if (isContainer(value) && !seen.has(value)) {
      seen.add(value);
      const children = childrenOf(value);
      for (let k = children.length - 1; k >= 0; k--) {
        const [key, child] = children[k];
        stack.push([path === "" ? key : `${path}.${key}`, child]);
      }
    }
  }
  return leaves;
}

/** The tensors of a tree that can carry gradients, each once, in the order of `leavesOf`. */
export function realsOf(tree: unknown): Tensor[] {
  return [...new Set(leavesOf(tree).map(({ tensor }) => tensor))].filter(({ dtype }) => isFloating(dtype));
}

/** A tree of the same structure with `values` in place of its `realsOf`, in their order. */
export function withReals<T>(tree: T, values: readonly Tensor[]): T {
  const replacements = new Map(realsOf(tree).map((x, k) => [x, values[k]]));
  return mapTree(tree, (x) => replacements.get(x) ?? x);
}

/**
 * A tree of the same structure with each tensor replaced, once where it stands in several places. Containers that hold no tensor, at whatever depth, are shared: what else an object
 * remembers, such as a generator, stays its own.
 */
export function mapTree<T>(tree: T, replace: (tensor: Tensor) => Tensor): T {
  const holders = holdersIn(tree);
  const renewed = new Map<object, object>();
  const replaced = new Map<Tensor, Tensor>();
  const stack: object[] = [];
  const replaceOnce = (tensor: Tensor): Tensor => {
    const result = replaced.get(tensor) ?? replace(tensor);
    replaced.set(tensor, result);
    return result;
  };
  const renew = (value: unknown): unknown => {
    if (value instanceof Tensor) return replaceOnce(value);
    if (!isContainer(value) || !holders.has(value)) return value;
    const known = renewed.get(value);
    if (known !== undefined) return known;
    const copy: object = Array.isArray(value) ? [] : Object.create(Object.getPrototypeOf(value));
    renewed.set(value, copy);
    stack.push(value);
    return copy;
  };
  const root = renew(tree);
  while (stack.length > 0) {
    const container = stack.pop() as object;
    const copy = renewed.get(container) as Record<string, unknown>;
    for (const [key, child] of childrenOf(container)) copy[key] = renew(child);
  }
  return root as T;
}

/** The containers that hold a tensor, at whatever depth. */
function holdersIn(tree: unknown): Set<object> {
  const parents = new Map<object, object[]>();
  const holding: object[] = [];
  const stack = isContainer(tree) && !(tree instanceof Tensor) ? [tree] : [];
  for (const container of stack) parents.set(container, []);
  while (stack.length > 0) {
    const container = stack.pop() as object;
    for (const [, child] of childrenOf(container)) {
      if (child instanceof Tensor) {
        holding.push(container);
      } else if (isContainer(child)) {
        const known = parents.get(child);
        if (known === undefined) stack.push(child);
        parents.set(child, [...(known ?? []), container]);
      }
    }
  }
  const holders = new Set<object>();
  while (holding.length > 0) {
    const container = holding.pop() as object;
    if (holders.has(container)) continue;
    holders.add(container);
    holding.push(...(parents.get(container) as object[]));
  }
  return holders;
}

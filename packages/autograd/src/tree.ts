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
  typeof value === "object" && value !== null && !ArrayBuffer.isView(value) && !(value instanceof Tensor);

const childrenOf = (container: object): [string, unknown][] => Object.entries(container);

/**
 * The tensors of a tree with their paths, in the order of their keys. Shared or circular containers are visited once.
 *
 * @example
 * leavesOf({ w: tensor(1), layers: [{ b: tensor(2) }] }).map(({ path }) => path); // ["w", "layers.0.b"]
 */
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
 *
 * @example
 * mapTree({ name: "linear", w: tensor([1, 2]) }, (x) => mul(x, 10)); // { name: "linear", w: [10, 20] }
 */
export function mapTree<T>(tree: T, replace: (tensor: Tensor) => Tensor): T {
  const copies = new Map<unknown, object>();
  for (const holder of holdersIn(tree))
    copies.set(holder, Array.isArray(holder) ? [] : Object.create(Object.getPrototypeOf(holder)));
  const replaced = new Map<Tensor, Tensor>();
  const renew = (value: unknown): unknown => {
    if (!(value instanceof Tensor)) return copies.get(value) ?? value;
    const result = replaced.get(value) ?? replace(value);
    replaced.set(value, result);
    return result;
  };
  for (const [holder, copy] of copies)
    for (const [key, child] of childrenOf(holder as object))
      (copy as Record<string, unknown>)[key] = renew(child);
  return renew(tree) as T;
}

/** The containers that hold a tensor, at whatever depth. What is added to a map or a set on the way is visited, too. */
function holdersIn(tree: unknown): Set<object> {
  const parents = new Map<object, object[]>(isContainer(tree) ? [[tree, []]] : []);
  const holders = new Set<object>();
  for (const container of parents.keys())
    for (const child of Object.values(container)) {
      if (child instanceof Tensor) holders.add(container);
      else if (isContainer(child)) {
        const known = parents.get(child) ?? [];
        known.push(container);
        parents.set(child, known);
      }
    }
  for (const holder of holders) for (const parent of parents.get(holder) ?? []) holders.add(parent);
  return holders;
}

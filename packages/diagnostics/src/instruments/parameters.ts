import { ArgumentError, fromData, graphNodes, leavesOf, type Tensor, type Tree } from "@isograd/autograd";

/**
 * The tracked leaves that a loss depends on, in the order in which they were made, without the `inputs`; or those that are asked for.
 *
 * @throws ArgumentError if there are none, or one that is asked for is not a tracked leaf
 */
export function parametersOf(
  operation: string,
  loss: Tensor,
  inputs: Tensor,
  asked: Tree | undefined,
): Tensor[] {
  if (asked === undefined) {
    const found = graphNodes(loss).flatMap(({ op, output }) =>
      op === null && output !== inputs ? [output] : [],
    );
    if (found.length > 0) return found.sort((a, b) => (a.node?.id ?? 0) - (b.node?.id ?? 0));
    throw new ArgumentError(operation, "expected tracked parameters that the loss depends on", 0);
  }
  const found = [...new Set(leavesOf(asked).map(({ tensor }) => tensor))];
  if (found.length === 0) throw new ArgumentError(operation, "expected parameters", asked);
  for (const each of found)
    if (!each.isLeaf || !each.requiresGrad)
      throw new ArgumentError(operation, "expected parameters that are tracked leaves", each);
  return found;
}

export const sizeOfAll = (tensors: readonly Tensor[]): number =>
  tensors.reduce((sum, { size }) => sum + size, 0);

/** Half a unit in the last place of the least precise of them. */
export const precisionOf = (tensors: readonly Tensor[]): number =>
  tensors.every(({ dtype }) => dtype === "f64") ? 2 ** -53 : 2 ** -24;

/** All elements, tensor by tensor, in double precision. */
export function flatten(tensors: readonly Tensor[]): Float64Array {
  const flat = new Float64Array(sizeOfAll(tensors));
  let at = 0;
  for (const each of tensors) {
    flat.set(each.values(), at);
    at += each.size;
  }
  return flat;
}

/** Tensors of the shapes and element types of `like`, from all their elements. */
export function unflatten(flat: Float64Array, like: readonly Tensor[]): Tensor[] {
  let at = 0;
  return like.map(({ size, shape, dtype }) => {
    const part = flat.subarray(at, at + size);
    at += size;
    return fromData(dtype === "f64" ? part.slice() : Float32Array.from(part), shape);
  });
}

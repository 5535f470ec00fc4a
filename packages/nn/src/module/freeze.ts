import type { Node, Tensor } from "@isograd/autograd";

/** The graph nodes of frozen leaves: what makes them parameters again. */
const frozen = new WeakMap<Tensor, Node>();

/** Stops gradients from flowing to a leaf until `unfreezeTensor`; its gradient so far is dropped. */
export function freezeTensor(tensor: Tensor): void {
  if (tensor.node === null || !tensor.isLeaf) return;
  frozen.set(tensor, tensor.node);
  tensor.node = null;
  tensor.grad = null;
}

export function unfreezeTensor(tensor: Tensor): void {
  const node = frozen.get(tensor);
  if (node === undefined) return;
  tensor.node = node;
  frozen.delete(tensor);
}

export const isFrozen = (tensor: Tensor): boolean => frozen.has(tensor);

/** Whether a tensor that a module holds is learnt, now or when it is unfrozen. */
export const isParameter = (tensor: Tensor): boolean =>
  isFrozen(tensor) || (tensor.node !== null && tensor.isLeaf);

/** Whether a tensor that a module holds is state that no gradient reaches: running statistics, tables. */
export const isBuffer = (tensor: Tensor): boolean => tensor.node === null && !isFrozen(tensor);

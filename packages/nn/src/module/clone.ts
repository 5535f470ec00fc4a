import { Generator, parameter, Tensor } from "@isograd/autograd";
import { freezeTensor, isFrozen, isParameter } from "./freeze.ts";
import { isContainer, isModule } from "./holdings.ts";

/**
 * An independent copy of modules, arrays and plain objects, with the tensors and generators in them; the rest is shared.
 *
 * What is held twice is copied once. Walked by loop. Values are shared until one side is bound to a new one: tensors are immutable.
 */
export function cloneTree<T extends object>(root: T): T {
  const copies = new Map<object, object>();
  const stack: object[] = [];
  const renew = (value: unknown): unknown => {
    if (typeof value !== "object" || value === null) return value;
    const known = copies.get(value);
    if (known !== undefined) return known;
    const copy = copyOf(value);
    copies.set(value, copy);
    if (isContainer(value) || isModule(value)) stack.push(value);
    return copy;
  };
  const result = renew(root) as T;
  for (let source = stack.pop(); source !== undefined; source = stack.pop()) {
    const copy = copies.get(source) as Record<string, unknown>;
    for (const key of Object.keys(source)) copy[key] = renew((source as Record<string, unknown>)[key]);
  }
  return result;
}

function copyOf(value: object): object {
  if (value instanceof Tensor) return cloneTensor(value);
  if (value instanceof Generator) return value.clone();
  if (Array.isArray(value)) return [];
  return isContainer(value) || isModule(value) ? Object.create(Object.getPrototypeOf(value)) : value;
}

function cloneTensor(tensor: Tensor): Tensor {
  if (!isParameter(tensor)) return tensor.detach();
  const copy = parameter(tensor);
  if (isFrozen(tensor)) freezeTensor(copy);
  return copy;
}

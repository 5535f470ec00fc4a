import { Generator, Tensor } from "@isograd/autograd";

/** Something that an object holds in a property of its own, or in arrays and plain objects there. */
export interface Holding {
  /** Property names and positions joined by dots. */
  readonly path: string;
  readonly value: unknown;
  /** The object or array that holds the value, and under which key. */
  readonly container: object;
  readonly key: string;
}

/** Arrays and plain objects: what a walk looks into. Other objects, modules among them, are values. */
export function isContainer(value: unknown): value is object {
  if (typeof value !== "object" || value === null) return false;
  if (Array.isArray(value)) return true;
  const prototype = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}

/** Whether a value is a module: asked for the property, so that a walk need not know the class. */
export function isModule(value: unknown): boolean {
  return typeof value === "object" && value !== null && "isModule" in value && value.isModule === true;
}

/** The modules, tensors and generators that `owner` holds itself, in the order of its properties; those of its modules are theirs. */
export function holdingsOf(owner: object): Holding[] {
  const found: Holding[] = [];
  const seen = new Set<object>([owner]);
  const stack: Holding[] = [];
  const open = (path: string, container: object): void => {
    const keys = Object.keys(container);
    for (let k = keys.length - 1; k >= 0; k--) {
      const key = keys[k];
      const value = (container as Record<string, unknown>)[key];
      if (typeof value !== "object" || value === null) continue;
      stack.push({ path: path === "" ? key : `${path}.${key}`, value, container, key });
    }
  };
  open("", owner);
  for (let next = stack.pop(); next !== undefined; next = stack.pop()) {
    const { path, value } = next;
    if (value instanceof Tensor || value instanceof Generator || isModule(value)) {
      found.push(next);
    } else if (isContainer(value) && !seen.has(value)) {
      seen.add(value);
      open(path, value);
    }
  }
  return found;
}

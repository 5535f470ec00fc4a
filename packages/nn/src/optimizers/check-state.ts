import { ArgumentError, type Tensor } from "@isograd/autograd";
import { groupsOf, stateAt } from "./links.ts";
import type { GradientTransform } from "./transform.ts";

/**
 * Looks whether a state is one of a transform: what it remembers at first says which keys and how many entries there are. Of transforms without a
 * rule nothing is known, their states are taken as they come.
 *
 * @throws ArgumentError naming the place in the state
 */
export function checkTransformState<State>(
  whole: GradientTransform<State>,
  state: unknown,
  parameters: readonly Tensor[],
): void {
  const initial: unknown = whole.init(parameters);
  const opaque = new Set<unknown>();
  const sizes = new Map<unknown, readonly number[]>();
  const stack = [{ transform: whole as GradientTransform, expected: initial, own: parameters }];
  for (let next = stack.pop(); next !== undefined; next = stack.pop()) {
    const { transform, expected, own } = next;
    for (const { rule, parts, path } of groupsOf(transform).flat()) {
      const begun = stateAt(expected, path);
      if (parts !== undefined) {
        let from = 0;
        for (const [k, { count, transform: part }] of parts.entries()) {
          from += count;
          const members = own.slice(from - count, from);
          stack.push({ transform: part, expected: stateAt(begun, [k]), own: members });
        }
      } else if (rule === undefined) opaque.add(begun);
      else {
        const { memory } = (begun ?? {}) as { memory?: unknown };
        if (Array.isArray(memory))
          sizes.set(
            memory,
            own.map(({ size }) => size),
          );
      }
    }
  }
  checkLike("Optimizer", state, initial, opaque, sizes);
}

/**
 * Compares plain data with what it should be like: the same keys and kinds; lists and typed arrays as long, but where a list is empty at first. Where
 * there is nothing at first, anything may come.
 *
 * @param opaque parts of `expected` that nothing is known of
 * @param sizes how long the arrays are below each entry of a list in `expected`
 */
export function checkLike(
  operation: string,
  state: unknown,
  expected: unknown,
  opaque: ReadonlySet<unknown> = new Set(),
  sizes: ReadonlyMap<unknown, readonly number[]> = new Map(),
): void {
  const stack: [path: string, state: unknown, expected: unknown][] = [["state", state, expected]];
  for (let next = stack.pop(); next !== undefined; next = stack.pop()) {
    const [path, found, wanted] = next;
    if (wanted === null || wanted === undefined || opaque.has(wanted)) continue;
    const refuse = (rule: string, received: unknown): never => {
      throw new ArgumentError(operation, `expected ${rule} at ${path}`, received);
    };
    if (typeof found !== typeof wanted || found === null) refuse(`something like ${said(wanted)}`, found);
    if (typeof wanted !== "object") continue;
    const mayGrow = Array.isArray(wanted) && wanted.length === 0 && Array.isArray(found);
    if (mayGrow) continue;
    if (said(found) !== said(wanted)) refuse(said(wanted), said(found));
    if (ArrayBuffer.isView(wanted)) continue;
    checkKeys(operation, found, wanted, path);
    for (const key of Object.keys(wanted)) stack.push([`${path}.${key}`, at(found, key), at(wanted, key)]);
    sizes.get(wanted)?.forEach((size, k) => {
      checkLengths(operation, at(found, String(k)), size, `${path}.${k}`);
    });
  }
}

/** @throws ArgumentError unless both have the same keys */
export function checkKeys(operation: string, state: unknown, expected: unknown, path = "state"): void {
  const keys = Object.keys(expected as object)
    .sort()
    .join(", ");
  const found = Object.keys((state ?? {}) as object)
    .sort()
    .join(", ");
  if (found !== keys) throw new ArgumentError(operation, `expected the keys ${keys} at ${path}`, found);
}

/** @throws ArgumentError if plain data holds a typed array of another length */
export function checkLengths(operation: string, state: unknown, length: number, path = "state"): void {
  const stack: [path: string, state: unknown][] = [[path, state]];
  for (let next = stack.pop(); next !== undefined; next = stack.pop()) {
    const [place, found] = next;
    if (typeof found !== "object" || found === null) continue;
    if (!ArrayBuffer.isView(found))
      for (const [key, value] of Object.entries(found)) stack.push([`${place}.${key}`, value]);
    else if ((found as Float64Array).length !== length)
      throw new ArgumentError(operation, `expected ${length} numbers at ${place}`, said(found));
  }
}

const at = (container: unknown, key: string): unknown => (container as Record<string, unknown>)[key];

/** What a value is, as far as it has to be alike. */
function said(value: unknown): string {
  if (ArrayBuffer.isView(value)) {
    const { [Symbol.toStringTag]: kind, length } = value as Float64Array;
    return `a ${kind} of ${length}`;
  }
  if (Array.isArray(value)) return value.length === 0 ? "a list" : `a list of ${value.length}`;
  return typeof value === "object" ? "an object" : `a ${typeof value}`;
}

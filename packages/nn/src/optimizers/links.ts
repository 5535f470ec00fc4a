import type { ElementRule, GradientTransform } from "./transform.ts";

/** What is known of transforms besides their update. A copy of one with another update is another transform: nothing is known of it. */
const rules = /* @__PURE__ */ new WeakMap<GradientTransform, ElementRule<unknown>>();
const chains = /* @__PURE__ */ new WeakMap<GradientTransform, readonly GradientTransform[]>();
const partitions = /* @__PURE__ */ new WeakMap<GradientTransform, readonly Part[]>();

/** So many parameters, and what becomes of their gradients. */
export interface Part {
  readonly count: number;
  readonly transform: GradientTransform;
}

/** What there is to know of a transform. */
export type Known<State> =
  | { readonly rule: ElementRule<State> }
  | { readonly chain: readonly GradientTransform[] }
  | { readonly parts: readonly Part[] };

export function remember<State>(transform: GradientTransform<State>, known: Known<State>): void {
  if ("rule" in known) rules.set(transform, known.rule as ElementRule<unknown>);
  else if ("chain" in known) chains.set(transform, known.chain);
  else partitions.set(transform, known.parts);
}

/** A transform that is no chain, its rule or its parts if it has any, and the way to its state in that of the whole. */
export interface Link {
  readonly transform: GradientTransform;
  readonly rule: ElementRule<unknown> | undefined;
  readonly parts: readonly Part[] | undefined;
  readonly path: readonly number[];
}

/** The members of a chain, and of chains in it; those with rules together as far as one loop can go: who measures needs whole arrays. */
export function groupsOf(root: GradientTransform): Link[][] {
  const groups: Link[][] = [];
  const stack: Pick<Link, "transform" | "path">[] = [{ transform: root, path: [] }];
  for (let next = stack.pop(); next !== undefined; next = stack.pop()) {
    const { transform, path } = next;
    const [rule, members] = [rules.get(transform), chains.get(transform)];
    if (members !== undefined) {
      for (let k = members.length - 1; k >= 0; k--) stack.push({ transform: members[k], path: [...path, k] });
      continue;
    }
    const last = groups.at(-1);
    const link = { transform, rule, parts: partitions.get(transform), path };
    if (last?.[0].rule !== undefined && rule !== undefined && rule.measure === undefined) last.push(link);
    else groups.push([link]);
  }
  return groups;
}

export const ruleOf = ({ rule }: Link): ElementRule<unknown> => rule as ElementRule<unknown>;

/** The part of the state of the whole that is a link's own. */
export function stateAt(state: unknown, path: readonly number[]): unknown {
  let at = state;
  for (const k of path) at = (at as readonly unknown[])[k];
  return at;
}

import { add, type FusedLoop, fusedLoop, Scalar, type ScalarLike, type Tensor } from "@isograd/autograd";
import type { Values } from "../clipping/norms.ts";
import type { ElementRule, GradientTransform, Updates } from "./transform.ts";

/** A transform that is no chain, and the way to its state in that of the whole. */
interface Link {
  readonly transform: GradientTransform;
  readonly path: readonly number[];
}

/** Neighbours whose rules make one loop, none at all perhaps; or one transform that has no rule, and no loop. */
interface Stage {
  readonly links: readonly Link[];
  readonly loop: FusedLoop | null;
}

/** How a transform runs in as few loops as its links allow: with `moves`, the addition to the parameters is part of the last. */
export class Plan {
  readonly #stages: readonly Stage[];
  readonly #moves: boolean;

  constructor(transform: GradientTransform, moves: boolean) {
    this.#moves = moves;
    const groups = groupsOf(transform);
    if (moves && groups.at(-1)?.[0].transform.rule === undefined) groups.push([]);
    this.#stages = groups.map((links, k) => {
      const isOpaque = links.length > 0 && links[0].transform.rule === undefined;
      return { links, loop: isOpaque ? null : loopOf(links, moves && k === groups.length - 1) };
    });
  }

  /**
   * Takes one step.
   *
   * @param isOwned whether the arrays of `gradients` may be written
   * @returns the new values of the parameters if the plan moves them, else what is to be added to them
   */
  run(gradients: Updates, isOwned: boolean, state: unknown, parameters: readonly Tensor[]): Updates {
    const stages = this.#stages;
    let updates = gradients;
    for (let k = 0; k < stages.length; k++) {
      const { links, loop } = stages[k];
      const mayWrite = isOwned || k > 0;
      if (loop === null) {
        const [{ transform, path }] = links;
        const given = mayWrite ? updates : updates.map((values) => values?.slice() ?? null);
        updates = transform.update(given, stateAt(state, path), parameters);
      } else {
        const moves = this.#moves && k === stages.length - 1;
        updates = runLoop(loop, links, updates, mayWrite && !moves, state, parameters);
      }
    }
    return updates;
  }
}

/** The members of a chain, and of chains in it; those with rules together as far as one loop can go: who measures needs whole arrays. */
function groupsOf(root: GradientTransform): Link[][] {
  const groups: Link[][] = [];
  const stack: Link[] = [{ transform: root, path: [] }];
  for (let link = stack.pop(); link !== undefined; link = stack.pop()) {
    const { transform, path } = link;
    const { links, rule } = transform;
    if (links !== undefined) {
      for (let k = links.length - 1; k >= 0; k--) stack.push({ transform: links[k], path: [...path, k] });
      continue;
    }
    const last = groups.at(-1);
    if (last?.[0].transform.rule && rule !== undefined && rule.measure === undefined) last.push(link);
    else groups.push([link]);
  }
  return groups;
}

/** Each rule takes for its gradient what the one before returned. */
function loopOf(links: readonly Link[], moves: boolean): FusedLoop {
  const rules = links.map(ruleOf);
  const total = (of: (rule: ElementRule<unknown>) => number | undefined): number =>
    rules.reduce((sum, rule) => sum + (of(rule) ?? 0), 0);
  const inputs = { arrays: 2 + total((rule) => rule.arrays), numbers: total((rule) => rule.numbers) };
  return fusedLoop(inputs, ([first, parameter, ...arrays], numbers) => {
    let gradient = first;
    let [array, number] = [0, 0];
    const results: ScalarLike[] = [];
    for (const rule of rules) {
      const { arrays: width = 0, numbers: count = 0 } = rule;
      const [update, ...next] = rule.write({
        gradient,
        parameter,
        kept: arrays.slice(array, array + width),
        numbers: numbers.slice(number, number + count),
      });
      array += width;
      number += count;
      gradient = update instanceof Scalar ? update : Scalar.constant(update);
      results.push(...next);
    }
    return [moves ? add(parameter, gradient) : gradient, ...results];
  });
}

function runLoop(
  loop: FusedLoop,
  links: readonly Link[],
  updates: Updates,
  mayWrite: boolean,
  state: unknown,
  parameters: readonly Tensor[],
): Updates {
  const measured =
    links.length > 0
      ? (ruleOf(links[0]).measure?.(updates, stateAt(state, links[0].path), parameters) ?? null)
      : null;
  const results: Updates = new Array(updates.length);
  for (let k = 0; k < updates.length; k++) {
    const gradient = updates[k];
    results[k] = null;
    if (gradient === null) continue;
    let arrays: readonly Values[] = [gradient, parameters[k].values() as Values];
    let numbers: readonly number[] = measured === null ? [] : [measured[k]];
    for (const link of links) {
      const taken = ruleOf(link).take?.(stateAt(state, link.path), k, gradient);
      if (taken?.arrays !== undefined) arrays = [...arrays, ...taken.arrays];
      if (taken?.numbers !== undefined)
        numbers = numbers.length === 0 ? taken.numbers : [...numbers, ...taken.numbers];
    }
    const into: Updates = arrays.slice(1);
    into[0] = mayWrite ? gradient : null;
    results[k] = loop(arrays, numbers, into)[0];
  }
  return results;
}

const ruleOf = ({ transform }: Link): ElementRule<unknown> => transform.rule as ElementRule<unknown>;

function stateAt(state: unknown, path: readonly number[]): unknown {
  let at = state;
  for (const k of path) at = (at as readonly unknown[])[k];
  return at;
}

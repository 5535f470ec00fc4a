import { add, type FusedLoop, fusedLoop, Scalar, type ScalarLike, type Tensor } from "@isograd/autograd";
import type { Values } from "../clipping/norms.ts";
import { groupsOf, type Known, type Link, type Part, remember, ruleOf, stateAt } from "./links.ts";
import type { ElementRule, GradientTransform, Updates } from "./transform.ts";

/** Neighbours whose rules make one loop, none at all perhaps; or one transform that has no rule, and no loop, but parts perhaps. */
interface Stage {
  readonly links: readonly Link[];
  readonly loop: FusedLoop | null;
  readonly parts: readonly PlannedPart[] | null;
}

/** The plan for the parameters from one place to before another. */
interface PlannedPart {
  readonly from: number;
  readonly to: number;
  readonly plan: Plan;
}

/** How a transform runs in as few loops as its links allow. */
export class Plan {
  readonly #stages: readonly Stage[];

  /** @param moves whether the last loop also adds to the parameters */
  constructor(transform: GradientTransform, moves: boolean) {
    const groups = groupsOf(transform);
    const last = groups.at(-1)?.[0];
    if (moves && last?.rule === undefined && last?.parts === undefined) groups.push([]);
    this.#stages = groups.map((links, k) => {
      const movesHere = moves && k === groups.length - 1;
      const parts = links.length === 0 ? undefined : links[0].parts;
      if (parts !== undefined) return { links, loop: null, parts: planParts(parts, movesHere) };
      const isOpaque = links.length > 0 && links[0].rule === undefined;
      return { links, loop: isOpaque ? null : loopOf(links, movesHere), parts: null };
    });
  }

  /**
   * Takes one step.
   *
   * @param isOwned whether the arrays of `gradients` may be written
   * @returns new values of the parameters if the plan moves them, else what is to be added; arrays that nobody else holds, but `gradients` where they are owned
   */
  run(gradients: Updates, isOwned: boolean, state: unknown, parameters: readonly Tensor[]): Updates {
    const stages = this.#stages;
    let updates = gradients;
    for (let k = 0; k < stages.length; k++) {
      const { links, loop, parts } = stages[k];
      const mayWrite = isOwned || k > 0;
      if (parts !== null) {
        const own = stateAt(state, links[0].path) as readonly unknown[];
        updates = parts.flatMap(({ from, to, plan }, part) =>
          plan.run(updates.slice(from, to), mayWrite, own[part], parameters.slice(from, to)),
        );
      } else if (loop === null) {
        const [{ transform, path }] = links;
        const given = mayWrite ? updates : updates.map((values) => values?.slice() ?? null);
        updates = transform.update(given, stateAt(state, path), parameters);
      } else {
        updates = runLoop(loop, links, updates, mayWrite, state, parameters);
      }
    }
    return updates;
  }
}

function planParts(parts: readonly Part[], moves: boolean): PlannedPart[] {
  let from = 0;
  return parts.map(({ count, transform }) => {
    from += count;
    return { from: from - count, to: from, plan: new Plan(transform, moves) };
  });
}

const plans = /* @__PURE__ */ new WeakMap<GradientTransform, Plan>();

/** How a transform moves parameters: worked out once, whichever optimizers use it. */
export function planOf(transform: GradientTransform): Plan {
  const plan = plans.get(transform) ?? new Plan(transform, true);
  plans.set(transform, plan);
  return plan;
}

/** Makes a transform that runs as its rule says, or as the transforms do of which it is a chain; its state is then the list of theirs. */
export function planned<State>(
  init: GradientTransform<State>["init"],
  known: Known<State>,
): GradientTransform<State> {
  let plan: Plan | undefined;
  const made: GradientTransform<State> = Object.freeze({
    init,
    update: (gradients: Updates, state: State, parameters: readonly Tensor[]) => {
      plan ??= new Plan(made, false);
      return plan.run(gradients, true, state, parameters);
    },
  });
  remember(made, known);
  return made;
}

/** Each rule takes for its gradient what the one before returned. */
function loopOf(links: readonly Link[], moves: boolean): FusedLoop {
  const wanted = links.map(ruleOf);
  const total = (of: (rule: ElementRule<unknown>) => number | undefined): number =>
    wanted.reduce((sum, rule) => sum + (of(rule) ?? 0), 0);
  const inputs = { arrays: 2 + total((rule) => rule.arrays), numbers: total((rule) => rule.numbers) };
  return fusedLoop(inputs, ([first, parameter, ...arrays], numbers) => {
    let gradient = first;
    let [array, number] = [0, 0];
    const results: ScalarLike[] = [];
    for (const rule of wanted) {
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
    let numbers: readonly number[] = measured === null ? none : [measured[k]];
    for (const link of links) {
      const taken = ruleOf(link).take?.(stateAt(state, link.path), k, gradient);
      if (taken?.arrays !== undefined) arrays = [...arrays, ...taken.arrays];
      if (taken?.numbers !== undefined)
        numbers = numbers.length === 0 ? taken.numbers : [...numbers, ...taken.numbers];
    }
    results[k] = loop(arrays, numbers, placesOf(arrays, mayWrite))[0];
  }
  return results;
}

const none: readonly never[] = Object.freeze([]);

/** Where the results go: the update over the gradient if that may be written, the rest over what is kept. */
function placesOf(arrays: readonly Values[], mayWrite: boolean): Readonly<Updates> {
  if (arrays.length === 2 && !mayWrite) return none;
  const places: Updates = arrays.slice(1);
  places[0] = mayWrite ? arrays[0] : null;
  return places;
}

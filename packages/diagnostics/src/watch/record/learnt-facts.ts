import type { ActivationFacts } from "@isograd/autograd";
import { learntBy } from "../../flow/flatness.ts";
import type { ActivationUse, AnyActivation } from "../../trace/network.ts";

/** What has been learnt since by less than this share moves the facts too little to matter. */
const noticeable = 0.1;

interface Known {
  readonly activation: AnyActivation;
  readonly learnt: Readonly<Record<string, number>>;
  readonly facts: ActivationFacts;
}

/** The facts of activations that learn, as training goes on: they take tens of milliseconds, and are worked out anew where a layer has learnt something else. */
export class LearntFacts {
  readonly #known = new Map<string, Known>();

  readonly of = (use: ActivationUse): ActivationFacts => {
    const { place, activation } = use;
    const learnt = learntBy(use);
    if (learnt === null) return activation.facts;
    const known = this.#known.get(place);
    if (known?.activation === activation && isNear(known.learnt, learnt)) return known.facts;
    const facts = activation.factsAt(learnt);
    this.#known.set(place, { activation, learnt, facts });
    return facts;
  };
}

const isNear = (before: Known["learnt"], now: Known["learnt"]): boolean =>
  Object.keys(now).every((name) => Math.abs(now[name] - before[name]) <= noticeable * Math.abs(before[name]));

import type { Remedy } from "../remedy.ts";
import type { Treatment } from "./treatment.ts";

/** Of a remedy that is two, what it does to the steps. */
const parts = /* @__PURE__ */ new WeakMap<Remedy<Treatment>, Remedy<Treatment>>();

/** One remedy after the other: of the network first, of its steps then. It has to teach, for each alone may pass. */
export function combine(network: Remedy<Treatment>, steps: Remedy<Treatment>): Remedy<Treatment> {
  const both: Remedy<Treatment> = {
    name: `${network.name}, ${steps.name}`,
    cures: network.cures.filter((fault) => steps.cures.includes(fault)),
    code: `${network.code}\n${steps.code}`,
    measure: "training",
    apply: (treatment) => {
      network.apply(treatment);
      steps.apply(treatment);
    },
  };
  parts.set(both, steps);
  return both;
}

/** What a remedy of the steps, or a combined one, does to the steps. */
export const stepsOf = (remedy: Remedy<Treatment>): Remedy<Treatment> => parts.get(remedy) ?? remedy;

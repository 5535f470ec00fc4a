import { criticalInit, heNormal, type Initializer, initialize, lecunNormal, orthogonal, zeros } from "@isograd/nn";
import type { AnyActivation } from "../../trace/network.ts";
import type { Remedy } from "../../remedy.ts";
import type { Treatment } from "../treatment.ts";

/** An initializer with the words to paste for it. */
interface Named {
  readonly initializer: () => Initializer;
  readonly code: string;
}

export const initializersFor = (activation: AnyActivation): readonly Named[] => [
  { initializer: () => criticalInit(activation), code: `criticalInit(${activation.name})` },
  { initializer: () => heNormal(), code: "heNormal()" },
  { initializer: () => lecunNormal(), code: "lecunNormal()" },
  { initializer: () => orthogonal({ gain: activation.facts.backwardGain }), code: `orthogonal({ gain: ${activation.name}.facts.backwardGain })` },
];

/** Draws all weights anew and sets all biases to zero. */
export function reinitialize(activation: AnyActivation): Remedy<Treatment>[] {
  return initializersFor(activation).map(({ initializer, code }) => ({
    name: `initialization: ${code}`,
    cures: ["vanishing", "exploding", "dead", "saturated"],
    code: `initialize(model, { seed, weight: ${code}, bias: zeros });`,
    measure: "flow",
    apply: ({ model, seed }) => initialize(model, { seed, weight: initializer(), bias: zeros }),
  }));
}

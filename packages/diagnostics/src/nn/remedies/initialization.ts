import {
  criticalInit,
  heNormal,
  type Initializer,
  initialize,
  lecunNormal,
  orthogonal,
  zeros,
} from "@isograd/nn";
import type { Remedy } from "../../remedy.ts";
import type { AnyActivation } from "../../trace/network.ts";
import type { Treatment } from "../treatment.ts";

/** How all weights and biases begin, with the words to paste for it. */
export interface Beginning {
  readonly name: string;
  readonly code: string;
  /** @throws ArgumentError where the activation allows no such beginning */
  readonly make: () => { readonly weight: Initializer; readonly bias: Initializer };
}

/** The usual beginnings for an activation, the one computed from its facts first. */
export function beginningsFor(activation: AnyActivation): readonly Beginning[] {
  const { name } = activation;
  const plain = (call: string, weight: () => Initializer): Beginning => ({
    name: call,
    code: `initialize(model, { seed, weight: ${call}, bias: zeros });`,
    make: () => ({ weight: weight(), bias: zeros }),
  });
  return [
    {
      name: `criticalInit(${name})`,
      code: `initialize(model, { seed, ...criticalInit(${name}) });`,
      make: () => criticalInit(activation),
    },
    plain("heNormal()", heNormal),
    plain("lecunNormal()", lecunNormal),
    plain(`orthogonal({ gain: ${name}.facts.backwardGain })`, () =>
      orthogonal({ gain: activation.facts.backwardGain }),
    ),
  ];
}

/** Draws all weights and biases anew. */
export function reinitialize(activation: AnyActivation): Remedy<Treatment>[] {
  return beginningsFor(activation).map(({ name, code, make }) => ({
    name: `initialization: ${name}`,
    cures: ["vanishing", "exploding", "dead", "saturated"],
    code,
    measure: "flow",
    apply: ({ model, seed }) => initialize(model, { seed, ...make() }),
  }));
}

import {
  constant,
  criticalInit,
  heNormal,
  type Initializer,
  initialize,
  lecunNormal,
  orthogonal,
  xavierNormal,
} from "@isograd/nn";
import { criticalWeights } from "../../flow/criticality.ts";
import type { Remedy } from "../../remedy.ts";
import type { AnyActivation } from "../../trace/network.ts";
import type { Treatment } from "../treatment.ts";
import { causedBy, ofGradients } from "./faults.ts";

/** How all weights and biases begin, with the words to paste for it. */
export interface Beginning {
  readonly name: string;
  readonly code: string;
  /** @throws ArgumentError where the activation allows no such beginning */
  readonly make: () => { readonly weight: Initializer; readonly bias: Initializer };
}

const plain = (call: string, weight: () => Initializer): Beginning => ({
  name: call,
  code: `initialize(model, { seed: 0, weight: ${call}, bias: constant(0) });`,
  make: () => ({ weight: weight(), bias: constant(0) }),
});

const critical = (activation: AnyActivation): Beginning => ({
  name: `criticalInit(${activation.name})`,
  code: `initialize(model, { seed: 0, ...criticalInit(${activation.name}) });`,
  make: () => criticalInit(activation),
});

const keepingSignal = (activation: AnyActivation): Beginning =>
  plain(`heNormal({ gain: ${activation.name}.facts.gain })`, () => heNormal({ gain: activation.facts.gain }));

/** The usual beginnings for an activation, the one computed from its facts first; none that draws from the same law as that one. */
export function beginningsFor(activation: AnyActivation): readonly Beginning[] {
  const best = criticalWeights(activation)?.weightVariance;
  const differs = (weightVariance: number): boolean => best === undefined || !isClose(best, weightVariance);
  return [
    bestBeginning(activation),
    ...(differs(2) ? [plain("heNormal()", heNormal)] : []),
    ...(differs(1) ? [plain("lecunNormal()", lecunNormal)] : []),
    plain(`orthogonal({ gain: ${activation.name}.facts.backwardGain })`, () =>
      orthogonal({ gain: activation.facts.backwardGain }),
    ),
  ];
}

const isClose = (a: number, b: number): boolean => Math.abs(a / b - 1) < 1e-6;

/** Weights with which signal and gradient live on: those of the critical point where it is the one to take, else those that keep the signal. */
export function bestBeginning(activation: AnyActivation): Beginning {
  const wanted = criticalWeights(activation)?.weightVariance;
  const point = activation.facts.criticalPoint(0)?.weightVariance;
  const isCritical = wanted === undefined || (point !== undefined && isClose(point, wanted));
  return isCritical ? critical(activation) : keepingSignal(activation);
}

/** The usual beginnings where no activation says which are right: of gates, or of products alone. */
const usualBeginnings: readonly Beginning[] = [
  plain("xavierNormal()", xavierNormal),
  plain("orthogonal()", orthogonal),
];

/**
 * Draws all weights and biases anew.
 *
 * @param activation what stands between the layers; null: none that stands by itself, as in an LSTM
 * @example
 * reinitialize(tanh).map(({ code }) => code)[0]; // "initialize(model, { seed: 0, ...criticalInit(tanh) });"
 */
export function reinitialize(activation: AnyActivation | null): Remedy<Treatment>[] {
  const beginnings = activation === null ? usualBeginnings : beginningsFor(activation);
  return beginnings.map(({ name, code, make }) => ({
    name: `initialization: ${name}`,
    cures: ofGradients,
    code,
    measure: "flow",
    suits: causedBy("weights", "bias"),
    apply: ({ model, seed }) => initialize(model, { seed, ...make() }),
  }));
}

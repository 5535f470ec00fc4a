import { type Candidate, fittingVariance, isGate } from "../../advise/candidate.ts";
import { criticalWeights } from "../../flow/criticality.ts";
import { bestBeginning } from "../remedies/initialization.ts";

/** Lines that give a model a candidate and the weights that suit it. */
export function codeFor(candidate: Candidate): string {
  const { name } = candidate;
  const drawn = (gain: string): string =>
    `initialize(model, { seed: 0, weight: heNormal({ gain: ${gain} }), bias: constant(0) });`;
  if (isGate(candidate)) {
    const variance = Number(fittingVariance(candidate).toPrecision(4));
    return [`swapGates(model, ${name});`, drawn(`Math.sqrt(${variance})`)].join("\n");
  }
  const isCritical = criticalWeights(candidate) !== null;
  const beginning = isCritical ? bestBeginning(candidate).code : drawn(`${name}.facts.gain`);
  return [`swapActivations(model, ${name});`, beginning].join("\n");
}

import { ActivationLayer, type Module } from "@isograd/nn";
import { type Candidate, fittingVariance, isGate } from "../../advise/candidate.ts";
import { criticalWeights } from "../../flow/criticality.ts";
import { bestBeginning } from "../remedies/initialization.ts";

/** Lines that put a candidate to the given places of a model. */
export function codeFor(model: Module, places: readonly string[]): (candidate: Candidate) => string {
  const layers = model.modules().filter((module) => (module as object) instanceof ActivationLayer);
  const everywhere = layers.length === places.length;
  const among = everywhere
    ? "for (const module of model.modules()) if (module instanceof ActivationLayer)"
    : `const hidden = ${JSON.stringify(places)};\nfor (const { path, module } of model.namedModules()) if (hidden.includes(path))`;
  return (candidate) =>
    [`${among} module.activation = ${candidate.name};`, ...beginning(candidate)].join("\n");
}

function beginning(candidate: Candidate): string[] {
  const drawn = (gain: string): string =>
    `initialize(model, { seed, weight: heNormal({ gain: ${gain} }), bias: zeros });`;
  if (isGate(candidate)) {
    const variance = Number(fittingVariance(candidate).toPrecision(4));
    return ["// and give each linear layer in front of one 2 * outFeatures", drawn(`Math.sqrt(${variance})`)];
  }
  const isCritical = criticalWeights(candidate) !== null;
  return [isCritical ? bestBeginning(candidate).code : drawn(`${candidate.name}.facts.gain`)];
}

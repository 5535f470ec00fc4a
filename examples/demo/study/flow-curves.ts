import type { Diagnosis } from "@isograd/diagnostics";
import type { CaseRecord } from "./records.ts";

/** Gradient norms by layer, first layer first, each relative to the last layer's. */
export interface FlowCurves {
  readonly sick: readonly number[];
  readonly healed: readonly number[] | null;
  /** Where healthy networks lie, layer by layer; null where that is not known. */
  readonly band: readonly (readonly [low: number, high: number])[] | null;
}

/** The curves of a sick network and of the healed one before its training; the band is that of the network that learns, where there is one. */
export function flowCurves({ treatment: { diagnosis, healed } }: CaseRecord): FlowCurves {
  const law = healed?.diagnosis.flow.healthy ?? diagnosis.flow.healthy;
  return {
    sick: relativeNorms(diagnosis),
    healed: healed === null ? null : relativeNorms(healed.diagnosis),
    band: law?.layerBands ?? null,
  };
}

function relativeNorms({ flow: { layers } }: Diagnosis): number[] {
  const last = layers[layers.length - 1].gradientNorm;
  return layers.map(({ gradientNorm }) => gradientNorm / last);
}

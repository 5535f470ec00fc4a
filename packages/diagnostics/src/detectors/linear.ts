import type { Cause, Finding } from "../finding.ts";
import type { FlowProfile } from "../flow/profile.ts";
import { listPlaces } from "../words.ts";

/** Two factors of one matrix are a common choice; with more, an activation was probably forgotten. */
const fewest = 3;

/** Whether nothing but products with weights lies between the layers, so that all of them are one linear map. */
export function isLinear({ layers, steps }: Pick<FlowProfile, "layers" | "steps">): boolean {
  return (
    layers.length >= fewest &&
    layers.every(({ activation }, k) => activation === null || k === layers.length - 1) &&
    steps.every(({ between }) => between.length === 0)
  );
}

/** What a network has to do with its fault that is linear as a whole. */
export const missingActivation = (layers: number): Cause => ({
  part: "activation",
  logShare: Number.NaN,
  explanation: `no activation stands between the ${layers} layers, and weights that are made for one are too large without it`,
});

/** Finds networks that are linear as a whole: they compute nothing that one layer does not. It is certain, and takes no share of the chance of a false alarm. */
export function detectLinear(flow: Pick<FlowProfile, "layers" | "steps">): Finding[] {
  if (!isLinear(flow)) return [];
  const places = flow.layers.map(({ place }) => place);
  return [
    {
      detector: "linear",
      fault: "redundant",
      severity: "info",
      places,
      measured: { statistic: `activations between ${places.length} layers`, value: 0 },
      band: null,
      pValue: null,
      consequence: `${listPlaces(places)} together are one linear map: what no single layer can learn, they cannot`,
      causes: [
        {
          part: "activation",
          logShare: Number.NaN,
          explanation: "no activation stands between the layers: put one behind each but the last",
        },
      ],
      disproof:
        "two inputs whose sum the network does not map to the sum of what it maps them to, biases apart",
    },
  ];
}

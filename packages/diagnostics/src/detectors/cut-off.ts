import type { Cause, Finding } from "../finding.ts";
import type { FlowLayer, FlowProfile } from "../flow/profile.ts";
import { listPlaces } from "../words.ts";

/**
 * Says which layers get a gradient of exactly zero: nothing passes some layer at all, so there is no factor to attribute.
 *
 * Weights that begin at zero and get a gradient themselves, as the second factor of a low-rank adapter or the last layer of a residual branch
 * does, let it through after the first update: that is worth knowing, and no fault.
 */
export function findCutOff({ layers, healthy }: Pick<FlowProfile, "layers" | "healthy">): Finding[] {
  const without = layers.filter(isWithout);
  if (without.length === 0) return [];
  const openers = layers.filter((layer, k) => k > 0 && isWithout(layers[k - 1]) && !isWithout(layer));
  const places = without.map(({ place }) => place);
  const common = {
    detector: "gradientFlow",
    fault: "vanishing",
    places,
    measured: { statistic: `gradient norm at ${places[places.length - 1]}`, value: 0 },
    band: null,
  } as const;
  if (openers.length > 0 && openers.every(beginsAtZero) && !isWithout(layers[layers.length - 1])) {
    const zeros = listPlaces(openers.map(({ place }) => place));
    return [
      {
        ...common,
        severity: "info",
        pValue: null,
        consequence: `the gradient of ${listPlaces(places)} is exactly zero at the first step, and no longer once ${zeros} changed`,
        causes: cutBy(
          "weights",
          `all weights of ${zeros} are zero, and get a gradient: the first update lets it through`,
        ),
        disproof: "a gradient that is still zero after the first update",
      },
    ];
  }
  return [
    {
      ...common,
      severity: "alarm",
      pValue: healthy?.pValue ?? null,
      consequence: `the gradient of ${listPlaces(places)} is exactly zero: ${places.length === 1 ? "it never changes" : "they never change"}`,
      causes: causeOf(openers),
      disproof: "an example for which that gradient is not zero",
    },
  ];
}

const isWithout = ({ largestGradientNorm }: FlowLayer): boolean => largestGradientNorm === 0;

const beginsAtZero = ({ weightNorm, weightGradientNorm }: FlowLayer): boolean =>
  weightNorm === 0 && weightGradientNorm > 0;

function causeOf(openers: readonly FlowLayer[]): readonly Cause[] {
  const zeros = openers.filter(({ weightNorm }) => weightNorm === 0).map(({ place }) => place);
  if (zeros.length > 0)
    return cutBy(
      "weights",
      `all weights of ${listPlaces(zeros)} are zero, and get no gradient: no signal arrives there`,
    );
  return cutBy(
    "operation",
    "a function with no slope at all, or numbers too small for the element type, between there and the loss",
  );
}

const cutBy = (part: Cause["part"], explanation: string): readonly Cause[] => [
  { part, logShare: Number.NEGATIVE_INFINITY, explanation },
];

import type { Finding } from "../finding.ts";
import { sharesWeights } from "../flow/recurrence.ts";
import type { Contraction } from "../trace/network.ts";
import { listPlaces } from "../words.ts";

/**
 * Finds layers whose weights are tracked and get no gradient, while later layers take what they make: somewhere on the way it was detached, rounded
 * or compared, and no graph leads back.
 *
 * It is certain, and a warning: some mean to freeze layers that way. Weights that get a gradient from another use are left out.
 */
export function detectDetached(contractions: readonly Contraction[]): Finding[] {
  const reached = contractions.filter(({ cotangent }) => cotangent !== null);
  const detached = contractions.filter(
    (contraction) =>
      contraction.cotangent === null &&
      contraction.feeds &&
      !reached.some((other) => sharesWeights(other, contraction)),
  );
  if (detached.length === 0) return [];
  const places = [...new Set(detached.map(({ place }) => place))];
  const named = listPlaces(places);
  return [
    {
      detector: "detached",
      fault: "vanishing",
      severity: "warning",
      places,
      measured: {
        statistic: `layers that no gradient reaches (of ${contractions.length})`,
        value: places.length,
      },
      band: null,
      pValue: null,
      consequence: `no graph leads from the loss to ${named}: the weights are tracked and never change`,
      causes: [
        {
          part: "operation",
          logShare: Number.NEGATIVE_INFINITY,
          explanation: `what ${named} makes is detached, or goes through a function without a slope, before a later layer takes it; if that is meant, let its weights not require a gradient`,
        },
      ],
      disproof: "a gradient of these weights after a sweep",
    },
  ];
}

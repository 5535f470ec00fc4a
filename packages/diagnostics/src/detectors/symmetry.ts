import type { Tensor } from "@isograd/autograd";
import type { Finding } from "../finding.ts";
import { sumOfSquares } from "../statistics.ts";
import { type Contraction, unitAxisOf } from "../trace/network.ts";
import { listPlaces } from "../words.ts";

/** What rounding may set apart, as a share of the root mean square. */
const rounding = 1e-5;

/**
 * Finds hidden layers whose units are all the same: each has the same weights, and gets the same gradient, so that no step sets them apart.
 *
 * It is certain, and takes no share of the chance of a false alarm. Weights that are alike are no fault as long as what comes back differs, as behind
 * dropout or in front of weights that were drawn.
 */
export function detectSymmetry(contractions: readonly Contraction[]): Finding[] {
  const alike = contractions.filter(isSymmetric);
  if (alike.length === 0) return [];
  const places = alike.map(({ place }) => place);
  const [{ place, fanOut }] = alike;
  return [
    {
      detector: "symmetry",
      fault: "symmetric",
      severity: "alarm",
      places,
      measured: { statistic: `units of ${place} that differ from the first (of ${fanOut})`, value: 0 },
      band: null,
      pValue: null,
      consequence: `the units of ${listPlaces(places)} have the same weights and get the same gradient: they stay alike for good, and the layer is worth one unit`,
      causes: [
        {
          part: "weights",
          logShare: Number.NaN,
          explanation: "the weights of all units begin alike: nothing sets the units apart",
        },
      ],
      disproof: "a step of training behind which two of these units have different weights",
    },
  ];
}

function isSymmetric(contraction: Contraction): boolean {
  const { feeds, fanOut, weight, weightFirst, cotangent } = contraction;
  if (!feeds || fanOut < 2 || cotangent === null) return false;
  const axis = weight.rank - (weightFirst ? 2 : 1);
  return isEqualAlong(weight, axis) && isEqualAlong(cotangent, unitAxisOf(contraction));
}

/** Whether all slices along an axis are the same, to rounding. */
function isEqualAlong(x: Tensor, axis: number): boolean {
  const values = x.values();
  const most = rounding * Math.sqrt(sumOfSquares(x) / x.size);
  const inner = x.shape.slice(axis + 1).reduce((size, extent) => size * extent, 1);
  const block = inner * x.shape[axis];
  const first = (at: number): number => values[at - (at % block) + (at % inner)];
  return values.every((value, at) => Math.abs(value - first(at)) <= most);
}

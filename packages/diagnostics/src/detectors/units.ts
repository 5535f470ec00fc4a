import { binomialTail, type Tensor } from "@isograd/autograd";
import type { UnitReport } from "../diagnosis.ts";
import type { Cause, Fault, Finding } from "../finding.ts";
import { deadShare, saturatedShare } from "../flow/criticality.ts";
import { slopesOf, sumOfSquares } from "../flow/measure.ts";
import { holm } from "../statistics.ts";
import type { ActivationUse, AnyActivation } from "../trace/network.ts";
import { listPlaces, short } from "../words.ts";

const significance = 0.001;

/** A share of a layer's units beyond which what is left cannot carry the signal. */
const grave = 0.9;

/** The units of a layer: the channels of images [batch, channels, height, width], else the last axis. */
function unitAxis(x: Tensor): number {
  return x.rank === 4 ? 1 : x.rank - 1;
}

/** Counts the dead and the saturated units of one activation layer over the whole batch, by the slope that each element met. */
export function reportUnits(use: ActivationUse): UnitReport {
  const { activation } = use;
  const slopes = slopesOf(use);
  const axis = unitAxis(slopes);
  const units = slopes.rank === 0 ? 1 : slopes.shape[axis];
  const inner = slopes.shape.slice(axis + 1).reduce((size, extent) => size * extent, 1);
  const alive = new Int32Array(units);
  const steep = new Int32Array(units);
  const threshold = 0.1 * activation.facts.lipschitz;
  slopes.values().forEach((slope: number, at: number) => {
    const unit = Math.floor(at / inner) % units;
    if (slope !== 0) alive[unit]++;
    if (!(Math.abs(slope) < threshold)) steep[unit]++;
  });
  const examples = slopes.size / units;
  return {
    place: use.contraction?.place ?? use.place,
    activation: activation.name,
    units,
    dead: alive.filter((count) => count === 0).length,
    saturated: steep.filter((count) => count < examples / 2).length,
    expectedDead: deadShare(activation, 1),
    expectedSaturated: saturatedShare(activation, 1),
  };
}

/**
 * Finds layers with more dead or saturated units than chance allows.
 *
 * In a deep healthy network all examples look alike to the late layers, so that a unit that is flat for one is flat for all: the count of
 * dead units is at worst binomial with the share of a single pre-activation. The test is exact for that case, and Holm's over the layers.
 */
export function detectUnits(uses: readonly ActivationUse[], reports: readonly UnitReport[]): Finding[] {
  return [
    ...judgeCounts("dead", uses, reports, ({ dead }) => dead, ({ expectedDead }) => expectedDead, () => true),
    ...judgeCounts("saturated", uses, reports, ({ saturated }) => saturated, ({ expectedSaturated }) => expectedSaturated, hasNoFlatSide),
  ];
}

/** Units on a flat side are dead, not saturated: they are not counted twice. */
const hasNoFlatSide = ({ facts }: AnyActivation): boolean => facts.flat.below === null && facts.flat.above === null;

function judgeCounts(
  fault: Fault,
  uses: readonly ActivationUse[],
  reports: readonly UnitReport[],
  count: (report: UnitReport) => number,
  expected: (report: UnitReport) => number,
  applies: (activation: AnyActivation) => boolean,
): Finding[] {
  const judged = uses.flatMap((use, k) => (applies(use.activation) ? [{ use, report: reports[k] }] : []));
  const pValues = holm(judged.map(({ report }) => binomialTail(report.units, count(report), expected(report))));
  const hits = judged.map((each, k) => ({ ...each, pValue: pValues[k] })).filter(({ pValue }) => pValue < significance);
  if (hits.length === 0) return [];
  const share = ({ report }: { readonly report: UnitReport }): number => count(report) / report.units;
  const worst = hits.reduce((a, b) => (share(b) > share(a) ? b : a));
  const places = hits.map(({ report }) => report.place);
  return [
    {
      detector: "units",
      fault,
      severity: share(worst) >= grave ? "alarm" : "warning",
      places,
      measured: { statistic: `share of ${fault} units in ${worst.report.place}, ${count(worst.report)} of ${worst.report.units}`, value: share(worst) },
      band: [0, largestLikely(worst.report.units, expected(worst.report)) / worst.report.units],
      pValue: Math.min(...hits.map(({ pValue }) => pValue)),
      consequence: consequenceOf(fault, places, share(worst)),
      causes: [causeOf(worst.use)],
      disproof: `a batch of other examples from the same data for which these units have a slope that is not ${fault === "dead" ? "zero" : "below a tenth of the largest"}`,
    },
  ];
}

/** The count that a healthy layer exceeds with probability 0.001 at most. */
function largestLikely(units: number, share: number): number {
  let count = 0;
  while (count < units && binomialTail(units, count + 1, share) > significance) count++;
  return count;
}

function consequenceOf(fault: Fault, places: readonly string[], share: number): string {
  if (fault === "saturated") return `the slopes in ${listPlaces(places)} are next to nothing: gradients shrink there, whatever the weights`;
  return share === 1
    ? `no gradient passes ${listPlaces(places)}: what lies below can never learn, and the output does not depend on the input`
    : `the dead units of ${listPlaces(places)} get no gradient on any example and can only come back by chance`;
}

function causeOf({ contraction, activation }: ActivationUse): Cause {
  if (contraction === null) return { part: "data", logShare: Number.NaN, explanation: `the values that ${activation.name} is applied to lie on its flat side` };
  const spread = Math.sqrt(sumOfSquares(contraction.output) / contraction.output.size);
  const bias = contraction.bias;
  let mean = 0;
  if (bias !== null) for (const value of bias.values()) mean += value / bias.size;
  if (bias !== null && Math.abs(mean) > spread) {
    return {
      part: "bias",
      logShare: Number.NaN,
      explanation: `the biases average ${short(mean)} where the weighted sums vary by ±${short(spread)}: they hold the units on the flat side of ${activation.name}`,
    };
  }
  return {
    part: "weights",
    logShare: Number.NaN,
    explanation: `the pre-activations have a root mean square of ${short(spread)}: the weights push them onto the flat side of ${activation.name}`,
  };
}

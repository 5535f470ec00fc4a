import { binomialTail } from "@isograd/autograd";
import type { UnitReport } from "../diagnosis.ts";
import { alphaOf } from "../error-rate.ts";
import type { Fault, Finding, Severity } from "../finding.ts";
import { bandAlpha } from "../flow/healthy.ts";
import { holm } from "../statistics.ts";
import type { ActivationUse } from "../trace/network.ts";
import { listPlaces, short } from "../words.ts";
import { unitCause } from "./unit-causes.ts";

/** What there is to count, and for which layers. */
interface Count {
  readonly fault: Fault;
  readonly of: (report: UnitReport) => number;
  readonly expected: (report: UnitReport) => number;
  readonly applies: (report: UnitReport) => boolean;
  /** Whether it hurts, in the layers where there are more than chance allows. */
  readonly hurts: (reports: readonly UnitReport[]) => boolean;
}

const counts: readonly Count[] = [
  {
    fault: "dead",
    of: ({ dead }) => dead,
    expected: ({ expectedDead }) => expectedDead,
    applies: () => true,
    hurts: () => true,
  },
  {
    fault: "saturated",
    of: ({ saturated }) => saturated,
    expected: ({ expectedSaturated }) => expectedSaturated,
    // Units on a flat side are dead, not saturated: they are not counted twice.
    applies: ({ expectedDead }) => expectedDead === 0,
    // A trained layer may saturate on most examples and learn from the others: what counts is what gets through.
    hurts: (reports) => {
      const passed = reports.map((report) => report.passed);
      return passed.some((share) => share < 0.1) || passed.reduce((a, b) => a * b, 1) < 0.01;
    },
  },
];

export interface UnitOptions {
  /** The chance that healthy layers are reported, all tests together; default that of the first step. */
  readonly alpha?: number;
  /** The p-values of other tests of the same pass: Holm's correction holds for all. */
  readonly others?: readonly number[];
  /** Whether no gradient at all reaches some layer: one whose units are all dead is then a fault even where chance made it. */
  readonly cut?: boolean;
}

/**
 * Finds layers with more dead or saturated units than chance allows.
 *
 * In a deep healthy network all examples look alike to the late layers, so that a unit that is flat for one is flat for all: the count of
 * dead units is at worst binomial with the share of a single pre-activation. The test is exact for that case, and Holm's over the layers.
 */
export function detectUnits(
  uses: readonly ActivationUse[],
  reports: readonly UnitReport[],
  { alpha = alphaOf("firstStep"), others = [], cut = false }: UnitOptions = {},
): Finding[] {
  const adjusted = holm([...unitPValues(reports), ...others]);
  let next = 0;
  return counts.flatMap((count) => {
    const layers = reports.flatMap((report, k) =>
      count.applies(report)
        ? [{ use: uses[k], report, pValue: adjusted[next++], share: count.of(report) / report.units }]
        : [],
    );
    return judgeCount(count, layers, { alpha, cut });
  });
}

/** How likely a healthy layer is to show as much, for each fault and each layer that it applies to, before any correction. */
export function unitPValues(reports: readonly UnitReport[]): number[] {
  return counts.flatMap(({ of, expected, applies }) =>
    reports.filter(applies).map((report) => binomialTail(report.units, of(report), expected(report))),
  );
}

/** A layer that a count applies to. */
interface Counted {
  readonly use: ActivationUse;
  readonly report: UnitReport;
  /** Corrected. */
  readonly pValue: number;
  readonly share: number;
}

function judgeCount(
  { fault, of, expected, hurts }: Count,
  layers: readonly Counted[],
  { alpha, cut }: { readonly alpha: number; readonly cut: boolean },
): Finding[] {
  const hits = layers.filter(
    ({ pValue, share, report }) => pValue < alpha || (fault === "dead" && cut && isLost(share, report)),
  );
  if (hits.length === 0) return [];
  const worst = hits.reduce((a, b) => (b.share > a.share ? b : a));
  const { units, place } = worst.report;
  const places = hits.map(({ report }) => report.place);
  return [
    {
      detector: "units",
      fault,
      severity: hurts(hits.map(({ report }) => report))
        ? severityOf(fault, worst.share, worst.report)
        : "info",
      places,
      measured: {
        statistic: `share of ${fault} units in ${place} (${of(worst.report)} of ${units})`,
        value: worst.share,
      },
      band: [0, largestLikely(units, expected(worst.report), bandAlpha) / units],
      pValue: Math.min(...hits.map(({ pValue }) => pValue)),
      consequence: consequenceOf(fault, places, worst, cut),
      causes: [unitCause(worst.use)],
      disproof: `a batch of other examples from the same data for which these units have a slope that is not ${fault === "dead" ? "zero" : "below a tenth of the largest"}`,
    },
  ];
}

/** Shares of a layer's units beyond which what is left hardly carries the signal, and beyond which most of the layer is lost. */
const [grave, notable] = [0.9, 0.7];

/** Fewer examples than this say little of what a unit does on others. */
const fewestExamples = 16;

/** Whether a layer is dead as a whole; a few examples may find all of a narrow one asleep, unless it is flat everywhere. */
const isLost = (share: number, { examples, expectedDead }: UnitReport): boolean =>
  share === 1 && (examples >= fewestExamples || expectedDead === 1);

function severityOf(fault: Fault, share: number, { examples }: UnitReport): Severity {
  // A unit that is flat for the few may well not be for others: but for one whose layer as a whole is dead.
  const isKnown = examples >= fewestExamples || (fault === "dead" && share === 1);
  if (share < notable || !isKnown) return "info";
  return share >= grave ? "alarm" : "warning";
}

/** The count that a healthy layer exceeds with probability `alpha` at most. */
function largestLikely(units: number, share: number, alpha: number): number {
  let count = 0;
  while (count < units && binomialTail(units, count + 1, share) > alpha) count++;
  return count;
}

function consequenceOf(
  fault: Fault,
  places: readonly string[],
  { report, share }: { readonly report: UnitReport; readonly share: number },
  cut: boolean,
): string {
  const where = listPlaces(places);
  if (fault === "saturated")
    return `of the gradient that arrives behind ${report.place} its slopes let ${short(report.passed)} through, where the largest slope would let 1`;
  return cut && share === 1
    ? `no gradient passes ${where}: what lies below can never learn, and the output does not depend on the input`
    : `the dead units of ${where} get no gradient on any example and can only come back by chance`;
}

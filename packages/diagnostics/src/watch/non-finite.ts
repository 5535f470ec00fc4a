import type { Finding } from "../finding.ts";
import { sumOfSquares } from "../statistics.ts";
import { alarm, because } from "./alarm.ts";
import type { Product } from "./record/step-recorder.ts";

/**
 * A gradient that is NaN or infinite: the first layer forwards, else the last one backwards, that shows it.
 *
 * @param origin the layer whose values are not finite; null where they all are
 * @param when   the step, and the seed of the run where it is known
 */
export function nonFiniteStep(origin: string | null, products: readonly Product[], when: string): Finding {
  const backward = products.findLast(
    ({ cotangent }) => cotangent !== null && !Number.isFinite(sumOfSquares(cotangent)),
  )?.place;
  const culprit = origin ?? backward;
  const where =
    culprit === undefined
      ? "the loss or its gradient is"
      : `the ${origin !== null ? "values" : "gradients"} of ${culprit} are`;
  return {
    ...alarm,
    detector: "watch.nonFinite",
    fault: "nonFinite",
    places: culprit === undefined ? [] : [culprit],
    measured: { statistic: `gradient norm at ${when}`, value: Number.NaN },
    consequence: "every parameter that this gradient reaches becomes NaN at this step",
    causes: because(
      `${where} the first that ${culprit === undefined ? "is" : "are"} not finite; diagnose() with this batch names the operation`,
    ),
    disproof: "the same batch through the same parameters with finite gradients",
  };
}

/** A finding about a pass that was run again, with the step that it belongs to. */
export function replayed(finding: Finding, when: string): Finding {
  const { measured } = finding;
  return { ...finding, measured: { ...measured, statistic: `${measured.statistic}, at ${when}` } };
}

import { gradients, graphNodes, type Tensor } from "@isograd/autograd";
import { findOperation } from "../detectors/non-finite.ts";
import type { Finding } from "../finding.ts";
import { sumOfSquares } from "../statistics.ts";
import { aside } from "../trace/aside.ts";
import { leavingUntouched } from "../trace/untouched.ts";
import { alarm, because } from "./alarm.ts";
import type { WatchOptions } from "./options.ts";
import type { StepRecorder } from "./record/step-recorder.ts";

/** What made a gradient NaN or infinite: the operation, where the step can be run again, else the layer that shows it first. */
export function nonFiniteStep(
  recorder: Pick<StepRecorder, "origin" | "products">,
  step: number,
  { seed, replay }: Pick<WatchOptions, "seed" | "replay">,
): Finding {
  const when = `step ${step}${seed === undefined ? "" : ` of the run with seed ${seed}`}`;
  const found = replay === undefined ? null : operationIn(replay);
  if (found === null) return nonFiniteLayer(recorder, when);
  const { measured } = found;
  return { ...found, measured: { ...measured, statistic: `${measured.statistic}, at ${when}` } };
}

const operationIn = (replay: () => Tensor): Finding | null =>
  aside(() =>
    leavingUntouched(() =>
      findOperation(() => {
        const loss = replay();
        return gradients(loss, leavesOf(loss));
      }),
    ),
  );

const leavesOf = (loss: Tensor): Tensor[] =>
  graphNodes(loss).flatMap((node) => (node.op === null ? [node.output] : []));

/** The first layer forwards whose values are not finite, else the last one backwards whose gradient is not. */
function nonFiniteLayer(
  { origin, products }: Pick<StepRecorder, "origin" | "products">,
  when: string,
): Finding {
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

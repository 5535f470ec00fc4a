import type { Finding } from "../../finding.ts";
import { short } from "../../words.ts";
import { alarm, because } from "../alarm.ts";
import type { Diverged, Level } from "./divergence.ts";
import type { Leapt } from "./leap.ts";
import type { LongestStep } from "./pace.ts";
import type { Stalled } from "./stall.ts";
import type { Untrained } from "./unmoved.ts";

/** Steps too small to get anywhere. */
export function stalledTraining({ sweeps, path, left, loss, isShort, pValue }: Stalled): Finding {
  const each = path / sweeps;
  return {
    ...alarm,
    detector: "watch.stall",
    fault: "stalled",
    measured: {
      statistic: isShort
        ? `what all steps so far add up to, as a share of the norm of the weights, after ${sweeps} steps`
        : `share of the gradient that training began with that is left after ${sweeps} steps`,
      value: isShort ? path : left,
    },
    pValue,
    consequence: `the loss is ${short(loss)} of what it was, and all steps together have changed the weights by ${short(path)} of their norm at most: what there is to learn is not learnt`,
    causes: because(
      `a step changes the weights by ${short(each)} of their norm, so that one hundredth takes ${short(0.01 / each)} steps: the learning rate is too small, or a threshold that gradients are clipped at`,
      "learningRate",
    ),
    disproof: "ten times the learning rate, and a loss that falls no faster",
  };
}

/** Parameters that no step has changed. */
export function untrained({ sweeps, isCleared, gradientNorm }: Untrained): Finding {
  const reasons = [
    ...(isCleared ? ["gradients are cleared between backward and step"] : []),
    "the optimizer holds other parameters than those of the model",
    "its learning rate is 0",
    `steps are too small to change the last digit, as gradients of norm ${short(gradientNorm)} may make them`,
  ];
  return {
    ...alarm,
    detector: "watch.unmoved",
    fault: "stalled",
    measured: { statistic: `numbers of the parameters that changed in ${sweeps} sweeps`, value: 0 },
    pValue: null,
    consequence: "no step has changed anything: the network stays as it was drawn",
    causes: because(reasons.join(", or "), "learningRate"),
    disproof: "one parameter that is another behind a step",
  };
}

/** Steps so large that they lose what there was. */
export function leaptAway({ kind, moved, sweep, gain, before, lately }: Leapt): Finding {
  const what =
    sweep === null
      ? `a step changes the weights by ${short(moved)} of their norm, time and again`
      : `the step behind sweep ${sweep} changed the weights by ${short(moved)} times their norm`;
  return {
    ...alarm,
    detector: kind === "thrown" ? "watch.leap" : "watch.lost",
    fault: "divergent",
    measured: {
      statistic:
        kind === "thrown"
          ? "the largest step as a share of the norm of the weights"
          : "the latest loss over that before the steps were large",
      value: kind === "thrown" ? moved : lately / before,
    },
    pValue: null,
    consequence:
      kind === "thrown"
        ? `nothing is left of the weights that training began with, and their gain is now ${short(gain)}, where 1 to 2 keeps signals and gradients`
        : `the loss is ${short(lately)}, and was ${short(before)}: training loses more than it learns`,
    causes: because(`${what}: the learning rate is too large`, "learningRate"),
    disproof:
      kind === "thrown"
        ? "a loss below its start at the same learning rate"
        : "a loss that comes back below where it began at the same learning rate",
  };
}

/** Loss and gradient norm far beyond where they began. */
export function divergentStep({ start, isBelow }: Diverged, now: Level, step: number): Finding {
  const grown = `the gradient norm went from at most ${short(start.gradientNorm)} to ${short(now.gradientNorm)}`;
  return {
    ...alarm,
    detector: "watch.divergence",
    fault: "divergent",
    places: [],
    measured: {
      statistic: `loss at step ${step}, at most ${short(start.loss)} in the first steps,`,
      value: now.loss,
    },
    consequence: "each step leads further away: training ends in overflow or nowhere",
    causes: isBelow
      ? because(
          `the loss has no lower bound: it, or a term of it, has the wrong sign, or lacks what would hold it; ${grown}`,
        )
      : because(`a learning rate too large for this network: ${grown}`, "learningRate"),
    disproof: isBelow
      ? "the least value that the loss can take"
      : "a loss that comes back below where it began at the same learning rate",
  };
}

/** A step of so much of the norm of the weights is enough to make a healthy network an ill one. */
const blamed = 0.05;

/**
 * The same finding with the learning rate as its first cause, where a network that was healthy at its first step was moved far by a step.
 *
 * @param longest the longest step so far, as a share of the norm of the weights, and behind which sweep it was
 */
export function withStepBlamed(finding: Finding, { moved, step }: LongestStep): Finding {
  const { fault, causes } = finding;
  if (moved < blamed || fault === "divergent" || causes.length === 0 || causes[0].part === "learningRate")
    return finding;
  const [cause] = because(
    `the network was healthy at its first step, and the step behind sweep ${step} changed the weights by ${short(moved)} times their norm: the learning rate is too large`,
    "learningRate",
  );
  return { ...finding, causes: [cause, ...finding.causes] };
}

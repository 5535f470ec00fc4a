import type { Cause, Finding } from "../finding.ts";
import { short } from "../words.ts";
import type { Wrong } from "./amiss.ts";
import type { Leapt } from "./leap.ts";
import type { LongestStep } from "./pace.ts";
import type { Stalled } from "./stall.ts";
import type { Untrained } from "./unmoved.ts";

/** What findings about the length of steps have in common. */
const alarm = { severity: "alarm", places: [], band: null } as const;

const learningRate = (explanation: string): Cause => ({
  part: "learningRate",
  logShare: Number.NaN,
  explanation,
});

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
    causes: [
      learningRate(
        `a step changes the weights by ${short(each)} of their norm, so that one hundredth takes ${short(0.01 / each)} steps: the learning rate is too small, or a threshold that gradients are clipped at`,
      ),
    ],
    disproof: "ten times the learning rate, and a loss that falls no faster",
  };
}

/** An output that is worse than none after all this time. */
export function wrongOutput({ updates, gain, share, pValue }: Wrong): Finding {
  return {
    ...alarm,
    detector: "watch.amiss",
    fault: "stalled",
    measured: {
      statistic: `part of the loss that the output would take back if it told its examples apart less, for each share, after ${Math.round(updates)} updates`,
      value: share,
    },
    pValue,
    consequence: "what the output says of its examples is wrong: to say less of them would cost less",
    causes: [
      {
        part: "weights",
        logShare: Number.NaN,
        explanation: `the gain of the weights is ${short(gain)}, where 1 to 2 keeps signals and gradients: ${Math.round(updates)} steps have not undone what the network began with`,
      },
    ],
    disproof: "a loss that is higher where each example gets the average output",
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
    causes: [learningRate(reasons.join(", or "))],
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
    causes: [learningRate(`${what}: the learning rate is too large`)],
    disproof:
      kind === "thrown"
        ? "a loss below its start at the same learning rate"
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
  const cause = learningRate(
    `the network was healthy at its first step, and the step behind sweep ${step} changed the weights by ${short(moved)} times their norm: the learning rate is too large`,
  );
  return { ...finding, causes: [cause, ...finding.causes] };
}

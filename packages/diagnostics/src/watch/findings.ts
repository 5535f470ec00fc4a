import type { Finding } from "../finding.ts";
import { sumOfSquares } from "../statistics.ts";
import type { Contraction } from "../trace/network.ts";
import { short } from "../words.ts";
import type { Level } from "./divergence.ts";
import type { Surprise } from "./sequence.ts";

/** What all findings about a step have in common: they are alarms, and no band was drawn for them. */
const alarm = { severity: "alarm", band: null, pValue: null } as const;

/** A gradient that is NaN or infinite: the first layer forwards, else the last one backwards, that shows it. */
export function nonFiniteStep(contractions: readonly Contraction[], step: number): Finding {
  const forward = contractions.find(({ output }) => !Number.isFinite(sumOfSquares(output)));
  const backward = contractions.findLast(
    ({ cotangent }) => cotangent !== null && !Number.isFinite(sumOfSquares(cotangent)),
  );
  const culprit = forward ?? backward;
  const where =
    culprit === undefined
      ? "the loss or its gradient is"
      : forward !== undefined
        ? `the values of ${culprit.place} are`
        : `the gradients of ${culprit.place} are`;
  return {
    ...alarm,
    detector: "watch.nonFinite",
    fault: "nonFinite",
    places: culprit === undefined ? [] : [culprit.place],
    measured: { statistic: `gradient norm at step ${step}`, value: Number.NaN },
    consequence: "every parameter that this gradient reaches becomes NaN at this step",
    causes: [
      {
        part: "operation",
        logShare: Number.NaN,
        explanation: `${where} the first that ${culprit === undefined ? "is" : "are"} not finite; diagnose() with this batch names the operation`,
      },
    ],
    disproof: "the same batch through the same parameters with finite gradients",
  };
}

/** A gradient norm that two steps in a row left its recent range. */
export function changedNorm({ direction, expected, pValue }: Surprise, norm: number, step: number): Finding {
  const up = direction === "up";
  const before = Number.isNaN(expected) ? "" : `, expected about ${short(Math.exp(expected))},`;
  return {
    ...alarm,
    detector: "watch.gradientNorm",
    fault: up ? "exploding" : "vanishing",
    places: [],
    measured: { statistic: `gradient norm at steps ${step - 1} and ${step}${before}`, value: norm },
    pValue: norm === 0 ? null : pValue,
    consequence: up
      ? "the next steps throw the parameters away from where training had brought them"
      : "training stands still from here on",
    causes: [
      {
        part: "operation",
        logShare: Number.NaN,
        explanation: up
          ? "a step too large for where the parameters are, or a batch unlike the others"
          : "the loss no longer depends on the parameters: units have died or saturated",
      },
    ],
    disproof: "a gradient norm that returns to its former range by itself within the next steps",
  };
}

/** Loss and gradient norm far beyond where they began. */
export function divergentStep(start: Level, now: Level, step: number): Finding {
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
    causes: [
      {
        part: "operation",
        logShare: Number.NaN,
        explanation: `a learning rate too large for this network: the gradient norm went from at most ${short(start.gradientNorm)} to ${short(now.gradientNorm)}`,
      },
    ],
    disproof: "a loss that comes back below where it began at the same learning rate",
  };
}

import type { Cause, Finding } from "../finding.ts";
import { sumOfSquares } from "../statistics.ts";
import { short } from "../words.ts";
import type { Diverged, Level } from "./divergence.ts";
import type { Faded } from "./fading.ts";
import type { Change } from "./monitor.ts";
import type { Product } from "./step-recorder.ts";

/** What all findings about a step have in common: they are alarms, and no band was drawn for them. */
const alarm = { severity: "alarm", band: null, pValue: null } as const;

const because = (explanation: string, part: Cause["part"] = "operation"): readonly Cause[] => [
  { part, logShare: Number.NaN, explanation },
];

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

/**
 * A gradient norm that left its recent range, or drifted far from where it began: of all layers, or of one against the others.
 * A spike is a warning: training may pass through one and come back.
 */
export function changedNorm(change: Change, norm: number, step: number): Finding {
  const { kind, place, direction, expected, value, pValue } = change;
  const up = direction === "up";
  const when = kind === "drift" ? `over the steps up to ${step}` : `at steps ${step - 1} and ${step}`;
  const before = Number.isNaN(expected) ? "" : `, expected about ${short(Math.exp(expected))},`;
  return {
    ...alarm,
    severity: kind === "spike" ? "warning" : "alarm",
    detector: `watch.${kind}`,
    fault: up ? "exploding" : "vanishing",
    places: place === null ? [] : [place],
    measured:
      place === null
        ? { statistic: `gradient norm ${when}${before}`, value: norm }
        : {
            statistic: `gradient norm of ${place} over that of the other layers ${when}${before}`,
            value: Math.exp(value),
          },
    pValue: value === Number.NEGATIVE_INFINITY ? null : pValue,
    consequence: consequenceOf(change),
    causes: because(causeOf(change)),
    disproof:
      kind === "drift"
        ? "a gradient norm that comes back to where it began at the same learning rate"
        : "a gradient norm that returns to its former range by itself within the next steps",
  };
}

function consequenceOf({ kind, place, direction }: Change): string {
  const up = direction === "up";
  if (place !== null) {
    return up
      ? `the steps of ${place} are out of all proportion to those of the other layers`
      : `${place} stays as it is while the other layers learn`;
  }
  if (kind === "drift") return up ? "the steps grow without end" : "training comes to a halt";
  return up
    ? "the next steps throw the parameters away from where training had brought them"
    : "training stands still from here on";
}

function causeOf({ kind, place, direction }: Change): string {
  if (kind === "spike") return "a step too large for where the parameters are, or a batch unlike the others";
  if (place !== null && direction === "down")
    return "what lies between this layer and the loss lets less and less through: its units have died or saturated, or its weights have shrunk";
  return direction === "up"
    ? "weights above this layer grow from step to step"
    : "the loss no longer depends on the parameters: units have died or saturated";
}

/** Units that die or saturate in a network that learns all the same: it may have no need of them. */
export const inLearning = (finding: Finding): Finding =>
  finding.severity === "alarm" ? { ...finding, severity: "warning" } : finding;

/** A network that makes the same of all examples. */
export function constantOutput(place: string, spread: number): Finding {
  return {
    ...alarm,
    detector: "watch.constancy",
    fault: "dead",
    places: [place],
    measured: {
      statistic: `what differs from example to example in what ${place} makes, as a share of all`,
      value: spread,
    },
    consequence: "the same comes out, whatever goes in: the best that can be learnt is a mean",
    causes: because(
      "somewhere on the way all examples end in the same place: units have died or saturated, or biases have outgrown what weights make of the examples",
    ),
    disproof: "two examples for which the network makes different numbers",
  };
}

/** The same where the first layer gets the same already. */
export const alikeInputs = (finding: Finding): Finding => ({
  ...finding,
  severity: "warning",
  causes: because("what the first layer gets is the same for all examples, or nearly so", "data"),
});

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

/** A gradient that is gone, though the loss is not: it harms where it stays so. */
export function fadedGradient({ left, loss, reach, pValue }: Faded): Finding {
  return {
    ...alarm,
    severity: "info",
    detector: "watch.fading",
    fault: "vanishing",
    places: [],
    measured: { statistic: "gradient norm lately over that of the first steps", value: left },
    pValue,
    consequence: `the gradient is ${short(left)} of what it was, and the loss ${short(loss)}`,
    causes: because(
      `the steps were long enough to take the loss off ${short(reach)} times, and led to where it hardly depends on the parameters, and no lower: the learning rate is too large, or gradients ought to be clipped`,
      "learningRate",
    ),
    disproof: "a loss that comes down from here at the same learning rate",
  };
}

/** What training has come to, after so many updates. */
export interface Standing {
  readonly updates: number;
  /** The loss as a part of that at the beginning. */
  readonly left: number;
  /** What the output says of the examples, as a part of the loss. */
  readonly share: number;
}

export const seenSoFar = ({ updates, left, share }: Standing): string =>
  `after ${Math.round(updates)} updates the loss is ${short(left)} of what it was, and the output says next to nothing of the examples: its average in place of it would change the loss by ${short(share)} of itself at most`;

/** Training that has come to nothing, be it by its own fault or not. */
export function unlearntTask(standing: Standing): Finding {
  return {
    ...alarm,
    severity: "warning",
    detector: "watch.unlearnt",
    fault: "stalled",
    places: [],
    measured: {
      statistic: "what the output says of its examples, as a part of the loss",
      value: standing.share,
    },
    consequence: `${seenSoFar(standing)}: nothing has been learnt yet, or there is little to learn`,
    causes: [],
    disproof: "targets that the inputs say something of, and a loss that comes down at the same steps",
  };
}

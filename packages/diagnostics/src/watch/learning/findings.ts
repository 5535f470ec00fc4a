import type { Finding } from "../../finding.ts";
import { short } from "../../words.ts";
import { alarm, because } from "../alarm.ts";
import type { Wrong } from "./amiss.ts";
import type { Faded } from "./fading.ts";

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
    causes: because(
      `the gain of the weights is ${short(gain)}, where 1 to 2 keeps signals and gradients: ${Math.round(updates)} steps have not undone what the network began with`,
      "weights",
    ),
    disproof: "a loss that is higher where each example gets the average output",
  };
}

/** Units that die or saturate in a network that learns all the same: it may have no need of them. */
export const inLearning = (finding: Finding): Finding =>
  finding.severity === "alarm" ? { ...finding, severity: "warning" } : finding;

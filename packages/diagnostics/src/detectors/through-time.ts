import { alphaOf } from "../error-rate.ts";
import type { Finding } from "../finding.ts";
import type { FlowProfile, Recurrence } from "../flow/profile.ts";
import { holm } from "../statistics.ts";
import type { Contraction } from "../trace/network.ts";
import { short } from "../words.ts";
import { harmfulFactor } from "./flow-harm.ts";
import type { FlowOptions } from "./gradient-flow.ts";
import { shutGates } from "./shut-gates.ts";

/**
 * Says whether gradients explode or fade on their way back through time, where a layer is used step by step.
 *
 * Significance: the slope of log |δ| over the steps is not that of healthy networks of the same architecture. Consequence: all steps together
 * make a factor beyond 10³. Explosion is an alarm. Fading is `info`: the weights learn from the late steps; but what came early teaches nothing.
 */
export function detectThroughTime(
  { recurrences }: Pick<FlowProfile, "recurrences">,
  { alpha = alphaOf("firstStep"), others = [] }: FlowOptions = {},
  contractions: readonly Contraction[] = [],
): Finding[] {
  const adjusted = holm([...timePValues({ recurrences }), ...others]);
  let next = 0;
  return recurrences.flatMap((recurrence) => {
    if (recurrence.healthy === null) return [];
    const pValue = adjusted[next++];
    const { factorPerStep, gradientNorms } = recurrence;
    const total = factorPerStep ** (gradientNorms.length - 1);
    const harmful = total > harmfulFactor || total < 1 / harmfulFactor;
    return pValue < alpha && harmful ? [findingOf(recurrence, pValue, contractions)] : [];
  });
}

/** How likely a healthy network is to show such a slope, for each layer that has one, before any correction. */
export function timePValues({ recurrences }: Pick<FlowProfile, "recurrences">): number[] {
  return recurrences.flatMap(({ healthy }) => (healthy === null ? [] : [healthy.pValue]));
}

function findingOf(
  { place, factorPerStep, gradientNorms, healthy, omega }: Recurrence,
  pValue: number,
  contractions: readonly Contraction[],
): Finding {
  const exploding = factorPerStep > 1;
  const steps = gradientNorms.length;
  const horizon = Math.ceil(Math.log(harmfulFactor) / Math.abs(Math.log(factorPerStep)));
  return {
    detector: "throughTime",
    fault: exploding ? "exploding" : "vanishing",
    severity: exploding ? "alarm" : "info",
    places: [place],
    measured: {
      statistic: `factor on the gradient norm of ${place} a step back in time, over ${steps} steps,`,
      value: factorPerStep,
    },
    band: healthy?.band ?? null,
    pValue,
    consequence: exploding
      ? `what came ${steps - 1} steps before the end has ${short(factorPerStep ** (steps - 1))} times the gradient of the end: one step of training throws the weights of ${place} away`
      : `what came more than ${horizon} steps before has less than a thousandth of the gradient: ${place} cannot learn to use it`,
    causes: [
      ...(exploding ? [] : shutGates(place, contractions)),
      {
        part: "weights",
        logShare: 2 * Math.log(factorPerStep),
        explanation: `each step back in time multiplies |gradient| by ${short(factorPerStep)} where 1 keeps it (Ω = ${short(omega)})`,
      },
    ],
    disproof: exploding
      ? "a gradient to the first inputs of a sequence that is no larger than to the last ones"
      : "a task that needs the first inputs of a sequence and is learnt",
  };
}

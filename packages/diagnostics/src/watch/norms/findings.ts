import type { Finding } from "../../finding.ts";
import { short } from "../../words.ts";
import { alarm, because } from "../alarm.ts";
import type { Change } from "./monitor.ts";

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

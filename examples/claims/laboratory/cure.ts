import type { Measurement } from "../claim.ts";
import type { Ailment } from "./ailments.ts";
import type { Arm } from "./arm.ts";
import { scoresOf } from "./compare.ts";
import { differences } from "./estimate.ts";
import type { Laboratory } from "./laboratory.ts";
import { tuned } from "./tuned.ts";

/** Points that a remedy has to gain if it is to help, as in all other comparisons; and how close to the healthy network it has to come if it is to cure. */
const [helpful, close] = [1, 5];

/**
 * Whether a remedy helps, and whether it cures: trained with it, the sick network is ahead of itself without, and close to the healthy one.
 * All arms have the same steps, and each the best of the same learning rates.
 */
export async function cure(
  laboratory: Laboratory,
  ailment: Ailment,
  remedy: string,
  treat: Partial<Arm>,
): Promise<Measurement[]> {
  const task = ailment.task(laboratory);
  const healthy = await tuned(laboratory, (ailment.healthyTask ?? ailment.task)(laboratory), ailment.healthy);
  const sick = await tuned(laboratory, task, ailment.sick);
  const treated = await tuned(laboratory, task, { ...ailment.sick, ...treat });
  const setting = `${ailment.name}; ${remedy}`;
  return [
    {
      setting,
      quantity: "points gained",
      values: differences(treated.scores, sick.scores),
      claimed: { above: helpful },
      note: scoresOf({ treated, untreated: sick }),
    },
    {
      setting,
      quantity: "points behind the healthy network",
      values: differences(healthy.scores, treated.scores),
      claimed: { below: close },
      note: scoresOf({ healthy }),
    },
  ];
}

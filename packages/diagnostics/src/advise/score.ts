import type { Outlook } from "./outlook.ts";

/** What a unit of each costs, in nats of gradient norm. Chosen on tasks that nothing is published on. */
const weights = { attenuation: 1, alike: 0.4, unevenness: 0.5, saturated: 1, straight: 1 } as const;

/** How good an outlook is, larger is better: minus what each of its parts costs. Where the gradient is no number, all is lost. */
export function scoreOf({ attenuation, distinct, unevenness, saturated, straight }: Outlook): number {
  if (Number.isNaN(attenuation)) return Number.NEGATIVE_INFINITY;
  const costs = [
    weights.attenuation * Math.abs(attenuation),
    weights.alike * surprise(distinct),
    weights.unevenness * unevenness,
    weights.saturated * saturated,
    weights.straight * surprise(1 - straight),
  ];
  // What is not known costs nothing.
  return -costs.reduce((sum, cost) => (Number.isNaN(cost) ? sum : sum + cost), 0);
}

/** -log of a share, up to what rounding leaves of it. */
const surprise = (share: number): number => -Math.log(Math.max(share, 1e-12));

import { slopeOf } from "../statistics.ts";
import type { Subject, Trace } from "../trace/trace.ts";
import { chainOf, relativeLogs } from "./chain.ts";
import { contrastOf, roughnessOf } from "./contrast.ts";
import { healthyFlow } from "./healthy.ts";
import { measureLayer, measureStep } from "./measure.ts";
import type { FlowProfile } from "./profile.ts";
import { recurrencesOf } from "./recurrence.ts";
import { type RedrawOptions, redrawFlows } from "./redraw.ts";

/** Measures gradient flow through a traced network and compares it with healthy networks of the same architecture. */
export function measureFlow(subject: Subject, traced: Trace, options: RedrawOptions): FlowProfile {
  const chain = chainOf(traced.contractions);
  const flows = chain.length < 2 || options.count === 0 ? null : redrawFlows(subject, traced, chain, options);
  return profileOf(traced, flows);
}

/** The profile of one pass, against the re-draws where there are any, else against the closed form. */
export function profileOf(
  traced: Pick<Trace, "contractions" | "leaves" | "ways">,
  flows: readonly (readonly number[])[] | null,
): FlowProfile {
  const chain = chainOf(traced.contractions);
  const logs = relativeLogs(chain);
  const measurable = chain.length >= 2 && logs.every((value) => !Number.isNaN(value));
  return {
    layers: chain.map((contraction) => measureLayer(contraction, traced)),
    steps: chain
      .slice(1)
      .map((upper, k) => measureStep(upper, chain[k], traced.ways))
      .reverse(),
    factorPerLayer: measurable ? factorPerLayer(logs) : 1,
    totalFactor: measurable ? Math.exp(logs[0] / 2) : 1,
    roughness: measurable ? roughnessOf(chain) : Number.NaN,
    contrast: measurable ? contrastOf(chain) : Number.NaN,
    healthy: measurable ? healthyFlow(logs, flows, chain) : null,
    recurrences: recurrencesOf(traced, chain, flows),
  };
}

/** From the straight line through the logs; 0 where some layer gets no gradient at all. */
function factorPerLayer(logs: readonly number[]): number {
  return logs.includes(Number.NEGATIVE_INFINITY) ? 0 : Math.exp(-slopeOf(logs) / 2);
}

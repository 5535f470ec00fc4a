import type { Generator } from "@isograd/autograd";
import { slopeOf } from "../statistics.ts";
import type { Batch, Loss, Model, Trace } from "../trace/trace.ts";
import { healthyFlow } from "./healthy.ts";
import { chainOf, measureLayer, measureStep } from "./measure.ts";
import type { FlowProfile } from "./profile.ts";
import { redrawFlows } from "./redraw.ts";

export interface FlowOptions {
  /** How many healthy networks of the same architecture are simulated; 0 leaves the closed form. */
  readonly redraws: number;
  readonly generator: Generator;
}

/** Measures gradient flow through a traced network and compares it with healthy networks of the same architecture. */
export function measureFlow(model: Model, batch: Batch, loss: Loss, traced: Trace, { redraws, generator }: FlowOptions): FlowProfile {
  const flows = redraws > 0 && traced.contractions.length >= fewestLayers ? redrawFlows(model, batch, loss, traced, { count: redraws, generator }) : null;
  return profileOf(traced, flows);
}

/** With fewer layers there is no flow to speak of. */
const fewestLayers = 3;

/** The profile of one pass, against the re-draws where there are any, else against the closed form. */
export function profileOf(traced: Pick<Trace, "contractions" | "leaves">, flows: readonly (readonly number[])[] | null): FlowProfile {
  const chain = chainOf(traced.contractions);
  const layers = chain.map((contraction) => measureLayer(contraction, traced.leaves));
  const steps = chain.slice(1).map((upper, k) => measureStep(upper, chain[k]));
  const logs = layers.map(({ gradientNorm }) => 2 * Math.log(gradientNorm));
  const relative = logs.map((value) => value - logs[logs.length - 1]);
  return {
    layers,
    steps: steps.reverse(),
    factorPerLayer: layers.length < 2 ? 1 : Math.exp(-slopeOf(logs) / 2),
    totalFactor: layers.length < 2 ? 1 : Math.exp(relative[0] / 2),
    healthy: layers.length < fewestLayers ? null : healthyFlow(relative, flows, chain),
  };
}

import { Generator } from "@isograd/autograd";
import { judgeNetwork } from "./detectors/judge.ts";
import { detectNonFinite, isFinitePass } from "./detectors/non-finite.ts";
import { reportUnits } from "./detectors/units.ts";
import type { Diagnosis } from "./diagnosis.ts";
import type { Finding, Severity } from "./finding.ts";
import { measureFlow } from "./flow/flow.ts";
import { type Batch, type Loss, type Model, trace } from "./trace/trace.ts";

export interface DiagnoseOptions {
  /** How many healthy networks of the same architecture are simulated for the band; default 32. */
  readonly redraws?: number;
  /** Of the simulation; default 0. */
  readonly seed?: number | string;
}

/**
 * Says, before any training step, whether gradients will explode, vanish or die, where and why.
 *
 * Works on any function of tensors: it reads the layers off the graph. Nothing of the model changes, to the bit.
 *
 * @param model a function from inputs to outputs, or a module
 * @param batch examples, the more like the training's the better; 32 to 256 are enough
 * @param loss  from output and targets to one number
 * @throws ArgumentError if the batch is empty or the loss depends on no parameter
 */
export function diagnose(model: Model, batch: Batch, loss: Loss, { redraws = 32, seed = 0 }: DiagnoseOptions = {}): Diagnosis {
  const traced = trace(model, batch, loss);
  const finite = isFinitePass(traced);
  const flow = measureFlow(model, batch, loss, traced, { redraws: finite ? redraws : 0, generator: new Generator(seed).fork("redraws") });
  const units = traced.activations.map(reportUnits);
  const findings = finite ? judgeNetwork(traced.activations, units, flow) : detectNonFinite(model, batch, loss);
  return { verdict: verdictOf(findings), loss: traced.loss, flow, units, findings: bySeverity(findings) };
}

const ranks: Readonly<Record<Severity, number>> = { alarm: 0, warning: 1, info: 2 };

function bySeverity(findings: readonly Finding[]): Finding[] {
  return [...findings].sort((a, b) => ranks[a.severity] - ranks[b.severity]);
}

/** `healthy`, or the faults that alarms name; where there are only warnings, those. */
function verdictOf(findings: readonly Finding[]): string {
  for (const severity of ["alarm", "warning"] as const) {
    const faults = new Set(findings.filter((finding) => finding.severity === severity).map(({ fault }) => fault));
    if (faults.size > 0) return [...faults].join(", ");
  }
  return "healthy";
}

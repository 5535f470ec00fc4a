import { Generator, IsogradError, noGrad, Tensor, zeros } from "@isograd/autograd";
import { judgeNetwork } from "./detectors/judge.ts";
import { detectNonFinite, isFinitePass } from "./detectors/non-finite.ts";
import { reportUnits } from "./detectors/unit-report.ts";
import type { Diagnosis } from "./diagnosis.ts";
import { alphaOf, checkAlpha, runAlpha } from "./error-rate.ts";
import type { Finding, Severity } from "./finding.ts";
import { measureFlow } from "./flow/flow.ts";
import { aside } from "./trace/aside.ts";
import {
  type Batch,
  checkSubject,
  type Loss,
  type Model,
  type Subject,
  type Trace,
  trace,
} from "./trace/trace.ts";
import { leavingUntouched } from "./trace/untouched.ts";

export interface DiagnoseOptions {
  /** How many healthy networks of the same architecture are simulated for the band; default 32, 0: the closed form. */
  readonly redraws?: number;
  /** Of the simulation; default 0. */
  readonly seed?: number | string;
  /** The chance that anything of a whole healthy run is reported, of which the first step has its share; default 0.001. */
  readonly alpha?: number;
}

/**
 * Says, before any training step, whether gradients will explode, vanish or die, where and why.
 *
 * Works on any function of tensors: it reads the layers off the graph. Nothing changes, to the bit: a model that can `clone` itself is examined
 * as a clone; of any other, the tensors that it reads get their values again. Only a function that keeps state elsewhere (a generator it draws
 * from) keeps what the passes do to that.
 *
 * @param model a function from inputs [batch, ...] to outputs, or a module
 * @param batch examples, the more like the training's the better; 32 to 256 are enough
 * @param loss  from output and targets to one number
 * @throws ArgumentError if model, batch or loss are none, the loss depends on no tracked parameter, or alpha lies not between 0 and 1; ShapeError if the batch is empty or
 * the loss has more than one element; what model and loss throw
 * @example
 * const { verdict, flow } = diagnose(model, batch, crossEntropy);
 * verdict; // "vanishing"
 * flow.layers.length; // 10
 */
export function diagnose(model: Model, batch: Batch, loss: Loss, options: DiagnoseOptions = {}): Diagnosis {
  const { alpha = runAlpha } = options;
  return diagnoseAt(model, batch, loss, [alpha], options)[0];
}

/** @internal What one measurement says at each chance of a false alarm. */
export function diagnoseAt(
  model: Model,
  batch: Batch,
  loss: Loss,
  alphas: readonly number[],
  { redraws = 32, seed = 0 }: DiagnoseOptions = {},
): Diagnosis[] {
  checkSubject({ model, batch, loss });
  for (const alpha of alphas) checkAlpha("diagnose", alpha);
  return aside(() =>
    leavingUntouched(() => {
      const subject: Subject = { model: cloneOf(model), batch, loss };
      const { traced, uninformed } = traceAgainstZeros(subject);
      const finite = isFinitePass(traced);
      const flow = measureFlow(subject, traced, {
        count: finite ? redraws : 0,
        generator: new Generator(seed).fork("redraws"),
      });
      const units = traced.activations.map(reportUnits);
      return alphas.map((whole) => {
        const findings = finite
          ? judgeNetwork({ ...traced, units, flow, uninformed, alpha: alphaOf("firstStep", whole) })
          : detectNonFinite({ ...subject, model: cloneOf(model) }, traced);
        return {
          verdict: verdictOf(findings),
          loss: traced.loss,
          flow,
          units,
          findings: bySeverity(findings),
        };
      });
    }),
  );
}

/** A pass, and the loss of an output of zeros: what a model begins with that claims to know nothing; NaN where the loss does not take that. */
function traceAgainstZeros(subject: Subject): { readonly traced: Trace; readonly uninformed: number } {
  let uninformed = Number.NaN;
  const loss: Loss = (output, targets) => {
    uninformed = lossOfZeros(subject, output);
    return subject.loss(output, targets);
  };
  const traced = trace({ ...subject, loss });
  return { traced, uninformed };
}

function lossOfZeros({ loss, batch }: Subject, { shape, dtype }: Tensor): number {
  try {
    const value: unknown = aside(() => noGrad(() => loss(zeros(shape, dtype), batch.targets)));
    return value instanceof Tensor && value.size === 1 ? value.item() : Number.NaN;
  } catch (error) {
    if (error instanceof IsogradError) return Number.NaN;
    throw error;
  }
}

/** A model that can be copied is examined as a copy: its generators and counters stay where they are, and each copy draws the same. */
export function cloneOf(model: Model): Model {
  const { clone } = model as { readonly clone?: unknown };
  return typeof model === "object" && typeof clone === "function" ? (clone.call(model) as Model) : model;
}

const ranks: Readonly<Record<Severity, number>> = { alarm: 0, warning: 1, info: 2 };

export function bySeverity(findings: readonly Finding[]): Finding[] {
  return [...findings].sort((a, b) => ranks[a.severity] - ranks[b.severity]);
}

/** `healthy`, or the faults that alarms name; where there are only warnings, those. */
function verdictOf(findings: readonly Finding[]): string {
  for (const severity of ["alarm", "warning"] as const) {
    const faults = new Set(
      findings.filter((finding) => finding.severity === severity).map(({ fault }) => fault),
    );
    if (faults.size > 0) return [...faults].join(", ");
  }
  return "healthy";
}

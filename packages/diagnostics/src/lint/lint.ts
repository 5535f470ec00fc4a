import { ArgumentError, type Shape, type Tensor } from "@isograd/autograd";
import { detectLinear, isLinear } from "../detectors/linear.ts";
import { detectSymmetry } from "../detectors/symmetry.ts";
import { reportUnits } from "../detectors/unit-report.ts";
import { detectUnits } from "../detectors/units.ts";
import { bySeverity } from "../diagnose.ts";
import { alphaOf, checkAlpha, runAlpha } from "../error-rate.ts";
import type { Finding } from "../finding.ts";
import { chainOf } from "../flow/chain.ts";
import { profileOf } from "../flow/flow.ts";
import { aside } from "../trace/aside.ts";
import { checkModel, type Loss, type Model } from "../trace/trace.ts";
import { leavingUntouched } from "../trace/untouched.ts";
import { type Examined, examine, type LintLayer } from "./layers.ts";
import { probeLoss } from "./probe.ts";
import { lintBatchNorm, lintUselessBias } from "./rules/batch-norm.ts";
import { lintConstant } from "./rules/constant.ts";
import { lintDepth, tracedFactor } from "./rules/depth.ts";
import { lintLoss } from "./rules/loss.ts";
import { headOf, lintOutput } from "./rules/output.ts";
import { lintResidual } from "./rules/residual.ts";
import { bornDead, inverseWidths, lintWidth } from "./rules/width.ts";
import { checkShape, passThrough, type SyntheticOptions } from "./synthetic.ts";

export interface LintOptions extends SyntheticOptions {
  /** From output and targets to one number: whether the output fits it is looked into. */
  readonly loss?: Loss;
  /** Targets for the loss, where it takes neither classes along axis 1 nor numbers of 0 and 1 in the shape of the output; then the batch is as large as the shape says. */
  readonly targets?: Tensor;
  /** σw² with which all weights will be drawn, N(0, σw²/fanIn); default: the weights as they are. */
  readonly weightVariance?: number;
  /** The chance that anything of a whole healthy run is reported, of which the lint has its share; default 0.001. */
  readonly alpha?: number;
}

/** What an architecture promises before any data. */
export interface LintReport {
  /** The gravest first; empty where there is nothing to say. */
  readonly findings: readonly Finding[];
  /** The layers on the longest way from the input to the output, first layer first. */
  readonly layers: readonly LintLayer[];
  /** Σ 1/width over the plain layers among them: far below 1 in what trains. */
  readonly inverseWidths: number;
  /** An upper bound of the chance that a draw is dead as a whole. */
  readonly bornDead: number;
}

/**
 * Says what is wrong with an architecture, its initialisation and its head before there is any data.
 *
 * The model runs once, forward and backward, on inputs drawn from N(0, 1); its layers are read off the graph, as for `diagnose`, and nothing of
 * it changes. Theory alone never raises an alarm about gradients: random inputs have to show as much. Silent about what trains, such as a deep
 * product with shortcuts or a few layers with poor weights.
 *
 * @param model      a function from inputs [batch, ...] to outputs, or a module
 * @param inputShape [batch, ...]; where the model does not take that, the shape of one example
 * @throws ArgumentError if the shape is none, the model depends on no tracked parameter, the loss takes no synthetic targets, or alpha lies not
 * between 0 and 1; what the model throws
 * @see Schoenholz et al. 2017, "Deep information propagation"; Hanin, Rolnick 2018, "How to start training"
 * @example
 * const report = lint(model, [64, 4]);
 * report.findings.map(({ detector }) => detector); // ["lint.activation"]
 * report.layers[1].chi; // 0.0605
 */
export function lint(model: Model, inputShape: Shape, options: LintOptions = {}): LintReport {
  const { loss, targets, weightVariance, alpha: whole = runAlpha } = options;
  checkModel(model, "lint");
  checkShape(inputShape);
  checkAlpha("lint", whole);
  const alpha = alphaOf("lint", whole);
  if (weightVariance !== undefined && !(weightVariance > 0))
    throw new ArgumentError("lint", "expected a positive weight variance", weightVariance);
  return aside(() =>
    leavingUntouched(() => {
      const pass = passThrough(model, inputShape, options, targets !== undefined);
      const { traced, output } = pass;
      const flow = profileOf(traced, null);
      const chain = chainOf(traced.contractions);
      const layers = examine(chain, flow, weightVariance);
      const head = headOf(pass, chain.at(-1)?.place ?? "");
      const broken = lintOutput(head, traced);
      const findings = [
        ...broken,
        ...renamed("lint.symmetry", detectSymmetry(traced.contractions)),
        // Behind a head that passes no gradient there is nothing to see.
        ...(broken.length > 0
          ? []
          : inside(layers, weightVariance === undefined ? tracedFactor(flow) : null, {
              alpha,
              linear: isLinear(flow),
            })),
        ...renamed("lint.linear", detectLinear(flow)),
        ...(broken.length > 0 ? [] : lintResidual(layers, flow, tracedFactor(flow))),
        ...(broken.length > 0 ? [] : units(traced, alpha)),
        ...(broken.length > 0 || loss === undefined ? [] : lintLoss(head, probeLoss(loss, output, targets))),
      ];
      // What is found already may be why all outputs are alike.
      if (!findings.some(({ severity }) => severity === "alarm"))
        findings.push(...lintConstant(pass, head.place, targets));
      return {
        findings: bySeverity(findings),
        layers: layers.map(published),
        inverseWidths: inverseWidths(layers),
        bornDead: bornDead(layers),
      };
    }),
  );
}

const inside = (
  layers: readonly Examined[],
  traced: number | null,
  { alpha, linear }: { readonly alpha: number; readonly linear: boolean },
): Finding[] => [
  ...lintDepth(layers, traced, { alpha, linear }),
  ...lintWidth(layers),
  ...lintBatchNorm(layers, traced ?? Number.NaN),
  ...lintUselessBias(layers),
];

const units = ({ activations }: ReturnType<typeof passThrough>["traced"], alpha: number): Finding[] =>
  renamed("lint.units", detectUnits(activations, activations.map(reportUnits), { alpha }));

const renamed = (detector: string, findings: readonly Finding[]): Finding[] =>
  findings.map((finding) => ({ ...finding, detector }));

const published = ({ below, use, between, operations, slopeShare, q, ...layer }: Examined): LintLayer =>
  layer;

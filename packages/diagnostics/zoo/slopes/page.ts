import type { Target } from "../report/circumstances.ts";
import { plain, table } from "../report/markdown.ts";
import type { Architecture } from "./architecture.ts";
import type { MeasuredSlope } from "./measure.ts";

export interface Comparison {
  readonly architecture: Architecture;
  readonly slope: MeasuredSlope;
  /** With other draws and more exactly, and the same twice as wide, where the slope lies outside of three standard errors. */
  readonly again: { readonly same: MeasuredSlope; readonly wider: MeasuredSlope } | null;
}

export interface SlopeCircumstances {
  readonly date: string;
  readonly machine: string;
  readonly node: string;
  readonly seconds: number;
  readonly seed: string;
}

export const isWithin = ({ z }: MeasuredSlope): boolean => Math.abs(z) <= 3;

/** The standard error as a share of the slope that is predicted. */
export const relativeErrorOf = ({ standardError, predicted }: MeasuredSlope): number =>
  standardError / Math.abs(predicted);

/** The page docs/slopes.md. */
export function slopesPage(comparisons: readonly Comparison[], made: SlopeCircumstances): string {
  const outside = comparisons.filter(({ slope }) => !isWithin(slope));
  const { measured } = slopesTarget(comparisons);
  return [
    "# Slopes",
    "",
    `Made by \`pnpm slopes\` on ${made.date} in ${made.seconds.toFixed(0)} seconds, ${made.machine}, Node ${made.node}, seed \`${made.seed}\`; do not edit.`,
    "",
    "By how much does the gradient change from layer to layer? Here networks are drawn, a random gradient is put in at their output, and what arrives",
    "at their input is compared with [the theory](before-data.md#theory). Slopes are of log₁₀ of the gradient norm a layer, going backwards: half of",
    "log₁₀ χ; a block counts as a layer. Draws go on until the standard error is small enough.",
    "",
    `${measured}.`,
    "",
    ...table(
      ["", "network", "layers × width", "predicted", "measured", "standard error", "z", "draws"],
      comparisons.map(({ architecture, slope }) => [
        architecture.kind,
        plain(architecture.name),
        `${architecture.depth} × ${architecture.width}`,
        ...figures(slope),
      ]),
    ),
    "",
    "_Plain_, _residual_ and _convolution_: the log of the mean of the squares, which is what the theory of wide networks predicts; the mean of the",
    "logs lies lower, by half of their variance. _Narrow_: the mean of the logs, against the law N(-b/2, b) of finite width around that slope. _Batch",
    "norm_: the theory has width and batch without bound, and the deviation at any size that can be drawn exceeds the noise; it is measured at the",
    "width that is told and at twice that, batches being as large, and what falls by half is taken off.",
    "",
    ...(outside.length === 0
      ? ["None lies outside of three standard errors."]
      : [
          "Outside of three standard errors. Drawn again, more exactly and by another seed, the difference tells what it is: if theory holds for wide networks",
          "and these are not wide enough for it, half of it remains in networks twice as wide.",
          "",
          ...table(
            ["network", "layers × width", "measured - predicted", "twice as wide"],
            outside.map(({ architecture, again }) => [
              plain(architecture.name),
              `${architecture.depth} × ${architecture.width}`,
              again === null ? "-" : difference(again.same),
              again === null ? "-" : difference(again.wider),
            ]),
          ),
        ]),
    "",
  ].join("\n");
}

/** For the table of what was to be reached. */
export function slopesTarget(comparisons: readonly Comparison[]): Target {
  const within = comparisons.filter(({ slope }) => isWithin(slope) && relativeErrorOf(slope) <= 0.02);
  const largest = Math.max(0, ...comparisons.map(({ slope }) => relativeErrorOf(slope)));
  return {
    what: "slope predicted against measured",
    asked: "within 3 standard errors (each ≤ 2 % of the slope) on ≥ 30 architectures",
    published: "-",
    measured: `${within.length} of ${comparisons.length} architectures are within 3 standard errors, the largest of which is ${share(largest)} of its slope`,
    isMet: within.length >= 30,
  };
}

const figures = (slope: MeasuredSlope): string[] => [
  slope.predicted.toFixed(5),
  slope.measured.toFixed(5),
  share(relativeErrorOf(slope)),
  slope.z.toFixed(1),
  String(slope.draws),
];

const share = (value: number): string => `${(100 * value).toFixed(2)} %`;

/** Such as `3.90 % ± 0.50 %` of the slope. */
const difference = (slope: MeasuredSlope): string =>
  `${share((slope.measured - slope.predicted) / Math.abs(slope.predicted))} ± ${share(relativeErrorOf(slope))}`;

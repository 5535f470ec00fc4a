import { backward, Generator, mul, noGrad, parameter, randn, sum } from "@isograd/autograd";
import { deviationOf, meanOf, sumOfSquares } from "../../src/statistics.ts";
import type { Architecture } from "./architecture.ts";

/** Slopes are of log₁₀ |gradient| a layer, going backwards. */
export interface MeasuredSlope {
  readonly predicted: number;
  readonly measured: number;
  readonly standardError: number;
  /** The difference in standard errors. */
  readonly z: number;
  readonly draws: number;
}

export interface Precision {
  /** Draws go on until the standard error is below this share of the slope that is predicted. */
  readonly relativeError: number;
  readonly least: number;
  readonly most: number;
  readonly seed: string;
}

/** Draws networks, each with a random gradient at its output, and compares what arrives at the input with what is predicted. */
export function measureSlope(architecture: Architecture, precision: Precision): MeasuredSlope {
  const { predicted, depth, isExtrapolated } = architecture;
  const { draws, ...found } = drawn(architecture, precision);
  let { measured, standardError } = found;
  if (isExtrapolated) {
    const wide = drawn(architecture.wider(), precision);
    standardError = Math.hypot(2 * wide.standardError, standardError);
    measured = 2 * wide.measured - measured;
  }
  const unit = 2 * Math.LN10 * depth;
  return {
    predicted: predicted / unit,
    measured: measured / unit,
    standardError: standardError / unit,
    z: (measured - predicted) / standardError,
    draws,
  };
}

/** The log of the factor on |gradient|² over all layers. */
function drawn(
  architecture: Architecture,
  { relativeError, least, most, seed }: Precision,
): { readonly measured: number; readonly standardError: number; readonly draws: number } {
  const ratios: number[] = [];
  let [measured, standardError] = [Number.NaN, Number.POSITIVE_INFINITY];
  const wanted = relativeError * Math.abs(architecture.predicted);
  while (ratios.length < most && (ratios.length < least || standardError > wanted)) {
    ratios.push(ratioOf(architecture, new Generator(seed).fork(`${nameOf(architecture)}/${ratios.length}`)));
    [measured, standardError] = architecture.average === "logs" ? meanOfLogs(ratios) : logOfMean(ratios);
  }
  return { measured, standardError, draws: ratios.length };
}

export const nameOf = ({ kind, name, width, depth }: Architecture): string =>
  `${kind}: ${name}, ${depth} × ${width}`;

/** |gradient at the input|² / |gradient at the output|² of one draw. */
function ratioOf({ draw }: Architecture, generator: Generator): number {
  const { input, run } = noGrad(() => draw(generator));
  const x = parameter(input);
  const output = run(x);
  const probe = randn(generator, [...output.shape]);
  backward(sum(mul(output, probe)));
  return x.grad === null ? Number.NaN : sumOfSquares(x.grad) / sumOfSquares(probe);
}

function meanOfLogs(ratios: readonly number[]): [mean: number, standardError: number] {
  const logs = ratios.map(Math.log);
  return [meanOf(logs), deviationOf(logs) / Math.sqrt(logs.length)];
}

/** With the standard error to first order, the relative one of the mean. */
function logOfMean(ratios: readonly number[]): [log: number, standardError: number] {
  const mean = meanOf(ratios);
  return [Math.log(mean), deviationOf(ratios) / mean / Math.sqrt(ratios.length)];
}

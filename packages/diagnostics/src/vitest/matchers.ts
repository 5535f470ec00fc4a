import { type DiagnoseOptions, diagnose } from "../diagnose.ts";
import type { Finding } from "../finding.ts";
import { formatDiagnosis, formatFinding } from "../report/text.ts";
import type { Batch, Loss, Model } from "../trace/trace.ts";
import type { WatchOptions } from "../watch/options.ts";
import { type Outcome, runWatched } from "./training.ts";

/** On what a model's gradients are judged. */
export interface GradientHealth extends DiagnoseOptions {
  readonly batch: Batch;
  readonly loss: Loss;
}

/** What a matcher of vitest, or of jest, returns. */
interface Verdict {
  readonly pass: boolean;
  message(): string;
}

/**
 * The matchers, in the form that `expect.extend` takes.
 *
 * @example
 * import { expect } from "vitest";
 * expect.extend(matchers);
 * expect(model).not.toHaveHealthyGradients({ batch, loss: crossEntropy });
 * const small = new Linear({ inFeatures: 4, outFeatures: 2 });
 * const optimizer = new SGD(small.parameters(), { learningRate: 0.1 });
 * await expect({ model: small, data: trialBatches, loss: crossEntropy, optimizer }).toTrainHealthily();
 */
export const matchers = {
  toHaveHealthyGradients(model: unknown, { batch, loss, ...options }: GradientHealth): Verdict {
    const diagnosis = diagnose(model as Model, batch, loss, options);
    const text = formatDiagnosis(diagnosis);
    return {
      pass: diagnosis.verdict === "healthy",
      message: () =>
        diagnosis.verdict === "healthy"
          ? `expected gradients that are not healthy\n${text}`
          : `expected healthy gradients\n${text}`,
    };
  },

  async toTrainHealthily(training: unknown, options?: WatchOptions): Promise<Verdict> {
    const outcome = await runWatched(training, options);
    return {
      pass: outcome.findings.length === 0,
      message: () =>
        outcome.findings.length === 0
          ? `expected a training that is not healthy: nothing was found in ${stepsOf(outcome)}`
          : [
              `expected healthy training in ${stepsOf(outcome)}`,
              ...outcome.findings.map(at),
              ...endOf(outcome),
            ].join("\n\n"),
    };
  },
};

const stepsOf = ({ steps }: Outcome): string => (steps === 1 ? "1 step" : `${steps} steps`);

const at = (finding: Finding): string => `step ${finding.step}: ${formatFinding(finding)}`;

const endOf = ({ error }: Outcome): string[] =>
  error === undefined
    ? []
    : [`it ended with ${error instanceof Error ? `${error.name}: ${error.message}` : String(error)}`];

import type { Fault, Finding } from "./finding.ts";

/** A change to a model that claims to cure faults. */
export interface Remedy<Model> {
  /** Such as `weight normalization`, or `activation: tanh`. */
  readonly name: string;
  readonly cures: readonly Fault[];
  /**
   * Lines to paste, about your `model`, `batch` and `optimizer`. All other names are exported: activations by `@isograd/autograd`, what changes a model
   * by `@isograd/diagnostics/nn`, the rest by `@isograd/nn`.
   */
  readonly code: string;
  /** How the claim is judged: by gradient flow and units at once, by whether output and loss fit, or by a few training steps. */
  readonly measure: "flow" | "output" | "training";
  /** Whether it goes at the cause of a finding, and is to be tried before others; default: it is not. */
  readonly suits?: (finding: Finding) => boolean;
  /** Changes `model`, which is a clone; or says what becomes of the steps. Throws where it does not apply. */
  readonly apply: (model: Model) => void;
}

/** A remedy after it was tried on a clone. */
export interface VerifiedRemedy<Model> {
  readonly remedy: Remedy<Model>;
  readonly passed: boolean;
  /** What was measured before and after, in words. */
  readonly evidence: string;
  /** The loss after the trial steps, on batches that the clone did not learn from; NaN where none were taken. Lower ranks first. */
  readonly trialLoss: number;
}

/**
 * The same findings with what was seen to cure each: those of the remedies that passed and claim its fault, in the order given.
 *
 * @example
 * const [remedy] = replaceActivation(sigmoid, [tanh]);
 * const verified = [{ remedy, passed: true, evidence: "the verdict is healthy", trialLoss: 0.1 }];
 * attachRemedies(diagnosis.findings, verified)[0].remedies?.map(({ name }) => name); // ["activation: tanh"]
 */
export function attachRemedies<Model>(
  findings: readonly Finding[],
  verified: readonly VerifiedRemedy<Model>[],
): Finding[] {
  const passed = verified.filter((each) => each.passed);
  return findings.map((finding) => ({
    ...finding,
    remedies: passed
      .filter(({ remedy }) => remedy.cures.includes(finding.fault))
      .map(({ remedy: { name, code }, evidence }) => ({ name, code, evidence })),
  }));
}

// The lists below are in `schema/finding.schema.json` as well: a test says where the two differ.

/** @internal */
export const severities = ["info", "warning", "alarm"] as const;

/** How much a finding matters: worth knowing, worth a look, or training will fail. */
export type Severity = (typeof severities)[number];

/** @internal */
export const faults = [
  "vanishing",
  "exploding",
  "dead",
  "saturated",
  "nonFinite",
  "divergent",
  "stalled",
  "symmetric",
  "mismatched",
  "redundant",
] as const;

/**
 * What can be wrong: `divergent` and `stalled` (steps too large, or too small) are found while training only, `symmetric` (units that are all the same)
 * at the first step, `mismatched` (output and loss) and `redundant` before any data.
 */
export type Fault = (typeof faults)[number];

/** @internal */
export const causeParts = [
  "weights",
  "activation",
  "alignment",
  "bias",
  "data",
  "operation",
  "residual",
  "learningRate",
] as const;

/** One reason for what was measured, with its share in it. */
export interface Cause {
  /** Which part of a layer's step: its weights, its activation, its geometry (how weights and gradient align), its biases; the data; or the length of the steps. */
  readonly part: (typeof causeParts)[number];
  /** The part's contribution a layer to log |gradient|², in natural log units; NaN where it is not a matter of logs. */
  readonly logShare: number;
  /** In plain words, with numbers. */
  readonly explanation: string;
}

/** A change that was seen to cure what was found, on a clone of the model. */
export interface FindingRemedy {
  /** Such as `activation: tanh`. */
  readonly name: string;
  /** Lines to paste. */
  readonly code: string;
  /** What was measured before and after, in words. */
  readonly evidence: string;
}

/** What a detector found, as data. */
export interface Finding {
  readonly detector: string;
  readonly fault: Fault;
  readonly severity: Severity;
  /** The scope paths it concerns, in order of depth. */
  readonly places: readonly string[];
  /** What was measured, in words, and as a number in the unit of `band`. */
  readonly measured: { readonly statistic: string; readonly value: number };
  /** Where 99.9 % of healthy networks of this architecture lie; null where no such law applies. */
  readonly band: readonly [low: number, high: number] | null;
  /** How likely a healthy network is to show as much; null where it is not a matter of chance. */
  readonly pValue: number | null;
  /** What it does to training, in plain words. */
  readonly consequence: string;
  /** The most important first. */
  readonly causes: readonly Cause[];
  /** What would show that this finding is wrong. */
  readonly disproof: string;
  /** The training step at which it was found, counted from 0; none where it was not found while training. */
  readonly step?: number;
  /** What was seen to cure it, the best first; none where none was tried. */
  readonly remedies?: readonly FindingRemedy[];
}

/**
 * The gravest severity among findings; null where there are none.
 *
 * @example
 * gravest(diagnosis.findings); // "alarm"
 * gravest([]); // null
 */
export function gravest(findings: readonly Finding[]): Severity | null {
  for (const severity of ["alarm", "warning", "info"] as const) {
    if (findings.some((finding) => finding.severity === severity)) return severity;
  }
  return null;
}

import type { Finding } from "../finding.ts";

/** What was seen of one training step. */
export interface WatchedStep {
  readonly step: number;
  /** What the sweep began at; NaN where that was not one number. */
  readonly loss: number;
  /**
   * The norm of the gradient to all parameters; NaN where the budget did not allow to look. Where the layers are not looked at, that of a parameter
   * with more than a thousand numbers is estimated from half as many of them: some hundredths off.
   */
  readonly gradientNorm: number;
  /** |δ first| / |δ last|, at steps at which the layers are looked at: 1 where there are fewer than two; else NaN. */
  readonly totalFactor: number;
  /** The layers, the last first; none where they are not known yet. */
  readonly places: readonly string[];
  /** The norm of the gradient to the weights of each, as exact as `gradientNorm`. */
  readonly layerNorms: readonly number[];
}

/** Where what a watcher sees goes to: a file, TensorBoard, a service. */
export interface RunLog {
  /** Called once a step, in order. */
  step(step: WatchedStep): void;
  /** Called when a fault is first found at a place, after the step at which it was; `finding.step` says which. */
  finding(finding: Finding): void;
}

/** What a watcher saw. */
export interface Watched {
  readonly history: readonly WatchedStep[];
  readonly findings: readonly { readonly finding: Finding; readonly step: number }[];
}

/**
 * Hands all that a watcher saw to a log, in the order in which it was seen.
 *
 * @example
 * const watcher = watch();
 * backward(crossEntropy(model.call(batch.inputs), batch.targets));
 * watcher.stop();
 * const lines: string[] = [];
 * logRun(watcher, jsonLines((line) => lines.push(line)));
 * lines.map((line) => decodeRecord(JSON.parse(line)).kind); // ["step", "finding"]
 */
export function logRun({ history, findings }: Watched, log: RunLog): void {
  let next = 0;
  for (const step of history) {
    log.step(step);
    for (; next < findings.length && findings[next].step <= step.step; next++)
      log.finding({ ...findings[next].finding, step: findings[next].step });
  }
}

import type { Finding } from "../finding.ts";
import { lint } from "../lint/lint.ts";
import type { Batch, Loss, Model } from "../trace/trace.ts";

/**
 * Outputs that do not fit the loss, by the batch that was diagnosed: a diagnosis sees the gradient that they leave, and only a remedy of the output
 * helps there.
 */
export const mismatchesOf = (model: Model, { inputs, targets }: Batch, loss: Loss): Finding[] =>
  lint(model, inputs.shape, { inputs: () => inputs, loss, targets }).findings.filter(
    ({ fault, severity }) => fault === "mismatched" && severity !== "info",
  );

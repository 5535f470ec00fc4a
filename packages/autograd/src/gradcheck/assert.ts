import { IsogradError } from "../errors.ts";
import { checkGradients, type GradientCheckOptions } from "./check.ts";
import { describeReport, type GradientReport } from "./report.ts";

/**
 * A gradient is not what differences of values say.
 *
 * @example
 * const wrong = customOp({ name: "wrong", forward: square, vjp: (cotangent, [x]) => [mul(cotangent, x)] });
 * assertGradients((x: Tensor) => wrong(x), tensor(1, { dtype: "f64" })); // throws GradientMismatchError
 */
export class GradientMismatchError extends IsogradError {
  override readonly name = "GradientMismatchError";

  constructor(readonly report: GradientReport) {
    super(`checkGradients: ${describeReport(report)}`);
  }
}

/**
 * As `checkGradients`, but throws unless everything agrees.
 *
 * @throws GradientMismatchError, listing the derivatives that do not
 * @example
 * assertGradients((x: Tensor) => sum(square(x)), tensor([1, 2], { dtype: "f64" })).ok; // true
 * const wrong = customOp({ name: "wrong", forward: square, vjp: (cotangent, [x]) => [mul(cotangent, x)] });
 * assertGradients((x: Tensor) => wrong(x), tensor([1, 2], { dtype: "f64" })); // throws GradientMismatchError
 */
export function assertGradients<T>(
  f: (inputs: NoInfer<T>) => unknown,
  inputs: T,
  options: GradientCheckOptions = {},
): GradientReport {
  const report = checkGradients(f, inputs, options);
  if (!report.ok) throw new GradientMismatchError(report);
  return report;
}

import { checkGradients, type GradientCheckOptions } from "../gradcheck/check.ts";
import {
  checkOpContract,
  describeContract,
  type OpContractOptions,
  type OpFunction,
  type OpSample,
} from "../gradcheck/contract.ts";
import { describeReport } from "../gradcheck/report.ts";
import { type NestedNumbers, Tensor } from "../tensor.ts";
import { type Closeness, differenceBetween } from "./close.ts";

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
 * expect(tensor([1, 2])).toBeCloseToTensor([1, 2.000001]);
 * expect((x: Tensor) => sum(square(x))).toHaveCorrectGradients(tensor([1, 2], { dtype: "f64" }));
 */
export const matchers = {
  toHaveCorrectGradients(f: unknown, inputs: unknown, options?: GradientCheckOptions): Verdict {
    const report = checkGradients(callable("toHaveCorrectGradients", f), inputs, options);
    return {
      pass: report.ok,
      message: () =>
        report.ok ? `expected a wrong gradient: ${describeReport(report)}` : describeReport(report),
    };
  },

  toSatisfyOpContract(
    op: unknown,
    samples: readonly (OpSample | readonly Tensor[])[],
    options?: OpContractOptions,
  ): Verdict {
    const report = checkOpContract(callable("toSatisfyOpContract", op) as OpFunction, samples, options);
    return {
      pass: report.ok,
      message: () =>
        report.ok ? `expected a broken law: ${describeContract(report)}` : describeContract(report),
    };
  },

  toBeCloseToTensor(found: unknown, expected: Tensor | NestedNumbers, options?: Closeness): Verdict {
    if (!(found instanceof Tensor))
      return { pass: false, message: () => `expected a tensor, got ${String(found)}` };
    const wrong = differenceBetween(found, expected, options);
    return { pass: wrong === null, message: () => wrong ?? "expected the tensor to differ, and it does not" };
  },
};

function callable(matcher: string, value: unknown): (inputs: unknown) => unknown {
  if (typeof value === "function") return value as (inputs: unknown) => unknown;
  throw new TypeError(`${matcher}: expected a function, got ${typeof value}`);
}

import { Generator, type Tree } from "@isograd/autograd";
import type { Batch, Loss, Model } from "../trace/trace.ts";
import { type Estimate, meanEstimate } from "./estimate.ts";
import { hessianOf } from "./hessian.ts";
import { checkCount } from "./options.ts";
import { dot, signVector } from "./vectors.ts";

export interface HessianTraceOptions {
  /** Which tracked leaves to differentiate by; default all that the loss depends on. */
  readonly parameters?: Tree;
  /** Random vectors, each a product with the Hessian; default 32. */
  readonly probes?: number;
  readonly seed?: number | string;
}

/**
 * Estimates the trace of the Hessian, the sum of its eigenvalues, by Hutchinson's method with random signs: exact where the Hessian is diagonal.
 *
 * @returns in units of the loss over those of the parameters squared; over the number of parameters it is the mean curvature
 * @throws as `sharpness`
 * @see Hutchinson 1990, "A stochastic estimator of the trace of the influence matrix"
 * @example
 * const w = parameter([1, 1]);
 * const bowl = () => sum(mul(square(w), tensor([1, 3])));
 * hessianTrace(bowl, batch, (x) => x); // { value: 8, standardError: 0 }
 */
export function hessianTrace(
  model: Model,
  batch: Batch,
  loss: Loss,
  options: HessianTraceOptions = {},
): Estimate {
  const { probes = 32, seed = 0 } = options;
  checkCount("hessianTrace", "probes", probes, 2);
  const hessian = hessianOf("hessianTrace", { model, batch, loss }, options.parameters);
  const generator = new Generator(seed).fork("probes");
  const products = Array.from({ length: probes }, () => {
    const signs = signVector(generator, hessian.size);
    return dot(signs, hessian.apply(signs));
  });
  return meanEstimate(products);
}

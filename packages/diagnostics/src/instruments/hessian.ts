import { add, gradients, mul, sum, type Tensor, type Tree } from "@isograd/autograd";
import { checkSubject, lossOf, type Subject } from "../trace/trace.ts";
import type { SymmetricMap } from "./lanczos.ts";
import { flatten, parametersOf, precisionOf, sizeOfAll, unflatten } from "./parameters.ts";
import { undisturbed } from "./undisturbed.ts";

/** The second derivatives of a loss by its parameters, as a matrix that is known by its products. */
export interface Hessian extends SymmetricMap {
  readonly parameters: readonly Tensor[];
}

/**
 * Records loss and gradient once; each product with the Hessian is then one sweep through that graph, so that all see the same loss, whatever
 * the model draws.
 *
 * @see Pearlmutter 1994, "Fast exact multiplication by the Hessian"
 */
export function hessianOf(operation: string, subject: Subject, asked: Tree | undefined): Hessian {
  checkSubject(subject, operation);
  return undisturbed(() => {
    const loss = lossOf(subject, operation);
    const parameters = parametersOf(operation, loss, subject.batch.inputs, asked);
    const size = sizeOfAll(parameters);
    const gradient =
      loss.node === null ? [] : gradients(loss, parameters, { createGraph: true, retainGraph: true });
    const apply = (v: Float64Array): Float64Array => {
      const parts = unflatten(v, parameters);
      // Where the gradient is constant there is nothing behind it.
      const along = gradient.flatMap((each, k) => (each.requiresGrad ? [sum(mul(each, parts[k]))] : []));
      if (along.length === 0) return new Float64Array(size);
      return flatten(gradients(along.reduce(add), parameters, { retainGraph: true }));
    };
    return {
      size,
      parameters,
      precision: precisionOf(parameters),
      apply: (v) => undisturbed(() => apply(v)),
    };
  });
}

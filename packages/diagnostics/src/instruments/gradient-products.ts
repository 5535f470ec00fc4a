import { ArgumentError, gradients, narrow, type Tensor, type Tree } from "@isograd/autograd";
import { type Batch, checkSubject, lossOf, type Subject } from "../trace/trace.ts";
import { checkCount } from "./options.ts";
import { flatten, parametersOf } from "./parameters.ts";
import { undisturbed } from "./undisturbed.ts";
import { dot } from "./vectors.ts";

export interface GradientGroupOptions {
  /** Which tracked leaves to differentiate by; default all that the loss depends on. */
  readonly parameters?: Tree;
  /** How many examples a gradient is taken over; default 1. What is left over at the end of the batch is not used. */
  readonly groupSize?: number;
}

/** The inner products of the gradients of all groups of examples with each other. */
export interface GradientProducts {
  readonly groups: number;
  readonly groupSize: number;
  readonly parameters: readonly Tensor[];
  /** For each parameter [groups · groups]. */
  readonly products: readonly Float64Array[];
}

/**
 * Takes the gradient of each group of examples by itself. What the model computes over a batch, as batch normalization does, it then computes over a
 * group.
 */
export function gradientProducts(
  operation: string,
  subject: Subject,
  { parameters: asked, groupSize = 1 }: GradientGroupOptions,
): GradientProducts {
  checkSubject(subject, operation);
  checkCount(operation, "groupSize", groupSize, 1);
  const { inputs, targets } = subject.batch;
  const examples = inputs.rank === 0 ? 1 : inputs.shape[0];
  if (targets.rank === 0 || targets.shape[0] !== examples)
    throw new ArgumentError(operation, `expected targets for ${examples} examples`, targets.shape);
  const groups = Math.floor(examples / groupSize);
  if (groups < 2) throw new ArgumentError(operation, "expected at least two groups of examples", groups);
  return undisturbed(() => {
    const parameters = parametersOf(operation, lossOf(subject, operation), inputs, asked);
    const gradientsOf = Array.from({ length: groups }, (_, group) => {
      const loss = lossOf(
        { ...subject, batch: partOf(subject.batch, group * groupSize, groupSize) },
        operation,
      );
      // An example that has no part in a parameter has a gradient all the same: zero.
      if (loss.node === null) return parameters.map(({ size }) => new Float64Array(size));
      return gradients(loss, parameters, { retainGraph: true }).map((each) => flatten([each]));
    });
    const products = parameters.map((_, k) => gram(gradientsOf.map((all) => all[k])));
    return { groups, groupSize, parameters, products };
  });
}

const partOf = ({ inputs, targets }: Batch, start: number, length: number): Batch => ({
  inputs: narrow(inputs, 0, start, length),
  targets: narrow(targets, 0, start, length),
});

function gram(vectors: readonly Float64Array[]): Float64Array {
  const n = vectors.length;
  const products = new Float64Array(n * n);
  for (let i = 0; i < n; i++)
    for (let j = 0; j <= i; j++) {
      const product = dot(vectors[i], vectors[j]);
      products[i * n + j] = product;
      products[j * n + i] = product;
    }
  return products;
}

export function sumOfProducts(products: readonly Float64Array[]): Float64Array {
  const total = new Float64Array(products[0].length);
  for (const each of products) for (let i = 0; i < total.length; i++) total[i] += each[i];
  return total;
}

import { expect } from "vitest";
import type { GradientCheckOptions } from "./gradcheck/check.ts";
import type { OpContractOptions, OpSample } from "./gradcheck/contract.ts";
import type { NestedNumbers, Tensor } from "./tensor.ts";
import type { Closeness } from "./vitest/close.ts";
import { matchers } from "./vitest/matchers.ts";

export type { Closeness } from "./vitest/close.ts";
export { matchers } from "./vitest/matchers.ts";

/** What `expect` can do once `@isograd/autograd/vitest` is imported. */
export interface IsogradMatchers<T> {
  /** Expects of a function that its gradients at `inputs` are right, as `checkGradients` finds. */
  toHaveCorrectGradients(inputs: InputsOf<T>, options?: GradientCheckOptions): void;
  /** Expects of an operation that it obeys the laws that every operation obeys, as `checkOpContract` finds. */
  toSatisfyOpContract(samples: readonly (OpSample | readonly Tensor[])[], options?: OpContractOptions): void;
  /** Expects of a tensor that it has the shape of another, or of nested arrays, and numbers close to it. */
  toBeCloseToTensor(expected: Tensor | NestedNumbers, options?: Closeness): void;
}

/** What a function takes; of one with several signatures, a tensor where it takes that too. */
type InputsOf<T> =
  | (T extends (inputs: infer Inputs) => unknown ? Inputs : never)
  | (T extends (inputs: Tensor) => unknown ? Tensor : never);

declare module "vitest" {
  // biome-ignore lint/suspicious/noExplicitAny: declarations of one interface must agree in their type parameters
  interface Matchers<T = any> extends IsogradMatchers<T> {}
}

expect.extend(matchers);

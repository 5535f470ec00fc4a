import { seedOf, sweep, tracked } from "../backward.ts";
import { zeros } from "../create.ts";
import { GraphError } from "../errors.ts";
import type { Tensor } from "../tensor.ts";

export interface GradientsOptions {
  /** The cotangent of `output`; needed unless it has one element. */
  readonly cotangent?: Tensor;
  readonly retainGraph?: boolean;
  readonly createGraph?: boolean;
  /** What an input that `output` does not depend on gets: zeros (default), or a GraphError. */
  readonly unused?: "zero" | "error";
}

/**
 * The gradients of `output` to `inputs`, any tensors on the way to it; no `grad` is touched.
 *
 * @throws GraphError if no gradient flows to `output`, or to an input with `unused: "error"`
 * @see torch.autograd.grad
 * @example
 * const x = parameter([1, 2]);
 * const hidden = square(x);
 * gradients(sum(mul(hidden, 3)), [hidden, x]); // [[3, 3], [6, 12]]
 */
export function gradients(
  output: Tensor,
  inputs: readonly Tensor[],
  options: GradientsOptions = {},
): Tensor[] {
  const { cotangent, unused = "zero", ...sweeping } = options;
  const root = {
    output: tracked("gradients", output),
    cotangent: seedOf("gradients", output, cotangent),
  };
  const targets = inputs.map((input) => tracked("gradients", input));
  return sweep([root], sweeping, targets).map((gradient, k) => {
    if (gradient === null && unused === "error")
      throw new GraphError("gradients", `the output does not depend on input ${k}`);
    return gradient ?? zeros(inputs[k].shape, inputs[k].dtype);
  });
}

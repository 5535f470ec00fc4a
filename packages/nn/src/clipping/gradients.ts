import { ArgumentError, fromData, Tensor } from "@isograd/autograd";
import type { Values } from "./norms.ts";

/** A tensor with a gradient, and the gradient's numbers. */
export interface Gradient {
  readonly parameter: Tensor;
  readonly values: Values;
}

/** The gradients there are; null where a parameter has none. */
export function gradientsOf(operation: string, parameters: Iterable<Tensor>): (Gradient | null)[] {
  return Array.from(parameters, (parameter) => {
    if (!(parameter instanceof Tensor))
      throw new ArgumentError(operation, "expected the parameters whose gradients to clip", parameter);
    return parameter.grad === null ? null : { parameter, values: parameter.grad.values() as Values };
  });
}

/** Binds new numbers to a gradient: tensors are immutable, and somebody may hold the old one. */
export function replaceGradient({ parameter }: Gradient, values: Values): void {
  parameter.grad = fromData(values, parameter.shape);
}

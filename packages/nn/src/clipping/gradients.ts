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
export function replaceGradient({ parameter, values }: Gradient, change: (value: number) => number): void {
  const changed = values.slice();
  for (let i = 0; i < changed.length; i++) changed[i] = change(changed[i]);
  parameter.grad = fromData(changed, parameter.shape);
}

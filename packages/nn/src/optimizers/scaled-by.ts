import { mul, type Tensor } from "@isograd/autograd";
import { elementwise } from "./elementwise.ts";
import type { GradientTransform, Updates } from "./transform.ts";

/** Multiplies each gradient by a factor of its own; who says which may throw, and bring its state up to date. */
export const scaledBy = <State>(
  init: (parameters: readonly Tensor[]) => State,
  factorsOf: (gradients: Readonly<Updates>, state: State) => readonly number[],
): GradientTransform<State> =>
  elementwise<State>({
    init,
    numbers: 1,
    measure: factorsOf,
    write: ({ gradient, numbers: [factor] }) => [mul(factor, gradient)],
  });

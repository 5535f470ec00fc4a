import { gradients, parameter, sum, type Tensor, tensor } from "../../../src/index.ts";

type Values = Parameters<typeof tensor>[0];

/** The gradient of the sum of `f` at some values. */
export function gradientOf(f: (x: Tensor) => Tensor, values: Values): unknown {
  const leaf = parameter(tensor(values, { dtype: "f64" }));
  return gradients(sum(f(leaf)), [leaf])[0].toArray();
}

/** The gradient of the sum of that gradient. */
export function secondGradientOf(f: (x: Tensor) => Tensor, values: Values): unknown {
  const leaf = parameter(tensor(values, { dtype: "f64" }));
  const [first] = gradients(sum(f(leaf)), [leaf], { createGraph: true });
  return gradients(sum(first), [leaf])[0].toArray();
}

import {
  add,
  Generator,
  matmul,
  mean,
  parameter,
  randn,
  square,
  sub,
  type Tensor,
  tanh,
} from "@isograd/autograd";
import type { Batch, Loss } from "@isograd/diagnostics";

/** Two layers of tanh, as a function of its parameters: 3 inputs, 4 units, 2 outputs. */
export const network = ([w1, b1, w2]: readonly Tensor[], x: Tensor): Tensor =>
  matmul(tanh(add(matmul(x, w1), b1)), w2);

export function parametersFor(seed: number, dtype: "f32" | "f64" = "f64"): Tensor[] {
  const generator = new Generator(seed);
  return [[3, 4], [4], [4, 2]].map((shape) => parameter(randn(generator, shape, dtype)));
}

export function batchFor(seed: number, examples = 6, dtype: "f32" | "f64" = "f64"): Batch {
  const generator = new Generator(`batch ${seed}`);
  return { inputs: randn(generator, [examples, 3], dtype), targets: randn(generator, [examples, 2], dtype) };
}

export const squared: Loss = (output, targets) => mean(square(sub(output, targets)));

/** A loss of its own: of a model that reads its parameters only. */
export const own: Loss = (output) => output;

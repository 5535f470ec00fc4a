import {
  checkpoint,
  detectAnomaly,
  Generator,
  grad,
  log,
  matmul,
  mean,
  NonFiniteError,
  rand,
  relu,
  square,
  sub,
  sum,
  type Tensor,
  tanh,
  tensor,
  vmap,
} from "@isograd/autograd";
import type { Outcome } from "./outcome.ts";

/** The gradient of each example by itself. */
export function perExampleGradients(): readonly number[] {
  const generator = new Generator("examples");
  const weights = rand(generator, [6, 3], -1, 1, "f64");
  const loss = (w: Tensor, x: Tensor, y: Tensor): Tensor => mean(square(sub(relu(matmul(x, w)), y)));
  const gradients = vmap(grad(loss), { inAxes: [null, 0, 0] });
  const [inputs, targets] = [rand(generator, [10, 6], -1, 1, "f64"), rand(generator, [10, 3], -1, 1, "f64")];
  return [...(gradients(weights, inputs, targets) as Tensor).values()];
}

/** The gradient through a block that is computed again in the sweep. */
export function checkpointedGradient(): readonly number[] {
  const generator = new Generator("block");
  const weight = rand(generator, [8, 8], -1, 1, "f64");
  const block = checkpoint((x: Tensor) => tanh(matmul(tanh(matmul(x, weight)), weight)));
  return [
    ...grad((x: Tensor) => sum(square(block(block(x)))))(rand(generator, [4, 8], -1, 1, "f64")).values(),
  ];
}

/** What anomaly mode says, and which place it names. */
export function anomaly(): Outcome["anomaly"] {
  try {
    detectAnomaly(() => log(tensor([2, -1])));
  } catch (error) {
    if (error instanceof NonFiniteError) return { message: error.message, site: error.origin?.site ?? null };
    throw error;
  }
  throw new Error("expected anomaly mode to refuse the logarithm of -1");
}
